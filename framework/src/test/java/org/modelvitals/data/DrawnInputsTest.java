package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.InputUses.Purpose;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;

/** What is made of signatures: where rows lie, which sizes and which ranges inputs get. */
class DrawnInputsTest {
  private static final DrawnInputs GUESS = new DrawnInputs(4, 16, 3, 256);

  private static ValueInfo input(String name, ElementType type, Dim... shape) {
    return ValueInfo.tensor(name, type, List.of(shape));
  }

  private static Dim named(String name) {
    return Dim.free(name);
  }

  private static Signature signature(ValueInfo... inputs) {
    return new Signature(List.of(inputs), List.of(), List.of());
  }

  private static InputSpec drawn(ValueInfo input, Purpose purpose) {
    return drawn(input, purpose, Map.of());
  }

  private static InputSpec drawn(ValueInfo input, Purpose purpose, Map<String, Long> dimensions) {
    InputSpec source =
        GUESS
            .complete(
                DataSpec.generated(), signature(input), dimensions, Map.of(input.name(), purpose))
            .inputs()
            .get(input.name());
    assertThat(source).isNotNull();
    return java.util.Objects.requireNonNull(source);
  }

  private static InputSpec.Random random(double low, double high, Long... shape) {
    return new InputSpec.Random(List.of(shape), low, high, null);
  }

  @Test
  void rowsLieAlongTheDimensionThatIsCalledAfterABatch() {
    Signature signature =
        signature(
            input("ids", ElementType.INT64, named("batch"), named("sequence")),
            input("past", ElementType.FLOAT32, Dim.fixed(2), named("batch"), named("past")),
            input("other", ElementType.FLOAT32, named("remembered"), Dim.fixed(8)),
            input("rate", ElementType.INT64));
    assertThat(BatchAxes.of(signature))
        .isEqualTo(new BatchAxes("batch", Map.of("ids", 0, "past", 1)));
  }

  @Test
  void elseAlongAFreeFirstOneAndTheSecondOfAStateBesideIt() {
    Signature signature =
        signature(
            input("input", ElementType.FLOAT32, Dim.free(null), Dim.free(null)),
            input("state", ElementType.FLOAT32, Dim.fixed(2), Dim.free(null), Dim.fixed(128)),
            input("frames", ElementType.FLOAT32, Dim.fixed(1), Dim.free(null), Dim.fixed(80)));
    BatchAxes axes = BatchAxes.of(signature);
    assertThat(axes.inputs()).containsExactlyInAnyOrderEntriesOf(Map.of("input", 0, "state", 1));
    assertThat(
            axes.ofOutput(
                input(
                    "stateN", ElementType.FLOAT32, Dim.free(null), Dim.free(null), Dim.free(null))))
        .isEqualTo(1);
    assertThat(axes.ofOutput(input("output", ElementType.FLOAT32, Dim.free(null)))).isZero();
    assertThat(BatchAxes.of(signature(input("x", ElementType.FLOAT32, Dim.fixed(1)))).any())
        .isFalse();
  }

  @Test
  void sizesComeFromTheSessionOrFromNamesOrAreGuessed() {
    ValueInfo mask = input("attention_mask", ElementType.INT64, named("b"), named("total_length"));
    assertThat(drawn(mask, Purpose.UNKNOWN))
        .isEqualTo(new InputSpec.Constant(List.of("1"), List.of(4L, 19L)));
    ValueInfo cache =
        input(
            "key",
            ElementType.FLOAT32,
            named("batch"),
            named("past_length"),
            named("past_length + 1"));
    assertThat(drawn(cache, Purpose.UNKNOWN)).isEqualTo(random(0, 1, 4L, 3L, 4L));
    ValueInfo known = input("x", ElementType.FLOAT32, named("Dim1"), named("Dim2"), Dim.fixed(5));
    assertThat(drawn(known, Purpose.UNKNOWN, Map.of("Dim2", 7L)))
        .isEqualTo(random(0, 1, 4L, 7L, 5L));
  }

  @Test
  void rangesComeFromTheGraphOrFromTheTypeOrAreGuessed() {
    Purpose table = new Purpose(OptionalLong.of(57), false);
    assertThat(drawn(input("ids", ElementType.INT64, Dim.fixed(2)), table))
        .isEqualTo(random(0, 57, 2L));
    assertThat(drawn(input("ids", ElementType.INT32, Dim.fixed(2)), Purpose.UNKNOWN))
        .isEqualTo(random(0, 256, 2L));
    assertThat(drawn(input("pixels", ElementType.UINT8, Dim.fixed(2)), Purpose.UNKNOWN))
        .isEqualTo(random(0, 256, 2L));
    assertThat(drawn(input("q", ElementType.INT8, Dim.fixed(2)), Purpose.UNKNOWN))
        .isEqualTo(random(-128, 128, 2L));
    Purpose size = new Purpose(OptionalLong.empty(), true);
    assertThat(drawn(input("shape", ElementType.INT64, Dim.fixed(3)), size))
        .isEqualTo(new InputSpec.Constant(List.of("1"), List.of(3L)));
    assertThat(drawn(input("sr", ElementType.INT64), Purpose.UNKNOWN))
        .isEqualTo(new InputSpec.Constant(List.of("16000"), List.of()));
    assertThat(drawn(input("position_ids", ElementType.INT64, Dim.fixed(1), Dim.fixed(3)), table))
        .isEqualTo(new InputSpec.Constant(List.of("3", "4", "5"), List.of(1L, 3L)));
  }

  @Test
  void whatIsDeclaredStaysAndWhatCannotBeMadeIsRefused() {
    InputSpec own = InputSpec.constant("7");
    ValueInfo x = input("x", ElementType.FLOAT32, Dim.fixed(1));
    assertThat(
            GUESS
                .complete(DataSpec.generated().input("x", own), signature(x), Map.of(), Map.of())
                .inputs())
        .containsExactly(Map.entry("x", own));
    assertThatThrownBy(() -> drawn(input("f8", ElementType.OTHER, Dim.fixed(1)), Purpose.UNKNOWN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("input 'f8' is other[1]");
  }
}
