package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;

class ColdStartProbeTest {
  @TempDir Path folder;

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().value());
  }

  @Test
  void loads_again_and_again_and_tells_the_first_call_from_the_others() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
    try (BudgetContext context = new BudgetContext(file)) {
      Reading reading = new ColdStartProbe().probe(Budget.coldStart(), context);
      // Making a session costs far more than a call of one node, and the first call more than one.
      assertThat(value(reading, "load")).isGreaterThan(value(reading, "later call"));
      assertThat(value(reading, "first call over later ones")).isGreaterThan(1);
      assertThat(value(reading, "load and first call"))
          .isGreaterThanOrEqualTo(value(reading, "load"));
      assertThat(value(reading, "slowest load")).isGreaterThanOrEqualTo(value(reading, "load"));
      assertThat(reading.measurement("load").orElseThrow().count()).isEqualTo(7);
      assertThat(
              Objects.requireNonNull(reading.measurement("load").orElseThrow().interval()).high())
          .isEqualTo(value(reading, "slowest load"));
      assertThat(reading.evidence())
          .singleElement()
          .isInstanceOfSatisfying(
              Evidence.Table.class, table -> assertThat(table.rows()).hasSize(10));
      assertThat(reading.measurement("fresh load").orElseThrow().count()).isEqualTo(3);
      // A fresh process has to load the runtime's library too, which takes far longer than this
      // model does.
      assertThat(value(reading, "fresh load")).isGreaterThan(2 * value(reading, "load"));
      assertThat(value(reading, "fresh load and first call"))
          .isGreaterThan(value(reading, "fresh load"));
    }
  }

  @Test
  void without_processes_nothing_is_said_of_them() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
    try (BudgetContext context = new BudgetContext(file)) {
      Reading reading =
          new ColdStartProbe().probe(Budget.coldStart().processes(0).repeats(1), context);
      assertThat(reading.measurement("fresh load")).isEmpty();
      assertThat(reading.measurement("load")).isPresent();
    }
  }
}
