package org.modelvitals.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.record.RunRecord;
import org.modelvitals.reports.SampleRecords;
import tools.jackson.databind.JsonNode;

/** The page in a real Chromium. */
final class BrowserTest {
  private static final String OPEN_ALL =
      "document.querySelectorAll('details').forEach(d => d.open = true)";

  @TempDir static Path folder;
  private static @Nullable Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Chromium.installed();
    assumeTrue(program.isPresent(), "there is no Chromium on the PATH");
    chromium = Chromium.start(program.orElseThrow(), folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Chromium.Tab open(RunRecord record, int width, boolean dark) throws IOException {
    Path file = folder.resolve(record.id() + ".html");
    Files.writeString(file, HtmlReport.render(record));
    return java.util.Objects.requireNonNull(chromium).open(file, width, dark);
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "360, false", "360, true"})
  void opensWithoutRequestsErrorsOrScripts(int width, boolean dark) throws IOException {
    try (Chromium.Tab tab = open(SampleRecords.rich(), width, dark)) {
      tab.evaluate(OPEN_ALL);
      assertThat(tab.events("Network.requestWillBeSent"))
          .extracting(event -> event.at("/request/url").asString())
          .allMatch(url -> url.startsWith("file:///") || url.startsWith("data:"))
          .filteredOn(url -> url.startsWith("file:"))
          .hasSize(1);
      assertThat(tab.events("Log.entryAdded")).isEmpty();
      assertThat(tab.events("Runtime.consoleAPICalled")).isEmpty();
      assertThat(tab.events("Runtime.exceptionThrown")).isEmpty();
      assertThat(tab.events("Page.javascriptDialogOpening")).isEmpty();
      assertThat(tab.evaluate("document.scripts.length").asInt()).isZero();
    }
  }

  @Test
  void thePolicyStopsWhatGetsInAnyhow() throws IOException {
    try (Chromium.Tab tab = open(SampleRecords.healthy(), 800, false)) {
      tab.evaluate(
          """
          new Promise(done => {
            addEventListener('securitypolicyviolation', done);
            document.body.insertAdjacentHTML('beforeend',
                '<img src="https://example.invalid/x" onerror="document.title = \\'ran\\'">');
          }).then(event => event.effectiveDirective)""");
      assertThat(tab.evaluate("document.title").asString()).startsWith("Passed");
      assertThat(tab.events("Network.responseReceived"))
          .extracting(event -> event.at("/response/url").asString())
          .noneMatch(url -> url.startsWith("https:"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280})
  void thePageIsNeverWiderThanTheScreen(int width) throws IOException {
    for (RunRecord record : List.of(SampleRecords.rich(), SampleRecords.huge())) {
      try (Chromium.Tab tab = open(record, width, false)) {
        tab.evaluate(OPEN_ALL);
        assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
            .isLessThanOrEqualTo(width);
        assertThat(tab.evaluate("document.body.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(
                tab.evaluate(
                        """
                        [...document.querySelectorAll('body *')]
                          .filter(e => !e.closest('.scroll, .hidden, svg'))
                          .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                          .map(e => e.outerHTML.slice(0, 120))""")
                    .values())
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, fafaf7", "true, 131619"})
  void bothThemesArePainted(boolean dark, String paper) throws IOException {
    try (Chromium.Tab tab = open(SampleRecords.rich(), 1280, dark)) {
      BufferedImage picture = picture(tab);
      assertThat(picture.getRGB(2, 2) & 0xffffff).isEqualTo(Integer.parseInt(paper, 16));
      int width = picture.getWidth();
      int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
      assertThat(IntStream.of(pixels).distinct().count())
          .as("colours on the screen")
          .isGreaterThan(100);
    }
  }

  /** What is on the screen, once it was painted: a page can be loaded before. */
  private static BufferedImage picture(Chromium.Tab tab) throws IOException {
    tab.call("Page.bringToFront", Map.of());
    tab.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
    byte[] png =
        Base64.getDecoder()
            .decode(tab.call("Page.captureScreenshot", Map.of()).get("data").asString());
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void assistiveTechnologySeesLandmarksHeadingsAndNamedDrawings() throws IOException {
    try (Chromium.Tab tab = open(SampleRecords.rich(), 1280, false)) {
      List<JsonNode> nodes =
          StreamSupport.stream(
                  tab.call("Accessibility.getFullAXTree", Map.of()).get("nodes").spliterator(),
                  false)
              .filter(node -> !node.path("ignored").asBoolean())
              .toList();
      TreeSet<String> roles = new TreeSet<>();
      nodes.forEach(node -> roles.add(node.at("/role/value").asString("")));
      assertThat(roles)
          .contains("banner", "main", "navigation", "contentinfo", "heading", "table", "figure");
      assertThat(nodes)
          .filteredOn(node -> node.at("/role/value").asString("").equals("image"))
          .isNotEmpty()
          .allSatisfy(node -> assertThat(node.at("/name/value").asString("")).isNotBlank());
    }
  }

  @Test
  void theKeyboardReachesEverything() throws IOException {
    try (Chromium.Tab tab = open(SampleRecords.rich(), 1280, false)) {
      press(tab, "Tab", "\t", 9);
      assertThat(tab.evaluate("document.activeElement.className").asString()).isEqualTo("skip");
      assertThat(tab.evaluate("document.activeElement.getBoundingClientRect().top").asDouble())
          .isNotNegative();
      press(tab, "Enter", "\r", 13);
      assertThat(tab.evaluate("location.hash").asString()).isEqualTo("#main");
      assertThat(tab.evaluate("document.activeElement.id").asString()).isEqualTo("main");
      tab.evaluate("document.querySelector('details.check:not([open]) summary').focus()");
      press(tab, "Enter", "\r", 13);
      assertThat(tab.evaluate("document.activeElement.parentElement.open").asBoolean()).isTrue();
    }
  }

  private static void press(Chromium.Tab tab, String key, String text, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      tab.call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", key, "code", key, "text", text, "windowsVirtualKeyCode", code));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void axeFindsNothing(boolean dark) throws IOException {
    String axe = axe();
    try (Chromium.Tab tab = open(SampleRecords.rich(), 1280, dark)) {
      tab.evaluate(OPEN_ALL);
      tab.evaluate(axe + ";0");
      JsonNode violations =
          tab.evaluate(
              "axe.run().then(r => r.violations.map(v => v.impact + ' ' + v.id + ': '"
                  + " + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')))");
      assertThat(violations.values()).isEmpty();
    }
  }

  private static String axe() throws IOException {
    String version = "/META-INF/maven/org.webjars.npm/axe-core/pom.properties";
    try (InputStream about = BrowserTest.class.getResourceAsStream(version)) {
      java.util.Properties properties = new java.util.Properties();
      properties.load(java.util.Objects.requireNonNull(about));
      String path =
          "/META-INF/resources/webjars/axe-core/%s/axe.min.js"
              .formatted(properties.getProperty("version"));
      try (InputStream script = BrowserTest.class.getResourceAsStream(path)) {
        return new String(
            java.util.Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
