package org.modelvitals.verdict;

import java.util.List;

/**
 * The verdict on a check.
 *
 * @param reason one sentence for people; empty for a pass
 */
public record Verdict(Status status, String reason, List<Outcome> outcomes) {
  public Verdict {
    outcomes = List.copyOf(outcomes);
  }
}
