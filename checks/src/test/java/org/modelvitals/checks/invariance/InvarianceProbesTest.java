package org.modelvitals.checks.invariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetModels;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Perturbation;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** The model of the first tests says y = x + 1. */
class InvarianceProbesTest {
  private static final Path EXAMPLES =
      Path.of("").toAbsolutePath().resolveSibling("example-suites");
  private static final DataSpec ROWS = DataSpec.csv("rows.csv");
  private static final DataSpec DIGITS =
      DataSpec.csv("../data/digits-test.csv").ignore("digit").limit(200);

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    Files.write(folder.resolve("rows.csv"), List.of("x", "0", "-2", "3", "0.5"));
  }

  private Reading read(Invariance declared) {
    return read(declared, folder.resolve("model.onnx"));
  }

  private static Reading read(Invariance declared, Path model) {
    try (PerturbedContext context = new PerturbedContext(model)) {
      return new InvarianceProbe().probe(declared, context);
    }
  }

  private static Reading read(Direction declared, Path model) {
    try (PerturbedContext context = new PerturbedContext(model)) {
      return new DirectionProbe().probe(declared, context);
    }
  }

  private static Measurement measured(Reading reading, String name) {
    return reading.measurement(name).orElseThrow(() -> new AssertionError("no " + name));
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(measured(reading, name).value(), name);
  }

  @Test
  void numbers_must_stay_within_a_tolerance() {
    Reading reading =
        read(
            Invariance.invariance(ROWS)
                .under("doubled", Perturbation.scale("x", 2))
                .under("a little more", Perturbation.add("x", 0.25))
                .tolerance(0.5));
    // 0 is doubled to 0, which says nothing; -2 and 3 move by 2 and 3, 0.5 by 0.5.
    assertThat(value(reading, "unchanged[doubled]")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(measured(reading, "unchanged[doubled]").note())
        .isEqualTo("it leaves 1 rows as they are");
    assertThat(measured(reading, "unchanged[doubled]").interval()).isNotNull();
    assertThat(value(reading, "max change[doubled]")).isEqualTo(3);
    assertThat(value(reading, "mean change[doubled]")).isCloseTo(5.5 / 3, within(1e-6));
    assertThat(value(reading, "unchanged[a little more]")).isEqualTo(1);
    assertThat(value(reading, "unchanged")).isEqualTo(0.5);
    Evidence.Table table = (Evidence.Table) reading.evidence().get(0);
    assertThat(table.sentence())
        .isEqualTo(
            "under 'doubled' the answer changes in 2 of 3 rows, first at rows.csv:3: '-1.0000'"
                + " becomes '-3.0000' (x: -2 → -4)");
    assertThat(table.rows()).hasSize(2);
  }

  @Test
  void numbers_may_have_a_threshold() {
    Reading reading =
        read(
            Invariance.invariance(ROWS)
                .under("more", Perturbation.add("x", 1))
                .threshold(0)
                .classes("cold", "warm"));
    assertThat(value(reading, "unchanged[more]")).isEqualTo(0.75);
    assertThat(reading.evidence().get(0).sentence()).contains("'cold' becomes 'warm'");
  }

  @Test
  void a_number_alone_is_no_answer() {
    assertThatThrownBy(
            () -> read(Invariance.invariance(ROWS).under("more", Perturbation.add("x", 1))))
        .isInstanceOf(ProbeException.class)
        .hasMessageStartingWith("the answer is one number, which any change moves a little;");
    assertThatThrownBy(() -> read(Invariance.invariance(ROWS)))
        .hasMessageStartingWith("no change is declared");
  }

  @Test
  void a_change_that_touches_nothing_says_nothing() {
    Reading reading =
        read(Invariance.invariance(ROWS).under("nothing", Perturbation.add("x", 0)).tolerance(0));
    assertThat(measured(reading, "unchanged[nothing]").note())
        .isEqualTo("it leaves all of the 4 rows as they are");
    assertThat(measured(reading, "max change[nothing]").value()).isNull();
    assertThat(measured(reading, "unchanged").value()).isNull();
    assertThat(measured(reading, "unchanged").note())
        .isEqualTo("the changes leave all of the 4 rows as they are");
  }

  @Test
  void noise_of_deviation_0_touches_nothing() {
    Reading reading =
        read(
            Invariance.invariance(ROWS)
                .under("still", Perturbation.noise(0))
                .under("still and whole", Perturbation.add("x", 0), Perturbation.noise(0))
                .tolerance(9));
    assertThat(measured(reading, "unchanged[still]").value()).isNull();
    assertThat(measured(reading, "unchanged[still and whole]").value()).isNull();
    assertThat(measured(reading, "unchanged").value()).isNull();
    Direction direction = Direction.direction(ROWS).raisedBy("still", Perturbation.noise(0));
    Reading moves = read(direction, folder.resolve("model.onnx"));
    assertThat(measured(moves, "as expected[still]").value()).isNull();
    assertThat(measured(moves, "as expected").note())
        .isEqualTo("the changes leave all of the 4 rows as they are");
  }

  @Test
  void rows_whose_input_is_cut_back_to_what_it_was_do_not_count() {
    // Of 0, -2, 3 and 0.5 within 0 and 100, only -2 is changed.
    Perturbation cut = Perturbation.noise(0, 0, 100);
    Reading reading = read(Invariance.invariance(ROWS).under("cut", cut).tolerance(1));
    assertThat(value(reading, "unchanged[cut]")).isZero();
    assertThat(measured(reading, "unchanged[cut]").count()).isEqualTo(1);
    assertThat(measured(reading, "unchanged").count()).isEqualTo(1);
    // -2 of the other change counts too where either may touch.
    Reading both =
        read(
            Invariance.invariance(ROWS)
                .under("cut", cut)
                .under("first", Perturbation.scale("x", 1), Perturbation.noise(0, -100, 2))
                .tolerance(1.5));
    assertThat(measured(both, "unchanged").count()).isEqualTo(2);
    assertThat(value(both, "unchanged")).isEqualTo(0.5);
    assertThat(measured(both, "unchanged").note()).isEqualTo("no change touches 2 of the 4 rows");
  }

  @Test
  void rows_that_no_change_touches_do_not_dilute_those_it_breaks() throws IOException {
    List<String> rows = new ArrayList<>(List.of("x", "5", "-5"));
    rows.addAll(Collections.nCopies(998, "0"));
    Files.write(folder.resolve("rows.csv"), rows);
    Perturbation turn = Perturbation.scale("x", -1);
    Reading reading = read(Invariance.invariance(ROWS).under("turned", turn).tolerance(1));
    assertThat(value(reading, "unchanged")).isZero();
    assertThat(measured(reading, "unchanged").count()).isEqualTo(2);
    assertThat(measured(reading, "unchanged").interval())
        .isEqualTo(measured(reading, "unchanged[turned]").interval());
    assertThat(value(reading, "rows")).isEqualTo(1000);
    Direction up = Direction.direction(ROWS).raisedBy("turned", turn);
    Reading moves = read(up, folder.resolve("model.onnx"));
    assertThat(value(moves, "as expected")).isEqualTo(0.5);
    assertThat(measured(moves, "as expected").count()).isEqualTo(2);
  }

  @Test
  void an_answer_that_is_no_number_is_seen_where_nothing_is_touched() throws IOException {
    BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(Float.NaN));
    Perturbation nothing = Perturbation.add("x", 0);
    Reading reading = read(Invariance.invariance(ROWS).under("nothing", nothing).tolerance(9));
    assertThat(value(reading, "non-finite outputs")).isEqualTo(4);
    Reading moves =
        read(Direction.direction(ROWS).raisedBy("nothing", nothing), folder.resolve("model.onnx"));
    assertThat(value(moves, "non-finite outputs")).isEqualTo(4);
  }

  @Test
  void answers_that_are_no_numbers_have_changed() throws IOException {
    BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(Float.NaN));
    Reading reading =
        read(Invariance.invariance(ROWS).under("more", Perturbation.add("x", 1)).tolerance(9));
    assertThat(value(reading, "non-finite outputs")).isEqualTo(4);
    assertThat(value(reading, "unchanged[more]")).isZero();
    assertThat(measured(reading, "max change[more]").note())
        .isEqualTo("no score is a finite number");
  }

  @Test
  void digits_are_read_in_dim_light_but_not_lying_down() {
    Invariance declared =
        Invariance.invariance(DIGITS)
            .under("dim", Perturbation.contrast(0.9, 0, 16))
            .under("noisy", Perturbation.noise(0.5, 0, 16))
            .under("lying down", Perturbation.rotate(90));
    Path model = EXAMPLES.resolve("models/digits.onnx");
    Reading reading = read(declared, model);
    assertThat(value(reading, "unchanged[dim]")).isGreaterThan(0.97);
    assertThat(value(reading, "unchanged[noisy]")).isGreaterThan(0.97);
    assertThat(value(reading, "unchanged[lying down]")).isLessThan(0.6);
    assertThat(read(declared, model)).isEqualTo(reading);
    assertThat(read(declared.seed(5), model).measurement("mean change[noisy]"))
        .isNotEqualTo(reading.measurement("mean change[noisy]"));
    assertThat(read(declared.seed(5), model).measurement("mean change[dim]"))
        .isEqualTo(reading.measurement("mean change[dim]"));
    assertThat(reading.evidence().get(0).sentence())
        .startsWith("under 'lying down' the answer changes in ")
        .contains("digits-test.csv:");
  }

  @Test
  void a_score_moves_as_it_must() {
    Reading reading =
        read(
            Direction.direction(ROWS)
                .raisedBy("more", Perturbation.add("x", 1))
                .loweredBy("doubled", Perturbation.scale("x", 2)),
            folder.resolve("model.onnx"));
    assertThat(value(reading, "as expected[more]")).isEqualTo(1);
    assertThat(value(reading, "mean move[more]")).isEqualTo(1);
    // -2 goes down when it is doubled; 3 and 0.5 go up; 0 stays and says nothing.
    assertThat(value(reading, "as expected[doubled]")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(value(reading, "as expected")).isEqualTo(0.5);
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "'doubled' does not lower the score in 2 of 3 rows, first at rows.csv:4: 4.0000 becomes"
                + " 7.0000 (x: 3 → 6)");
  }

  @Test
  void how_far_it_must_move_can_be_said() {
    Direction declared = Direction.direction(ROWS).raisedBy("more", Perturbation.add("x", 1));
    Path model = folder.resolve("model.onnx");
    assertThat(value(read(declared.least(1.5), model), "as expected[more]")).isZero();
    Direction down = Direction.direction(ROWS).raisedBy("less", Perturbation.add("x", -1));
    assertThat(value(read(down.least(-2), model), "as expected[less]")).isEqualTo(1);
  }

  @Test
  void which_class_must_move_has_to_be_said() {
    Path model = EXAMPLES.resolve("models/digits.onnx");
    Direction declared =
        Direction.direction(DIGITS.limit(20)).loweredBy("dark", Perturbation.contrast(0.5, 0, 16));
    assertThatThrownBy(() -> read(declared, model))
        .hasMessage("the output has 10 scores; say with 'class' which of them must move");
    assertThatThrownBy(() -> read(declared.of("sevn").classes("zero", "seven"), model))
        .hasMessage("there is no class 'sevn' among 10 scores; did you mean 'seven'?");
    assertThat(value(read(declared.of("7"), model), "rows")).isEqualTo(20);
    assertThatThrownBy(() -> declared.raisedBy("dark", Perturbation.mirror()))
        .hasMessageContaining("'dark' stands under raises and under lowers");
  }

  @Test
  void more_weight_means_more_diabetes() {
    Reading reading =
        read(
            Direction.direction(DataSpec.csv("../data/diabetes-test.csv").ignore("progression"))
                .raisedBy("heavier", Perturbation.add("bmi", 0.02)),
            EXAMPLES.resolve("models/diabetes.onnx"));
    assertThat(value(reading, "as expected[heavier]")).isGreaterThan(0.95);
    assertThat(value(reading, "mean move[heavier]")).isGreaterThan(1);
    assertThat(Map.of("rows", value(reading, "rows"))).containsEntry("rows", 133.0);
  }
}
