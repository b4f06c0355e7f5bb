package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelvitals.checks.export.TokenizerAgreement.tokenizerAgreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

/** The model knows twelve tokens; the tokenizer is written for each test. */
class TokenizerAgreementProbeTest {
  private static final TokenizerAgreementProbe PROBE = new TokenizerAgreementProbe();
  private static final List<String> WORDS =
      List.of("<bos>", "<eos>", "<unk>", "the", "a", "dog", "cat", "sees", "runs", ".");

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    write("tokenizer.json", tokenizer(WORDS));
  }

  private static String tokenizer(List<String> words) {
    StringBuilder vocabulary = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      vocabulary.append(i == 0 ? "" : ", ").append("\"%s\": %d".formatted(words.get(i), i));
    }
    return """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [{"id": 0, "content": "<bos>", "single_word": false, "lstrip": false,
           "rstrip": false, "normalized": false, "special": true}],
         "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null,
         "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {%s}}}
        """
        .formatted(vocabulary);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private Reading read(TokenizerAgreement spec) {
    FormulaModel model = new FormulaModel(folder.resolve("model.onnx"), false, p -> p);
    try (ExportContext context = new ExportContext(model, 1)) {
      return PROBE.probe(spec, context);
    }
  }

  private Status status(TokenizerAgreement spec) {
    return Judge.judge(read(spec), PROBE.implied(spec)).status();
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().value(), name);
  }

  private static String evidence(Reading reading) {
    return reading.evidence().stream().map(Evidence::sentence).collect(Collectors.joining("\n"));
  }

  @Test
  void aTokenizerThatFitsPasses() throws IOException {
    write("config.json", "{\"vocab_size\": 12, \"bos_token_id\": 0, \"eos_token_id\": [9, 1]}");
    write("generation_config.json", "{\"eos_token_id\": 1, \"pad_token_id\": -1}");
    write("tokenizer_config.json", "{\"eos_token\": {\"content\": \"<eos>\"}}");
    Reading reading = read(tokenizerAgreement());
    assertThat(reading.evidence()).isEmpty();
    assertThat(value(reading, "vocabulary")).isEqualTo(12);
    assertThat(value(reading, "tokenizer vocabulary")).isEqualTo(10);
    assertThat(value(reading, "highest id")).isEqualTo(9);
    assertThat(value(reading, "unused logits")).isEqualTo(2);
    assertThat(value(reading, "round trip")).isEqualTo(1);
    assertThat(status(tokenizerAgreement())).isEqualTo(Status.PASSED);
  }

  @Test
  void idsPastTheModelAreNamed() throws IOException {
    write(
        "tokenizer.json",
        tokenizer(
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "<unk>", "x", "y")));
    Reading reading = read(tokenizerAgreement());
    assertThat(value(reading, "ids out of range")).isEqualTo(2);
    assertThat(evidence(reading))
        .startsWith(
            "the model knows 12 tokens, the tokenizer has 14 and 1 added ones with ids up to 13: 2"
                + " are out of the model's range, the first of which is 12 ('x')");
  }

  @Test
  void aTokenizerOfASmallerModelIsTold() throws IOException {
    write("tokenizer.json", tokenizer(List.of("<bos>", "<unk>", "a", "b", "c")));
    assertThat(evidence(read(tokenizerAgreement())))
        .startsWith(
            "the highest id of the tokenizer is 4, but the model has 12 logits: 7 at the end have no"
                + " token, which is more than padding explains");
  }

  @Test
  void specialTokensThatDisagreeAreNamed() throws IOException {
    write(
        "config.json",
        "{\"vocab_size\": 16, \"bos_token_id\": 0, \"eos_token_id\": 2, \"pad_token_id\": 15}");
    write("generation_config.json", "{\"bos_token_id\": 3}");
    write("tokenizer_config.json", "{\"eos_token\": \"<eos>\", \"unk_token\": \"<unkk>\"}");
    Reading reading = read(tokenizerAgreement());
    assertThat(value(reading, "problems[vocabulary]")).isEqualTo(1);
    assertThat(value(reading, "problems[special tokens]")).isEqualTo(4);
    Evidence.Table table = (Evidence.Table) reading.evidence().get(0);
    assertThat(table.rows().stream().map(row -> row.get(1)))
        .containsExactlyInAnyOrder(
            "config.json gives 16 as vocab_size, but the model has 12 logits",
            "the bos token is 0 ('<bos>') by config.json and 3 ('the') by generation_config.json",
            "the eos token is 1 ('<eos>') by tokenizer_config.json and 2 ('<unk>') by config.json",
            "config.json gives 15 as pad_token_id, but the model knows 12 tokens",
            "tokenizer_config.json names '<unkk>' as unk_token, which is not in the vocabulary;"
                + " the nearest is '<unk>'");
    assertThat(status(tokenizerAgreement())).isEqualTo(Status.FAILED);
  }

  @Test
  void textsThatDoNotComeBackAreShownFromWhereTheyDiffer() {
    TokenizerAgreement spec =
        tokenizerAgreement().on(Sequences.texts("the dog runs .", "the cow sees a cat ."));
    Reading reading = read(spec);
    assertThat(value(reading, "round trip failures")).isEqualTo(1);
    assertThat(value(reading, "round trip")).isEqualTo(0.5);
    assertThat(value(reading, "unknown tokens")).isEqualTo(0.1);
    assertThat(evidence(reading))
        .isEqualTo(
            "text 2 does not come back from encoding and decoding: from character 4 on, 'cow sees a"
                + " cat .' is '<unk> sees a cat .'");
    assertThat(status(spec)).isEqualTo(Status.FAILED);
    assertThat(status(spec.roundTrip(RoundTrip.Fidelity.MEASURED))).isEqualTo(Status.PASSED);
  }

  @Test
  void blanksCountUnlessTheyAreFolded() {
    TokenizerAgreement spec = tokenizerAgreement().on(Sequences.texts("the  dog runs ."));
    assertThat(status(spec)).isEqualTo(Status.FAILED);
    assertThat(status(spec.roundTrip(RoundTrip.Fidelity.FOLDED))).isEqualTo(Status.PASSED);
  }

  @Test
  void aChatTemplateMustBeThereWhereItIsExpectedAndWriteTokensThatThereAre() throws IOException {
    TokenizerAgreement spec = tokenizerAgreement().withChatTemplate();
    assertThat(evidence(read(spec))).contains("there is no chat template");
    write("chat_template.jinja", "{% for m in messages %}<|im_start|>{{ m }}{% endfor %}");
    Reading reading = read(spec);
    assertThat(reading.measurement("chat template").orElseThrow().text()).isEqualTo("present");
    assertThat(evidence(reading))
        .isEqualTo("the chat template writes '<|im_start|>', which is no token");
    Files.delete(folder.resolve("chat_template.jinja"));
    write(
        "tokenizer_config.json",
        "{\"chat_template\": [{\"name\": \"default\", \"template\": \"{{ messages }}\"}]}");
    assertThat(status(spec)).isEqualTo(Status.PASSED);
  }

  @Test
  void filesThatAreMissingOrBrokenAreTold() throws IOException {
    write("config.json", "{");
    assertThatThrownBy(() -> read(tokenizerAgreement()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("config.json: no JSON in line 1: Unexpected end-of-input");
    Files.delete(folder.resolve("config.json"));
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> read(tokenizerAgreement()))
        .isInstanceOf(ProbeException.class)
        .hasMessage("there is no tokenizer.json beside the model; name one with 'tokenizer'");
  }
}
