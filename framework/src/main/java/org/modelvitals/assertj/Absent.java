package org.modelvitals.assertj;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.DeviceRecord;
import org.modelvitals.record.ModelRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.text.Nearest;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/**
 * Stands for what is not there, and fails every assertion with the reason. Nothing is thrown on the
 * way there, because soft assertions go on.
 */
final class Absent {
  static final String NOTE = "absent";

  private Absent() {}

  static Reading reading(String why) {
    return new Reading(List.of(), List.of(new Evidence.Note(NOTE, why)));
  }

  static CheckRecord check(String name, String why) {
    return new CheckRecord(
        name,
        name,
        "",
        Map.of(),
        Set.of(),
        Instant.EPOCH,
        0,
        "",
        new Verdict(Status.ERROR, why, List.of()),
        List.of(),
        List.of(),
        List.of());
  }

  static SuiteRecord suite(String name, String why) {
    return new SuiteRecord(
        name,
        name,
        "",
        "",
        Set.of(),
        new ModelRecord("", null, -1),
        new DeviceRecord("cpu", 0, Map.of(), Map.of()),
        List.of(check(name, why)));
  }

  /** A sentence with the nearest name, or with those that there are. */
  static String sentence(String what, String name, Collection<String> names) {
    return "there is no %s '%s'%s"
        .formatted(
            what,
            name,
            Nearest.to(name, names)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> "; there are " + String.join(", ", names)));
  }
}
