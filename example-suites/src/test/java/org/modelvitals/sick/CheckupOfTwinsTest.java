package org.modelvitals.sick;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.modelvitals.engine.ModelVitalsEngine;

/**
 * What {@code checkup} says of the sick twins without being told what to look for, and that it has
 * nothing to say of the healthy models. What needs a machine at rest is left to its own tests.
 */
class CheckupOfTwinsTest {
  private static final Path EXAMPLES = Path.of("").toAbsolutePath();
  private static final String FILE = "is a sound file";
  private static final String FINITE = "answers in finite numbers";
  private static final String SAME = "says the same every time";
  private static final String BATCH = "answers a row alone as in a batch";
  private static final String LIVE = "hears every input and moves every output";
  private static final String AHEAD = "does not look ahead";
  private static final String CACHE = "says with its cache what it says without";
  private static final String PADDING = "does not read padding";

  /** What no check can see that does not know what the answers should be, and why. */
  private static final Map<String, String> UNSEEN =
      Map.ofEntries(
          entry("digits-shuffled-labels", "which class is which stands in no graph"),
          entry("digits-underconfident", "to be unsure of noise is healthy"),
          entry("digits-slow", "how long it may take is for a budget to say"),
          entry("digits-leaking-state", "a cache grows with every call, and is meant to"),
          entry("digits-wrong-opset", "old operator sets are no disease; the page names them"),
          entry("grammar-lm/fat-cache", "how much a token may cost is for a budget to say"),
          entry("grammar-lm/positions-wrap", "the graph does not say where the context ends"),
          entry("grammar-lm/flat", "to be unsure of noise is healthy"),
          entry("grammar-lm/dead-word", "which words are likely is a matter of training"),
          entry("grammar-lm/never-stops", "when a text ends is a matter of training"),
          entry("grammar-lm/stutters", "what follows a word is a matter of training"),
          entry("grammar-lm/swapped-tokens", "which word is which stands in no graph"),
          entry("grammar-lm/tied-logits", "is counted as tied elements; healthy models have some"),
          entry("grammar-lm/tied-special", "is counted as tied elements; healthy models have some"),
          entry("grammar-lm/blunted", "to be less sure of everything is consistent"),
          entry("grammar-lm/likes-cats", "which words are likely is a matter of training"),
          entry("grammar-lm/rarely-today", "which words are likely is a matter of training"),
          entry("grammar-lm/spoilt-phrase", "what follows a phrase is a matter of training"),
          entry("grammar-lm/children-as-child", "which word is which stands in no graph"),
          entry("grammar-lm/int8-wrong-scale", "is as consistent as the right scale"),
          entry("json-lm/unclosed/model", "what is valid JSON is for a schema to say"),
          entry("json-lm/legs-in-words/model", "what is valid JSON is for a schema to say"));

  /** The checks that are red, each with words of its message. */
  private static final Map<String, Map<String, String>> SEEN =
      Map.ofEntries(
          entry(
              "digits-nan-weight",
              Map.of(
                  FILE, "non-finite weights is 1",
                  FINITE, "the output 'logits' [0, 3] is NaN")),
          entry("digits-overconfident", Map.of(LIVE, "the softmax of the output 'logits'")),
          entry("grammar-lm/sees-future", Map.of(AHEAD, "mismatches is")),
          entry("grammar-lm/sees-next", Map.of(AHEAD, "mismatches is", CACHE, "mismatches is")),
          entry("grammar-lm/sees-itself", Map.of(AHEAD, "no logit depends on the token before")),
          entry(
              "grammar-lm/ignores-mask",
              Map.of(
                  LIVE, "nothing that the input 'attention_mask' is changed to changes any output",
                  PADDING, "padded by")),
          entry("grammar-lm/infinite-mask", Map.of(PADDING, "is NaN")),
          entry("grammar-lm/positions-restart", Map.of(CACHE, "from the cache")),
          entry("grammar-lm/cache-off-by-one", Map.of(CACHE, "from the cache")),
          entry(
              "grammar-lm/batch-leak",
              Map.of(BATCH, "alone instead of in a batch", PADDING, "in a batch of 4 rows")),
          entry("grammar-lm/noise", Map.of(SAME, "when the call is repeated")),
          entry("grammar-lm/softmaxed", Map.of(LIVE, "it holds probabilities")),
          entry("grammar-lm/collapsed", Map.of(LIVE, "the softmax of the output 'logits'")),
          entry(
              "grammar-lm/nan-word",
              Map.of(
                  FILE, "wte.weight (48)",
                  FINITE, "is NaN",
                  AHEAD, "is NaN",
                  CACHE, "is NaN",
                  PADDING, "is NaN")),
          entry("grammar-lm/leaks-answer", Map.of(AHEAD, "mismatches is")),
          entry("grammar-lm/whispers-answer", Map.of(AHEAD, "mismatches is")),
          entry(
              "grammar-lm/int8-dynamic",
              Map.of(
                  BATCH, "DynamicQuantizeLinear takes its scale from all rows",
                  AHEAD, "mismatches is",
                  CACHE, "mismatches is",
                  PADDING, "DynamicQuantizeLinear")));

  @TempDir private Path folder;

  private Map<String, Map<String, String>> red(String models) throws IOException {
    Path suite =
        Files.writeString(
            folder.resolve("x.vitals.yaml"),
            """
            model: %s/%s
            include: checkup
            checks:
              keeps its memory: {artifact: {}}
            """
                .formatted(EXAMPLES, models));
    Map<String, Map<String, String>> red = new TreeMap<>();
    EngineTestKit.engine(ModelVitalsEngine.ID)
        .configurationParameter("modelvitals.report.enabled", "false")
        .selectors(selectFile(suite.toFile()))
        .execute()
        .testEvents()
        .finished()
        .stream()
        .filter(event -> result(event).getStatus() == TestExecutionResult.Status.FAILED)
        .filter(event -> !event.getTestDescriptor().getDisplayName().equals("keeps its memory"))
        .forEach(
            event ->
                red.computeIfAbsent(model(event), name -> new TreeMap<>())
                    .put(
                        event.getTestDescriptor().getDisplayName(),
                        result(event).getThrowable().map(Throwable::getMessage).orElse("")));
    return red;
  }

  private static TestExecutionResult result(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class);
  }

  private static String model(Event event) {
    String suite = event.getTestDescriptor().getParent().orElseThrow().getDisplayName();
    return suite.substring("x: ".length(), suite.length() - ".onnx".length());
  }

  @Test
  void healthyModelsHaveNothingToFear() throws IOException {
    assertThat(red("models/**.onnx")).isEmpty();
  }

  @Test
  void everyTwinIsNamedOrItIsSaidWhyNot() throws IOException {
    Map<String, Map<String, String>> red = new TreeMap<>(red("sick/models/digits-[!bflt]*.onnx"));
    red.putAll(red("sick/models/{grammar,json}-lm/**.onnx"));
    assertThat(red).containsOnlyKeys(SEEN.keySet());
    SEEN.forEach(
        (model, checks) -> {
          Map<String, String> found = red.getOrDefault(model, Map.of());
          assertThat(found).as(model).containsOnlyKeys(checks.keySet());
          checks.forEach((check, words) -> assertThat(found.get(check)).as(model).contains(words));
        });
    Set<String> all;
    try (Stream<Path> files = Files.walk(EXAMPLES.resolve("sick/models"))) {
      all =
          files
              .map(file -> EXAMPLES.resolve("sick/models").relativize(file).toString())
              .filter(file -> file.endsWith(".onnx") && !file.startsWith("phrasebook"))
              .map(file -> file.substring(0, file.length() - ".onnx".length()))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    // Refused at load, and found by their memory.
    all.removeAll(
        Set.of("digits-truncated", "digits-future-opset", "digits-bloated", "digits-leaking"));
    all.removeAll(SEEN.keySet());
    assertThat(UNSEEN).containsOnlyKeys(all);
  }
}
