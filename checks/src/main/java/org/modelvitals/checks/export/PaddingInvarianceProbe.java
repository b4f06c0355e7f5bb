package org.modelvitals.checks.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link PaddingInvariance} declares. */
public final class PaddingInvarianceProbe implements ProbeType<PaddingInvariance> {
  static final String BATCH = "batch";
  static final String LEFT = "left";
  static final String RIGHT = "right";
  static final String DECODED = "decoded";

  /** Tokens that a padded batch is decoded by. */
  private static final int STEPS = 3;

  @Override
  public String keyword() {
    return "padding-invariance";
  }

  @Override
  public Class<PaddingInvariance> specification() {
    return PaddingInvariance.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return Findings.measurements("batch, left, right or decoded");
  }

  @Override
  public List<Expectation> implied(PaddingInvariance specification) {
    return List.of(PaddingInvariance.mismatches().isEqualTo(0));
  }

  @Override
  public Reading probe(PaddingInvariance specification, ProbeContext context) {
    Prompts.Bound bound = new Prompts.Bound(specification.batch(), true);
    try (Subject subject =
        Subject.open(specification.on(), specification.tolerance(), context, bound)) {
      OptionalInt fixed = subject.model().fixedRows();
      if (fixed.isPresent() && fixed.getAsInt() == 1) {
        throw new NotApplicableException(
            "the graph takes one sequence a call (the first dimension of its input is fixed at 1),"
                + " so that there are no batches and nothing to pad");
      }
      List<String> parts = parts(specification, subject);
      Findings findings = new Findings(subject.allowance(), parts);
      long done = 0;
      for (List<Prompt> group = group(subject.prompts(), specification.batch());
          group.size() > 1;
          group = group(subject.prompts(), specification.batch())) {
        if (done == 0) {
          subject.noise(group.get(0)).ifPresent(findings::unjudged);
        }
        together(findings, parts, subject, group);
        done += group.size();
        subject.progress(done, "sequences");
      }
      blame(findings, parts, subject);
      return findings.reading(subject::suspicion);
    }
  }

  private static List<String> parts(PaddingInvariance specification, Subject subject) {
    List<String> parts = new ArrayList<>(List.of(BATCH));
    if (specification.sides().contains(Padding.LEFT)) {
      parts.add(LEFT);
    }
    if (specification.sides().contains(Padding.RIGHT)) {
      parts.add(RIGHT);
    }
    if (specification.sides().contains(Padding.LEFT) && subject.model().hasCache()) {
      parts.add(DECODED);
    }
    return parts;
  }

  /** Leaves out what has another reason than padding, which another part or check tells. */
  private static void blame(Findings findings, List<String> parts, Subject subject) {
    if (findings.part(BATCH).moved() > 0) {
      parts.stream()
          .filter(part -> !part.equals(BATCH))
          .forEach(
              part ->
                  findings.unjudged(
                      part,
                      "rows of the same length change in a batch already, so that padding cannot"
                          + " be told to be the reason"));
    }
    if (parts.contains(RIGHT) && findings.part(RIGHT).moved() > 0) {
      Prompt prompt = findings.part(RIGHT).first().get(0).place().prompt();
      if (seesLater(prompt, subject)) {
        findings.unjudged(
            RIGHT,
            "tokens on the right change earlier logits even if they are no padding; see"
                + " causality");
      }
    }
  }

  /** Whether the same tokens as padding on the right, but attended, change a row too. */
  private static boolean seesLater(Prompt prompt, Subject subject) {
    long[] longer = Arrays.copyOf(prompt.ids(), prompt.length() + 1);
    longer[prompt.length()] = subject.paddingId();
    Comparison<Place> followed = new Comparison<>(subject.allowance());
    Logits actual = subject.actual().prefill(TokenRows.of(longer));
    subject.compare(
        followed, prompt, "", actual, 0, 0, subject.expected(prompt), 0, prompt.length());
    return followed.moved() > 0;
  }

  private static List<Prompt> group(Prompts prompts, int rows) {
    List<Prompt> group = new ArrayList<>();
    while (group.size() < rows) {
      Optional<Prompt> next = prompts.next();
      if (next.isEmpty()) {
        break;
      }
      group.add(next.get());
    }
    return group;
  }

  private static void together(
      Findings findings, List<String> parts, Subject subject, List<Prompt> group) {
    List<Prompt> ragged = ragged(group);
    int shortest = ragged.stream().mapToInt(Prompt::length).min().orElse(0);
    List<Prompt> even = group.stream().map(prompt -> prompt.first(shortest)).toList();
    batch(findings, BATCH, subject, even, Padding.RIGHT);
    if (parts.contains(LEFT)) {
      batch(findings, LEFT, subject, ragged, Padding.LEFT);
    }
    if (parts.contains(RIGHT)) {
      batch(findings, RIGHT, subject, ragged, Padding.RIGHT);
    }
    if (parts.contains(DECODED) && shortest > 1) {
      decoded(findings, subject, ragged, Math.min(STEPS, shortest - 1));
    }
  }

  /** The sequences, cut where they are all of one length so that there is something to pad. */
  static List<Prompt> ragged(List<Prompt> group) {
    int length = group.get(0).length();
    if (group.stream().anyMatch(prompt -> prompt.length() != length)) {
      return group;
    }
    List<Prompt> cut = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      int less = i * Math.max(1, length / 2 / group.size());
      cut.add(group.get(i).first(Math.max(1, length - less)));
    }
    return cut;
  }

  private static TokenRows rows(List<Prompt> prompts, Padding side, Subject subject) {
    return new TokenRows(prompts.stream().map(Prompt::ids).toList(), side, subject.paddingId());
  }

  private static String situation(List<Prompt> prompts, Prompt prompt, Padding side) {
    int widest = prompts.stream().mapToInt(Prompt::length).max().orElse(0);
    int padding = widest - prompt.length();
    return padding == 0
        ? "in a batch of %d rows, itself without padding".formatted(prompts.size())
        : "padded by %d on the %s in a batch of %d rows"
            .formatted(padding, side == Padding.LEFT ? "left" : "right", prompts.size());
  }

  private static void batch(
      Findings findings, String part, Subject subject, List<Prompt> prompts, Padding side) {
    Subject.attempt(
        findings,
        part,
        new Place(prompts.get(0), 0, "in a batch of %d rows".formatted(prompts.size())),
        () -> {
          Logits actual = subject.actual().prefill(rows(prompts, side, subject));
          for (int row = 0; row < prompts.size(); row++) {
            Prompt prompt = prompts.get(row);
            subject.compare(
                findings.part(part),
                prompt,
                situation(prompts, prompt, side),
                actual,
                row,
                0,
                subject.expected(prompt),
                0,
                prompt.length());
          }
        });
  }

  /** Padded on the left, the last tokens of each row from the cache. */
  private static void decoded(Findings findings, Subject subject, List<Prompt> prompts, int steps) {
    if (!remembersAlone(prompts.get(0), steps, subject)) {
      findings.unjudged(
          DECODED,
          "a row alone does not get the same logits from the cache either; see cache-equivalence");
      return;
    }
    List<Prompt> heads =
        prompts.stream().map(prompt -> prompt.first(prompt.length() - steps)).toList();
    Subject.attempt(
        findings,
        DECODED,
        new Place(prompts.get(0), 0, "decoded in a batch of %d rows".formatted(prompts.size())),
        () -> {
          subject.actual().prefill(rows(heads, Padding.LEFT, subject));
          for (int step = 0; step < steps; step++) {
            Logits actual = subject.actual().step(tokens(prompts, steps - step));
            for (int row = 0; row < prompts.size(); row++) {
              Prompt prompt = prompts.get(row);
              subject.compare(
                  findings.part(DECODED),
                  prompt,
                  situation(heads, heads.get(row), Padding.LEFT)
                      + ", with %d decoded from the cache".formatted(step + 1),
                  actual,
                  row,
                  0,
                  subject.expected(prompt),
                  prompt.length() - steps + step,
                  1);
            }
          }
        });
  }

  /** The token of each row that stands so many from its end. */
  private static long[] tokens(List<Prompt> prompts, int fromEnd) {
    return prompts.stream().mapToLong(prompt -> prompt.ids()[prompt.length() - fromEnd]).toArray();
  }

  private static boolean remembersAlone(Prompt prompt, int steps, Subject subject) {
    Comparison<Place> alone = new Comparison<>(subject.allowance());
    Logits expected = subject.expected(prompt);
    int head = prompt.length() - steps;
    subject.actual().prefill(TokenRows.of(prompt.first(head).ids()));
    for (int at = head; at < prompt.length(); at++) {
      Logits actual = subject.actual().step(prompt.ids()[at]);
      subject.compare(alone, prompt, "", actual, 0, 0, expected, at, 1);
    }
    return alone.moved() == 0;
  }
}
