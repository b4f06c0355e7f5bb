package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;

/** ONNX's own backend tests: each is a suite with one check. */
class ConformanceSuitesTest {
  /** Those that do not pass, and why: what the runtime does not implement is skipped. */
  private static final Map<String, String> SKIPPED =
      Map.ofEntries(
          // Operators of sets before 7, of which ONNX Runtime has none.
          Map.entry("test_operator_add_broadcast", ".*not implement: .*Add\\(6\\).*"),
          Map.entry("test_operator_add_size1_broadcast", ".*not implement: .*Add\\(6\\).*"),
          Map.entry("test_operator_add_size1_right_broadcast", ".*not implement: .*Add\\(6\\).*"),
          Map.entry(
              "test_operator_add_size1_singleton_broadcast", ".*not implement: .*Add\\(6\\).*"),
          Map.entry("test_operator_addconstant", ".*not implement: .*Add\\(6\\).*"),
          Map.entry("test_operator_addmm", ".*not implement: .*Gemm\\(6\\).*"),
          Map.entry("test_operator_basic", ".*not implement: .*Add\\(6\\).*"),
          Map.entry("test_operator_mm", ".*not implement: .*Gemm\\(6\\).*"),
          Map.entry("test_operator_non_float_params", ".*not implement: .*Add\\(6\\).*"),
          Map.entry("test_operator_params", ".*not implement: .*Add\\(6\\).*"),
          Map.entry("test_operator_pow", ".*not implement: .*Pow\\(1\\).*"),
          // Training, which this build of ONNX Runtime leaves out.
          Map.entry("test_gradient_of_add", ".*operator 'Gradient'.*"),
          Map.entry("test_gradient_of_add_and_mul", ".*operator 'Gradient'.*"));

  /** They pass where the machine has the locale en_US.UTF-8. */
  private static final Map<String, String> SKIPPED_WITHOUT_LOCALE =
      Map.of(
          "test_strnorm_model_monday_casesensintive_lower", ".*locale.*en_US\\.UTF-8.*",
          "test_strnorm_model_monday_casesensintive_upper", ".*locale.*en_US\\.UTF-8.*",
          "test_strnorm_model_monday_empty_output", ".*locale.*en_US\\.UTF-8.*",
          "test_strnorm_model_monday_insensintive_upper_twodim", ".*locale.*en_US\\.UTF-8.*");

  @TempDir Path suites;

  private List<Path> write(String checks) throws IOException {
    try (Stream<Path> files = Files.walk(SharedModels.folder().resolve("onnx-conformance"), 2)) {
      List<Path> written = new ArrayList<>();
      for (Path folder :
          files.filter(folder -> Files.exists(folder.resolve("model.onnx"))).sorted().toList()) {
        written.add(
            Files.writeString(
                suites.resolve(folder.getFileName() + ".vitals.yaml"),
                "model: " + folder + "/model.onnx\nchecks:\n" + checks));
      }
      return written;
    }
  }

  private static double value(CheckRecord check, String name) {
    return check.measurements().stream()
        .filter(m -> m.name().equals(name))
        .map(Measurement::value)
        .map(value -> value == null ? Double.NaN : value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void each_passes_or_is_skipped_with_the_reason() throws IOException {
    Map<String, CheckRecord> checks =
        new TreeMap<>(Run.of(write("  conforms:\n    conformance: {}\n")).bySuite());
    assertThat(checks).hasSize(58);
    List<String> others = new ArrayList<>();
    checks.forEach(
        (name, check) -> {
          Status status = check.verdict().status();
          String why = SKIPPED.getOrDefault(name, SKIPPED_WITHOUT_LOCALE.get(name));
          boolean maySkip =
              status == Status.SKIPPED
                  && why != null
                  && Pattern.compile(why, Pattern.DOTALL)
                      .matcher(check.verdict().reason())
                      .matches();
          boolean mayPass = status == Status.PASSED && !SKIPPED.containsKey(name);
          if (!maySkip && !mayPass) {
            others.add(name + " " + status + " " + check.verdict().reason());
          }
        });
    assertThat(others).isEmpty();
    double largest =
        checks.values().stream()
            .filter(check -> check.verdict().status() == Status.PASSED)
            .mapToDouble(check -> value(check, "max difference"))
            .filter(difference -> !Double.isNaN(difference)) // of texts there is none
            .max()
            .orElseThrow();
    assertThat(largest).isLessThanOrEqualTo(9.6e-7);
  }

  @Test
  void nan_is_equal_to_nan_and_still_counted() throws IOException {
    List<Path> files =
        write(
            """
              conforms:
                conformance: {}
              has no NaN:
                conformance: {}
                expect: {nan: "= 0"}
            """);
    Run run =
        Run.of(files.stream().filter(file -> file.toString().contains("operator_sqrt")).toList());
    assertThat(run.check("conforms").verdict().status()).isEqualTo(Status.PASSED);
    assertThat(run.value("conforms", "nan")).isEqualTo(4);
    assertThat(run.check("has no NaN").verdict().status()).isEqualTo(Status.FAILED);
    assertThat(run.check("has no NaN").verdict().reason()).contains("nan").contains("4");
    assertThat(run.check("has no NaN").sharedWith()).contains("conforms");
  }
}
