package org.modelvitals.checks.export;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Causality} declares. */
public final class CausalityProbe implements ProbeType<Causality> {
  static final String CHANGED = "changed";
  static final String CUT = "cut off";

  private static final Evidence ONE_TOKEN =
      new Evidence.Note(
          "One token a call",
          "the model takes one token a call and has not been given the later ones when it gives the"
              + " earlier logits: that they change none of them says nothing, only that the dependent"
              + " positions do");

  @Override
  public String keyword() {
    return "causality";
  }

  @Override
  public Class<Causality> specification() {
    return Causality.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return Stream.concat(
            Findings.measurements("changed or cut off").stream(), Stream.of(Dependence.info()))
        .toList();
  }

  @Override
  public List<Expectation> implied(Causality specification) {
    return List.of(
        Causality.mismatches().isEqualTo(0), Causality.dependentPositions().isAtLeast(1));
  }

  @Override
  public Reading probe(Causality specification, ProbeContext context) {
    try (Subject subject = Subject.open(specification.on(), specification.tolerance(), context)) {
      Findings findings = new Findings(subject.allowance(), List.of(CHANGED, CUT));
      SplittableRandom random = new SplittableRandom(context.seed());
      long[] tokens = subject.ordinary();
      Dependence dependence = new Dependence(tokens, context.seed());
      long done = 0;
      for (Optional<Prompt> next = subject.prompts().next();
          next.isPresent();
          next = subject.prompts().next()) {
        Prompt prompt = next.get();
        if (done == 0) {
          subject
              .noise(prompt)
              .ifPresent(
                  why -> {
                    findings.unjudged(why);
                    dependence.unjudged(why);
                  });
        }
        Logits expected = subject.expected(prompt);
        if (expected.firstPosition(0) > 0) {
          findings.unjudged(
              "the model gives logits after the last token only, so that none are earlier");
        }
        for (int cut : cuts(specification, prompt)) {
          changed(findings, subject, prompt, cut, expected, random, specification, tokens);
          cutOff(findings, subject, prompt, cut, expected);
        }
        dependence.ask(findings, subject, prompt, expected);
        subject.progress(++done, "sequences");
      }
      Reading found = findings.reading(subject::suspicion);
      Reading.Builder reading = Reading.builder();
      found.measurements().forEach(reading::add);
      reading.add(dependence.measurement());
      found.evidence().forEach(reading::add);
      dependence.deafness().ifPresent(reading::add);
      if (subject.model().takesOneToken()) {
        reading.add(ONE_TOKEN);
      }
      return reading.build();
    }
  }

  private static List<Integer> cuts(Causality specification, Prompt prompt) {
    int length = prompt.length();
    return specification.cuts().isEmpty()
        ? IntStream.of(1, length / 2, length - 1)
            .filter(cut -> cut > 0 && cut < length)
            .distinct()
            .boxed()
            .toList()
        : specification.cuts().stream().filter(cut -> cut < length).toList();
  }

  private static void changed(
      Findings findings,
      Subject subject,
      Prompt prompt,
      int cut,
      Logits expected,
      SplittableRandom random,
      Causality specification,
      long[] tokens) {
    for (int i = 0; i < specification.replacements(); i++) {
      long before = prompt.ids()[cut];
      long after = other(before, tokens, random);
      String situation =
          "with token %d changed from %s to %s"
              .formatted(cut, prompt.token(before), prompt.token(after));
      Subject.attempt(
          findings,
          CHANGED,
          new Place(prompt, 0, situation),
          () -> {
            Logits actual = subject.actual().prefill(TokenRows.of(prompt.with(cut, after).ids()));
            subject.compare(
                findings.part(CHANGED), prompt, situation, actual, 0, 0, expected, 0, cut);
          });
    }
  }

  /** Another token than this, by chance. */
  static long other(long token, long[] tokens, SplittableRandom random) {
    long other = tokens[random.nextInt(tokens.length)];
    while (other == token) {
      other = tokens[random.nextInt(tokens.length)];
    }
    return other;
  }

  private static void cutOff(
      Findings findings, Subject subject, Prompt prompt, int cut, Logits expected) {
    String situation = "with token %d and all after it cut off".formatted(cut);
    Subject.attempt(
        findings,
        CUT,
        new Place(prompt, 0, situation),
        () -> {
          Logits actual = subject.actual().prefill(TokenRows.of(prompt.first(cut).ids()));
          subject.compare(findings.part(CUT), prompt, situation, actual, 0, 0, expected, 0, cut);
        });
  }
}
