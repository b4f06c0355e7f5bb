package org.modelvitals.reports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.DeviceRecord;
import org.modelvitals.record.MachineRecord;
import org.modelvitals.record.ModelRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** Run records that reports are tried on: every verdict, every shape of evidence, hostile text. */
public final class SampleRecords {
  private SampleRecords() {}

  static final Instant START = Instant.parse("2026-11-24T20:15:30.123456789Z");
  public static final String DIRECTORY = "/build/vision";
  static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  /** Text that would do harm in HTML, XML, Markdown, a terminal or a file name. */
  public static final String HOSTILE =
      "<script>alert('x')</script>|`code`|@everyone #1 [a](javascript:alert(1)) ![i](http://e/x)"
          + " \"quoted\" & &amp; ]]> <!-- --> \u0000\u0007\u001b[31mred\u001b[0m \u202eevil\u202c"
          + "\uD800 </td></details>\r\nsecond line\t../../etc/passwd {{7*7}} ${x} *a* _b_ ~~c~~ 𝒰🩺";

  /** Three suites: digits with every verdict and shape, a language model, and hostile input. */
  public static RunRecord rich() {
    return run("rich", "build-1", digits(), language(), hostile());
  }

  /** A run in which all is well. */
  public static RunRecord healthy() {
    return run("healthy", "build-1", language());
  }

  /** A suite with 1,000 checks, a wide table and a matrix of 200 labels. */
  public static RunRecord huge() {
    List<CheckRecord> checks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Outcome outcome = outcome("accuracy", ">= 97 %", fraction("accuracy", 0.9 + i / 1e4, 1797));
      checks.add(
          check("check number " + i, verdict(outcome), List.of(), i == 0 ? large() : List.of()));
    }
    return run("huge", "build-1", suite("many checks", "HugeHealthTest", checks));
  }

  /** A run of the given suites; it starts at a fixed time and takes four seconds. */
  public static RunRecord run(String id, String build, SuiteRecord... suites) {
    return new RunRecord(
        RunRecord.SCHEMA,
        id,
        build,
        START,
        START.plusSeconds(4),
        42,
        Map.of("ModelVitals", "0.1.0", "Java", "17.0.12+7", "ONNX Runtime", "1.29.0"),
        new MachineRecord("Linux 6.1.0", "amd64", "Example CPU @ 2.50GHz", 2, 8L << 30),
        List.of(suites));
  }

  public static SuiteRecord suite(String name, String source, List<CheckRecord> checks) {
    return new SuiteRecord(
        suiteId(source),
        name,
        source,
        DIRECTORY,
        Set.of("nightly", "vision"),
        new ModelRecord("models/digits.onnx", SHA256, 41_234),
        new DeviceRecord(
            "cpu",
            0,
            Map.of("CPUExecutionProvider", 12),
            Map.of("threads", "1", "optimization", "all")),
        checks);
  }

  public static String suiteId(String source) {
    return "[engine:model-vitals]/[suite:%s]".formatted(source);
  }

  /** A check of probe classification that took 1.25 s. */
  public static CheckRecord check(
      String name, Verdict verdict, List<Measurement> measurements, List<Evidence> evidence) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("data", Map.of("file", "data/digits-test.csv", "columns", List.of("a", "b")));
    parameters.put("label", "digit");
    parameters.put("batch", 16);
    return new CheckRecord(
        "[engine:model-vitals]/[suite:s]/[check:%s]".formatted(name),
        name,
        "classification",
        parameters,
        Set.of("quality"),
        START.plusMillis(10),
        1.25,
        "",
        verdict,
        measurements,
        evidence,
        List.of());
  }

  /** What a comparison came to, judged as the sign of {@code margin} says. */
  public static Outcome outcome(
      String name, Status status, String condition, Measurement measured, double limit) {
    double value = measured.value() == null ? Double.NaN : measured.value();
    return new Outcome(
        name,
        condition,
        status,
        measured,
        limit,
        value - limit,
        "%s is %s, expected %s".formatted(name, measured.display(), condition));
  }

  private static Outcome outcome(String name, String condition, Measurement measured) {
    boolean passed = measured.value() != null && measured.value() >= 0.97;
    return outcome(name, passed ? Status.PASSED : Status.FAILED, condition, measured, 0.97);
  }

  /** The verdict that follows from one outcome. */
  public static Verdict verdict(Outcome outcome) {
    return new Verdict(
        outcome.status(),
        outcome.status() == Status.PASSED ? "" : outcome.sentence(),
        List.of(outcome));
  }

  public static Measurement fraction(String name, double value, long count) {
    Interval interval =
        new Interval(Math.max(0, value - 0.01), Math.min(1, value + 0.01), 0.95, "Wilson");
    return Measurement.sampled(name, value, Unit.FRACTION, count, interval);
  }

  private static SuiteRecord digits() {
    Measurement accuracy = fraction("accuracy", 0.9512, 1797);
    Measurement recall = fraction("recall[7]", 0.9911, 179);
    Measurement p99 =
        Measurement.sampled(
            "p99",
            2.75e-3,
            Unit.SECONDS,
            200,
            new Interval(2.5e-3, Double.POSITIVE_INFINITY, 0.99, "order statistics"));
    Measurement nan = Measurement.exact("log loss", Double.NaN, Unit.NATS);
    Measurement infinite = Measurement.exact("max error", Double.POSITIVE_INFINITY, Unit.NUMBER);
    Measurement undefined =
        Measurement.undefined("ROC AUC", Unit.FRACTION, 0, "only one class is present");
    Measurement producer = Measurement.text("producer", "pytorch 2.4");
    Outcome failed = outcome("accuracy", ">= 97 %", accuracy);
    Outcome passed = outcome("recall[7]", ">= 95 %", recall);
    Outcome unsure = outcome("p99", Status.INCONCLUSIVE, "surely <= 3 ms", p99, 3e-3);
    Outcome text =
        new Outcome(
            "producer",
            "is pytorch 2.4",
            Status.PASSED,
            producer,
            null,
            null,
            "producer is pytorch 2.4, expected exactly pytorch 2.4");
    CheckRecord quality =
        check(
            "reads digits",
            new Verdict(Status.FAILED, failed.sentence(), List.of(failed, passed)),
            List.of(accuracy, recall, nan, infinite, undefined),
            shapes());
    CheckRecord flake = check("reads sevens", verdict(passed), List.of(recall), List.of());
    CheckRecord flaky =
        new CheckRecord(
            flake.id(),
            flake.name(),
            flake.probe(),
            flake.parameters(),
            flake.tags(),
            flake.startedAt(),
            0.0004,
            quality.id(),
            flake.verdict(),
            flake.measurements(),
            flake.evidence(),
            List.of(verdict(failed), new Verdict(Status.ERROR, "the file was locked", List.of())));
    return suite(
        "digits",
        "org.example.DigitsHealthTest",
        List.of(
            check("has a producer", verdict(text), List.of(producer), List.of()),
            check("answers in time", verdict(unsure), List.of(p99), List.of()),
            quality,
            flaky,
            check(
                "runs on cuda",
                new Verdict(Status.SKIPPED, "this machine has no CUDA device", List.of()),
                List.of(),
                List.of()),
            check(
                "stays small",
                new Verdict(
                    Status.ERROR,
                    "the child process ended with exit code 134 before it reported",
                    List.of()),
                List.of(),
                List.of(new Evidence.Note("Standard error", "malloc(): corrupted top size")))));
  }

  /** Every shape of evidence, with ordinary figures. */
  public static List<Evidence> shapes() {
    return List.of(
        new Evidence.Note("Worst class", "class 8 is worst: recall 91.2 %"),
        new Evidence.Table(
            "First wrong rows",
            "row 12 is a 3, taken for a 5",
            List.of("row", "is", "taken for", "probability"),
            List.of(List.of("12", "3", "5", "0.61"), List.of("77", "8", "1", "0.99"))),
        new Evidence.Matrix(
            "Confusion",
            "8 is taken for 1 most often",
            "true",
            "predicted",
            List.of("3", "5", "8"),
            List.of(List.of(180L, 3L, 0L), List.of(1L, 175L, 2L), List.of(0L, 0L, 162L))),
        new Evidence.Histogram(
            "Latency",
            "the slowest call took 7.1 ms",
            Unit.SECONDS,
            List.of(
                new Evidence.Histogram.Bin(0.001, 0.002, 150),
                new Evidence.Histogram.Bin(0.002, 0.004, 49),
                new Evidence.Histogram.Bin(0.004, 0.008, 1)),
            List.of(
                new Evidence.Histogram.Mark("p50", 0.0015),
                new Evidence.Histogram.Mark("p99", 0.00275))),
        new Evidence.Bars(
            "Next token",
            "'cat' comes first",
            Unit.FRACTION,
            List.of(
                new Evidence.Bars.Bar("cat", 0.61, 0.6),
                new Evidence.Bars.Bar("dog", 0.3, 0.3),
                new Evidence.Bars.Bar("\u2423the", 0.09, null))),
        new Evidence.Curve(
            "Reliability",
            "where it claims 95 %, it is right in 88 %",
            "confidence",
            "accuracy",
            true,
            List.of(
                new Evidence.Curve.Point(0.55, 0.5, 40),
                new Evidence.Curve.Point(0.75, 0.7, 160),
                new Evidence.Curve.Point(0.95, 0.88, 1597))),
        new Evidence.Strip(
            "Log-probability of each token",
            "the least expected token is 'aeroplane', after 'the small'",
            Unit.NATS,
            List.of(
                new Evidence.Strip.Cell("the", null, null),
                new Evidence.Strip.Cell(" small", -1.25, "rank 2"),
                new Evidence.Strip.Cell(" aeroplane", -9.5, "rank 812"),
                new Evidence.Strip.Cell(" sleeps", -0.4, "rank 1")),
            2));
  }

  private static SuiteRecord language() {
    Measurement rank = Measurement.exact("rank[ cat]", 1, Unit.NUMBER);
    Measurement entropy = Measurement.exact("entropy", 0.91, Unit.NATS).note("of 97 tokens");
    Outcome passed = outcome("rank[ cat]", Status.PASSED, "= 1", rank, 1);
    return suite(
        "grammar",
        "suites/grammar.vitals.yaml:3",
        List.of(check("knows the cat", verdict(passed), List.of(rank, entropy), shapes())));
  }

  private static SuiteRecord hostile() {
    Measurement text = Measurement.text(HOSTILE, HOSTILE).note(HOSTILE);
    Outcome failed =
        new Outcome(HOSTILE, HOSTILE, Status.FAILED, text, null, null, HOSTILE + " is wrong");
    List<Evidence> evidence =
        List.of(
            new Evidence.Note(HOSTILE, HOSTILE),
            new Evidence.Table(HOSTILE, HOSTILE, List.of(HOSTILE), List.of(List.of(HOSTILE))),
            new Evidence.Matrix(
                HOSTILE, HOSTILE, HOSTILE, HOSTILE, List.of(HOSTILE), List.of(List.of(1L))),
            new Evidence.Histogram(
                HOSTILE,
                HOSTILE,
                Unit.BYTES,
                List.of(new Evidence.Histogram.Bin(Double.NEGATIVE_INFINITY, 0, 1)),
                List.of(new Evidence.Histogram.Mark(HOSTILE, Double.NaN))),
            new Evidence.Bars(
                HOSTILE,
                HOSTILE,
                Unit.NUMBER,
                List.of(new Evidence.Bars.Bar(HOSTILE, Double.NaN, Double.POSITIVE_INFINITY))),
            new Evidence.Curve(HOSTILE, HOSTILE, HOSTILE, HOSTILE, false, List.of()),
            new Evidence.Strip(
                HOSTILE,
                HOSTILE,
                Unit.NATS,
                List.of(new Evidence.Strip.Cell(HOSTILE, Double.NaN, HOSTILE)),
                0));
    return new SuiteRecord(
        suiteId(HOSTILE),
        HOSTILE,
        HOSTILE,
        HOSTILE,
        Set.of(HOSTILE),
        new ModelRecord(HOSTILE, null, -1),
        new DeviceRecord("webgpu", 1, Map.of(), Map.of(HOSTILE, HOSTILE)),
        List.of(
            check(HOSTILE, verdict(failed), List.of(text), evidence),
            check(
                HOSTILE + "2",
                new Verdict(Status.ERROR, HOSTILE, List.of()),
                List.of(),
                List.of())));
  }

  private static List<Evidence> large() {
    List<String> labels = IntStream.range(0, 200).mapToObj(i -> "class " + i).toList();
    return List.of(
        new Evidence.Table(
            "Wrong rows",
            "5,000 rows are wrong",
            IntStream.range(0, 30).mapToObj(i -> "column " + i).toList(),
            IntStream.range(0, 5000)
                .mapToObj(row -> IntStream.range(0, 30).mapToObj(i -> row + " × " + i).toList())
                .toList()),
        new Evidence.Matrix(
            "Confusion",
            "class 7 is taken for class 9 most often",
            "true",
            "predicted",
            labels,
            labels.stream()
                .map(row -> IntStream.range(0, 200).mapToObj(i -> (long) (i % 7)).toList())
                .toList()));
  }
}
