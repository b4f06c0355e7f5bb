package org.modelvitals.record;

import java.util.List;
import java.util.Map;
import org.modelvitals.verdict.Outcome;
import tools.jackson.databind.json.JsonMapper;

/** A suite as one run saw it, and whether another run saw the same. */
record RunSuite(SuiteRecord suite, long seed) {
  private static final JsonMapper MAPPER = RecordMapper.create();

  /** What reruns of one suite have in common, whatever became of its checks. */
  record Key(
      String id,
      String source,
      String directory,
      ModelRecord model,
      String device,
      int deviceIndex,
      Map<String, String> session,
      long seed) {}

  Key key() {
    return new Key(
        suite.id(),
        suite.source(),
        suite.directory(),
        suite.model(),
        suite.device().asked(),
        suite.device().index(),
        suite.device().session(),
        seed);
  }

  /** Whether no check that both have is declared in two ways. */
  boolean agrees(RunSuite other) {
    return suite.checks().stream()
        .allMatch(
            check ->
                other.suite.checks().stream()
                    .filter(same -> same.id().equals(check.id()))
                    .allMatch(same -> agree(check, same)));
  }

  private static boolean agree(CheckRecord one, CheckRecord other) {
    return one.probe().equals(other.probe())
        && parameters(one).equals(parameters(other))
        && agree(expectations(one), expectations(other));
  }

  /**
   * As text: a number that was read from a file may be of another class than the same in memory.
   */
  private static String parameters(CheckRecord check) {
    return MAPPER.writeValueAsString(check.parameters());
  }

  private record Expectation(String measurement, String condition) {}

  private static List<Expectation> expectations(CheckRecord check) {
    return check.verdict().outcomes().stream().map(RunSuite::expectation).toList();
  }

  private static Expectation expectation(Outcome outcome) {
    return new Expectation(outcome.measurement(), outcome.condition());
  }

  /** A check that did not come to its expectations has no outcomes; that contradicts nothing. */
  private static boolean agree(List<Expectation> one, List<Expectation> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }
}
