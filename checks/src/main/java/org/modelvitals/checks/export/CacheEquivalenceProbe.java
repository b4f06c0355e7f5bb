package org.modelvitals.checks.export;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link CacheEquivalence} declares. */
public final class CacheEquivalenceProbe implements ProbeType<CacheEquivalence> {
  static final String STEPS = "steps";
  static final String CHUNKS = "chunks";

  /** Tokens that are fed from the cache at most, so that long contexts do not take long. */
  private static final int FED = 256;

  /** How far before the end of a sequence the last prefill ends that has several to follow. */
  private static final int LATE = 8;

  @Override
  public String keyword() {
    return "cache-equivalence";
  }

  @Override
  public Class<CacheEquivalence> specification() {
    return CacheEquivalence.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return Findings.measurements("steps or chunks");
  }

  @Override
  public List<Expectation> implied(CacheEquivalence specification) {
    return List.of(CacheEquivalence.mismatches().isEqualTo(0));
  }

  @Override
  public Reading probe(CacheEquivalence specification, ProbeContext context) {
    try (Subject subject = Subject.open(specification.on(), specification.tolerance(), context)) {
      if (!subject.model().hasCache()) {
        throw new NotApplicableException(
            "the model has no cache: it takes " + subject.model().convention());
      }
      if (subject.model().takesOneToken()) {
        throw new NotApplicableException(
            "the model takes one token a call, so that whole texts go through its cache too and there"
                + " is nothing to compare with; language-parity against an export that takes whole"
                + " texts does");
      }
      boolean chunked = !specification.chunks().isEmpty();
      Findings findings =
          new Findings(subject.allowance(), chunked ? List.of(STEPS, CHUNKS) : List.of(STEPS));
      long done = 0;
      for (Optional<Prompt> next = subject.prompts().next();
          next.isPresent();
          next = subject.prompts().next()) {
        Prompt prompt = next.get();
        if (done == 0) {
          subject.noise(prompt).ifPresent(findings::unjudged);
        }
        Logits expected = subject.expected(prompt);
        for (int first : prefills(specification, prompt)) {
          continued(findings, STEPS, subject, prompt, first, 1, expected);
          for (int chunk : specification.chunks()) {
            if (first < prompt.length() - 1) {
              continued(findings, CHUNKS, subject, prompt, first, chunk, expected);
            }
          }
        }
        subject.progress(++done, "sequences");
      }
      return findings.reading(subject::suspicion);
    }
  }

  private static List<Integer> prefills(CacheEquivalence specification, Prompt prompt) {
    int length = prompt.length();
    return specification.prefill().isEmpty()
        ? IntStream.of(1, length / 2, length > 4 * LATE ? length - LATE : 1, length - 1)
            .filter(tokens -> tokens > 0 && tokens < length)
            .distinct()
            .boxed()
            .toList()
        : specification.prefill().stream().filter(tokens -> tokens < length).toList();
  }

  /** Feeds the first tokens in one pass, and those that follow so many at a time. */
  private static void continued(
      Findings findings,
      String part,
      Subject subject,
      Prompt prompt,
      int first,
      int chunk,
      Logits expected) {
    String situation =
        "fed as %d %s and then %s from the cache"
            .formatted(
                first,
                first == 1 ? "token" : "tokens",
                chunk == 1 ? "one at a time" : chunk + " at a time");
    Subject.attempt(
        findings,
        part,
        new Place(prompt, first, situation),
        () -> {
          subject.actual().prefill(TokenRows.of(prompt.first(first).ids()));
          int to = Math.min(prompt.length(), first + FED);
          for (int at = first; at < to; at += chunk) {
            int end = Math.min(at + chunk, to);
            Logits actual = subject.actual().append(TokenRows.of(prompt.part(at, end).ids()));
            subject.compare(
                findings.part(part), prompt, situation, actual, 0, 0, expected, at, end - at);
          }
        });
  }
}
