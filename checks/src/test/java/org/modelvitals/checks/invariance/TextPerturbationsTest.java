package org.modelvitals.checks.invariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.data.Perturbation;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/**
 * Changed texts through a tokenizer that minds letters, and a model that adds up the weights of the
 * words that the attention mask shows: good 2, fine 1, bad -2, a word that it does not know 0, and
 * 100 for padding, which nobody may see.
 */
class TextPerturbationsTest {
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null,
       "padding": {"strategy": "BatchLongest", "direction": "Right", "pad_to_multiple_of": null,
         "pad_id": 4, "pad_type_id": 0, "pad_token": "<pad>"},
       "added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
       "post_processor": null, "decoder": null,
       "model": {"type": "WordLevel", "unk_token": "<unk>",
         "vocab": {"<unk>": 0, "good": 1, "fine": 2, "bad": 3, "<pad>": 4}}}
      """;

  private static final String MODEL =
      """
      ir_version: 8
      opset_import { version: 17 }
      graph {
        name: "mood"
        node { op_type: "Gather" input: "weights" input: "input_ids" output: "words" }
        node { op_type: "Cast" input: "attention_mask" output: "mask"
               attribute { name: "to" type: INT i: 1 } }
        node { op_type: "Mul" input: "words" input: "mask" output: "seen" }
        node { op_type: "ReduceSum" input: "seen" input: "axis" output: "mood" }
        initializer { name: "weights" data_type: 1 dims: 5
                      float_data: [0, 2, 1, -2, 100] }
        initializer { name: "axis" data_type: 7 dims: 1 int64_data: 1 }
        input { name: "input_ids" type { tensor_type { elem_type: 7 shape {
          dim { dim_param: "batch" } dim { dim_param: "sequence" } } } } }
        input { name: "attention_mask" type { tensor_type { elem_type: 7 shape {
          dim { dim_param: "batch" } dim { dim_param: "sequence" } } } } }
        output { name: "mood" type { tensor_type { elem_type: 1 shape {
          dim { dim_param: "batch" } dim { dim_value: 1 } } } } }
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.newBuilder();
    TextFormat.merge(MODEL, model);
    Files.write(folder.resolve("mood.onnx"), model.build().toByteArray());
    Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    Files.write(
        folder.resolve("reviews.csv"),
        List.of("text", "good food", "bad", "the soup is fine", "what a good good day"));
  }

  private static DataSpec reviews() {
    return DataSpec.csv("reviews.csv")
        .batch(3)
        .input("input_ids", tokens(InputSpec.Tokens.Part.IDS))
        .input("attention_mask", tokens(InputSpec.Tokens.Part.ATTENTION_MASK));
  }

  private static InputSpec tokens(InputSpec.Tokens.Part part) {
    return new InputSpec.Tokens("text", null, "tokenizer.json", part, true);
  }

  private static Measurement measured(Reading reading, String name) {
    return reading.measurement(name).orElseThrow(() -> new AssertionError("no " + name));
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(measured(reading, name).value(), name);
  }

  @Test
  void a_mood_that_hangs_on_spelling_is_found_out() {
    Invariance declared =
        Invariance.invariance(reviews())
            .under("shouted", Perturbation.letters("text", Perturbation.Case.Letters.UPPER))
            .under("spaced", Perturbation.whitespace("text"))
            .under("longer", Perturbation.replace("text", Map.of("food", "food and drink there")))
            .under("misspelt", Perturbation.typo("text", 200))
            .threshold(0.5)
            .classes("sad", "glad");
    Reading reading;
    try (PerturbedContext context = new PerturbedContext(folder.resolve("mood.onnx"))) {
      reading = new InvarianceProbe().probe(declared, context);
    }
    // Moods are 2, -2, 1 and 4; in capitals no word is known, and all are 0.
    assertThat(value(reading, "unchanged[shouted]")).isEqualTo(0.25);
    assertThat(value(reading, "max change[shouted]")).isEqualTo(4);
    assertThat(value(reading, "mean change[shouted]")).isCloseTo(9 / 4.0, within(1e-6));
    assertThat(value(reading, "max change[spaced]")).isZero();
    // One row holds the word; its batch becomes wider, and nobody sees the padding.
    assertThat(value(reading, "max change[longer]")).isZero();
    assertThat(measured(reading, "unchanged[longer]").count()).isEqualTo(1);
    assertThat(measured(reading, "unchanged[longer]").note())
        .isEqualTo("it leaves 3 rows as they are");
    assertThat(value(reading, "max change[misspelt]")).isPositive();
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "under 'shouted' the answer changes in 3 of 4 rows, first at reviews.csv:2: 'glad'"
                + " becomes 'sad' (text: good food → GOOD FOOD)");
  }

  @Test
  void words_move_the_mood_by_their_weights() {
    Direction declared =
        Direction.direction(reviews())
            .raisedBy("better", Perturbation.replace("text", Map.of("bad", "fine", "fine", "good")))
            .loweredBy("worse", Perturbation.replace("text", Map.of("good", "bad")))
            .loweredBy("praise", Perturbation.replace("text", Map.of("fine", "good")));
    Reading reading;
    try (PerturbedContext context = new PerturbedContext(folder.resolve("mood.onnx"))) {
      reading = new DirectionProbe().probe(declared, context);
    }
    assertThat(value(reading, "as expected[better]")).isEqualTo(1);
    // From -2 to 1, and from 1 to 2.
    assertThat(value(reading, "mean move[better]")).isCloseTo(2, within(1e-6));
    // From 2 to -2, and from 4 to -4.
    assertThat(value(reading, "mean move[worse]")).isCloseTo(-6, within(1e-6));
    assertThat(value(reading, "as expected[praise]")).isZero();
    assertThat(reading.evidence().get(0).sentence())
        .contains(
            "reviews.csv:4: 1.0000 becomes 2.0000 (text: the soup is fine → the soup is good)");
  }
}
