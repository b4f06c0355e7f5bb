package org.modelvitals.benchmarks;

/**
 * A line of the table.
 *
 * @param ours what ModelVitals took, in words
 * @param bare what the bare loop, or whatever else is compared, took, in words; empty where there
 *     is none
 * @param figure what the bar is about: a ratio, or a cost of our own
 * @param bar what the figure must not exceed, in words; empty where there is none
 * @param holds whether it does not
 */
record Result(String what, String ours, String bare, String figure, String bar, boolean holds) {

  static final String HEADER =
      """
      | what | ModelVitals | the other | figure | bar | |
      | --- | ---: | ---: | ---: | ---: | --- |
      """;

  String line() {
    String verdict = bar.isEmpty() ? "" : holds ? "holds" : "**missed**";
    return "| %s | %s | %s | %s | %s | %s |".formatted(what, ours, bare, figure, bar, verdict);
  }
}
