package org.modelvitals.reports.html;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;

/** How many checks got which verdict. */
record Counts(Map<Status, Long> byStatus, long all) {

  static Counts of(Collection<CheckRecord> checks) {
    return new Counts(
        checks.stream()
            .collect(
                Collectors.groupingBy(
                    check -> check.verdict().status(),
                    () -> new EnumMap<>(Status.class),
                    Collectors.counting())),
        checks.size());
  }

  long of(Status status) {
    return byStatus.getOrDefault(status, 0L);
  }

  /** The verdicts that occur, worst first. */
  List<Status> present() {
    return Look.ORDER.stream().filter(status -> of(status) > 0).toList();
  }

  /**
   * The verdict on all of them together: failed if one failed, otherwise error or inconclusive if
   * one is, and passed if at least one passed and the rest was skipped.
   */
  Status overall() {
    return Look.ORDER.stream()
        .filter(status -> status != Status.SKIPPED && of(status) > 0)
        .findFirst()
        .orElse(Status.SKIPPED);
  }

  long red() {
    return Look.ORDER.stream().filter(Look::isRed).mapToLong(this::of).sum();
  }

  /** What that many checks with a verdict are called. */
  String noun(Status status) {
    return status == Status.ERROR && of(status) != 1 ? "errors" : Look.word(status);
  }
}
