package org.modelvitals.checks.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.checks.budget.BudgetModels;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.Tensor;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** y = x * w, elementwise, where columns of x that meet a zero in w change nothing. */
class LivenessColumnsTest {
  @TempDir Path folder;

  private static final class Drawn extends BudgetContext {
    Drawn(Path file) {
      super(file);
    }

    @Override
    public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
      return Feeds.open(data, this::resolve, fed.signature(), Map.of(), seed(), reserved);
    }
  }

  private Path product(float... weights) throws IOException {
    OnnxMl.ModelProto.Builder model = BudgetModels.addition(weights);
    OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
    graph.getNodeBuilder(0).setOpType("Mul");
    graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(1)
        .setDimValue(weights.length);
    return BudgetModels.write(folder.resolve("model.onnx"), model);
  }

  private static Reading read(Path model) throws Exception {
    try (BudgetContext context = new Drawn(model)) {
      return new LivenessProbe().probe(Liveness.liveness(), context);
    }
  }

  @Test
  void columns_that_nothing_reads_are_named() throws Exception {
    Reading reading = read(product(1, 0, 2, 0, 0, 3));
    Measurement dead = reading.measurement("dead columns[x]").orElseThrow();
    assertThat(dead.value()).isEqualTo(3);
    assertThat(dead.count()).isEqualTo(6);
    assertThat(dead.note()).isEqualTo("1, 3, 4");
    assertThat(reading.evidence())
        .contains(
            new Evidence.Note(
                "Dead or saturated",
                "of the input 'x', 3 columns change nothing in the rows fed, counted from 0: 1, 3, 4"));
    assertThat(reading.measurement("dead inputs").orElseThrow().value()).isZero();
  }

  @Test
  void of_an_input_that_is_dead_as_a_whole_nothing_is_said_twice() throws Exception {
    Reading reading = read(product(0, 0, 0));
    assertThat(reading.measurement("dead columns[x]").orElseThrow().value()).isEqualTo(3);
    assertThat(reading.evidence())
        .filteredOn(Evidence.Note.class::isInstance)
        .noneMatch(note -> note.toString().contains("columns change nothing"));
  }

  @Test
  void an_input_of_one_column_has_no_columns_to_speak_of() throws Exception {
    assertThat(
            read(BudgetModels.write(folder.resolve("a.onnx"), BudgetModels.addition(1, 2)))
                .measurement("dead columns[x]"))
        .isEmpty();
  }

  @Property(tries = 200)
  void those_that_nothing_depends_on_are_found(
      @ForAll @IntRange(min = 2, max = 256) int width,
      @ForAll @Size(max = 40) Set<@IntRange(min = 0, max = 255) Integer> living) {
    Tensor usual = Tensor.allocate(ElementType.FLOAT32, 2, width);
    Tensor other = Tensor.allocate(ElementType.FLOAT32, 2, width);
    for (int i = 0; i < other.size(); i++) {
      other.setDouble(i, 1);
    }
    List<Integer> dead =
        Columns.dead(
            usual,
            List.of(other),
            input ->
                living.stream()
                    .filter(column -> column < width)
                    .anyMatch(column -> input.getDouble(column) != 0));
    assertThat(dead)
        .isEqualTo(
            IntStream.range(0, width).filter(column -> !living.contains(column)).boxed().toList());
  }
}
