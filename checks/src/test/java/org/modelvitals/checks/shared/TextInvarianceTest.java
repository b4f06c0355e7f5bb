package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Evidence;
import org.modelvitals.verdict.Status;

/**
 * Changed texts through a third party's tokenizer and encoder. Its tokenizer lowers letters, strips
 * accents and drops blanks (Hugging Face's BertNormalizer and BertPreTokenizer), so these changes
 * must leave its embeddings as they are to the bit; swapped letters give other word pieces.
 */
class TextInvarianceTest {
  @TempDir private Path folder;

  @Test
  void an_uncased_encoder_reads_letters_but_not_how_they_are_written() throws IOException {
    Path models = SharedModels.folder();
    Files.write(
        folder.resolve("texts.csv"),
        List.of(
            "text",
            "\"It is a truth universally acknowledged,\"",
            "A short one.",
            "The cafe is open and many people are there today",
            "No"));
    Path suite =
        Files.writeString(
            folder.resolve("suite.vitals.yaml"),
            """
            model: @/tinybert.onnx
            checks:
              reads any spelling:
                invariance:
                  output: output_1
                  tolerance: 0
                  data:
                    file: texts.csv
                    batch: 2
                    inputs:
                      input_ids: {tokens: {column: text, tokenizer: @/tokenizer.json}}
                      attention_mask: {tokens: {column: text, tokenizer: @/tokenizer.json, part: attention-mask}}
                      token_type_ids: {tokens: {column: text, tokenizer: @/tokenizer.json, part: type-ids}}
                  perturb:
                    shouted: [case: {columns: text, to: upper}]
                    spaced: [whitespace: text]
                    with an accent: [replace: {columns: text, words: {cafe: café}}]
                    misspelt: [typo: text]
                expect:
                  unchanged[shouted]: 100 %
                  unchanged[spaced]: 100 %
                  unchanged[with an accent]: 100 %
                  unchanged[misspelt]: 0 %
                  max change[shouted]: 0
                  max change[misspelt]: "> 0.001"
                  rows: 4
            """
                .replace("@", models.resolve("tinybert").toString()));
    Run run = Run.of(suite);
    assertThat(run.check("reads any spelling").verdict().reason()).isEmpty();
    assertThat(run.check("reads any spelling").verdict().status()).isEqualTo(Status.PASSED);
    Evidence.Table changed = run.evidence("reads any spelling", Evidence.Table.class).get(0);
    assertThat(changed.sentence())
        .startsWith("under 'misspelt' the answer changes in 4 of 4 rows, first at texts.csv:2:")
        .contains("(text: It is a truth universally acknowledged, → ");
  }
}
