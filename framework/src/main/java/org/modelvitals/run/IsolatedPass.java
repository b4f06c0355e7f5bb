package org.modelvitals.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.isolation.ChildFailure;
import org.modelvitals.model.Placement;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Containment;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.verdict.Status;
import org.modelvitals.yaml.SuiteYaml;

/**
 * What the two processes of an isolated pass tell each other: a suite in YAML one way, how the
 * probe ended the other.
 */
final class IsolatedPass {
  private IsolatedPass() {}

  /**
   * The pass that is asked for.
   *
   * @param suite in YAML, with those checks only that hang on the pass
   * @param folder what its paths are relative to
   * @param resource the suite's name on the class path; null if it lies in {@code folder}
   */
  record Request(String suite, String folder, @Nullable String resource, long seed) {

    /**
     * The request for a probe of a suite.
     *
     * @throws ProbeException if Java says something that YAML cannot
     */
    static Request of(RunnableSuite suite, ProbeSpec probe, ProbeRegistry registry, long seed) {
      SuiteSpec spec = suite.spec();
      List<CheckSpec> hanging =
          spec.checks().stream().filter(check -> check.check().probe().equals(probe)).toList();
      SuiteSpec part =
          new SuiteSpec(
              spec.name(),
              spec.model(),
              spec.device(),
              spec.session(),
              spec.tags(),
              Containment.NONE,
              List.of(),
              hanging.isEmpty() ? List.of(new CheckSpec("the check", probe.check())) : hanging,
              spec.baseline());
      try {
        return new Request(
            SuiteYaml.write(part, registry),
            suite.base().folder().toString(),
            suite.base().resource(),
            seed);
      } catch (IllegalArgumentException e) {
        throw new ProbeException("the check cannot run isolated: " + e.getMessage(), e);
      }
    }

    /** The suite as the other process understands it. */
    RunnableSuite read(ProbeRegistry registry) {
      SuiteYaml.Result result =
          SuiteYaml.read(Path.of(folder, "isolated.vitals.yaml"), suite, registry);
      if (result.suite().isEmpty() || !result.problems().isEmpty()) {
        throw new ProbeException("the check cannot run isolated: " + result.problems());
      }
      return new RunnableSuite(
          "isolated", result.suite().get(), new Base(Path.of(folder), resource), "isolated");
    }
  }

  /**
   * How far the probe is.
   *
   * @param total negative if it is not known
   */
  record Step(long done, long total, String unit) {
    @Override
    public String toString() {
      return total < 0
          ? "%,d %s".formatted(done, unit)
          : "%,d of %,d %s".formatted(done, total, unit);
    }
  }

  /**
   * How the probe ended.
   *
   * @param reading null if it did not come to one
   * @param rows what became of each row, where that is wanted
   * @param trace of what was thrown, if something was
   * @param nodes where the nodes of the model ran, if it ran
   */
  record Result(
      Status status,
      String sentence,
      @Nullable Reading reading,
      @Nullable CarriedRows rows,
      @Nullable String trace,
      @Nullable Map<String, Integer> nodes) {

    static Result of(Probed probed) {
      Reading reading = probed.reading();
      return new Result(
          probed.status(),
          probed.sentence(),
          reading == null ? null : new Reading(reading.measurements(), reading.evidence()),
          reading == null ? null : CarriedRows.of(reading.rows()),
          Optional.ofNullable(probed.cause()).map(Result::trace).orElse(null),
          probed.placement().map(Placement::nodes).orElse(null));
    }

    private static String trace(Throwable e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      return text.toString();
    }

    Probed probed() {
      return new Probed(
          reading == null
              ? null
              : new Reading(
                  reading.measurements(),
                  reading.evidence(),
                  rows == null ? null : rows.outcomes()),
          status,
          sentence,
          trace == null ? null : new ChildFailure(trace),
          Optional.ofNullable(nodes).map(Placement::new));
    }
  }

  /** A message of either kind. */
  record Said(@Nullable Step step, @Nullable Result result) {}
}
