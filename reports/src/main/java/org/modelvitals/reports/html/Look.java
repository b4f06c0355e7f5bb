package org.modelvitals.reports.html;

import java.util.List;
import java.util.Locale;
import org.modelvitals.verdict.Status;

/** How verdicts are named and ordered on the page. */
final class Look {
  /** From what a person should see first to what can wait. */
  static final List<Status> ORDER =
      List.of(Status.FAILED, Status.ERROR, Status.INCONCLUSIVE, Status.SKIPPED, Status.PASSED);

  private Look() {}

  /** The word for people, which is the CSS class and the name of the sign as well. */
  static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  static String title(Status status) {
    String word = word(status);
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  static boolean isRed(Status status) {
    return status == Status.FAILED || status == Status.ERROR || status == Status.INCONCLUSIVE;
  }
}
