package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link LanguageDeterminism} declares. */
public final class LanguageDeterminismProbe implements ProbeType<LanguageDeterminism> {
  static final String DIFFERING = "differing logits";
  private static final String REPEATS = "repeats";
  private static final String CALLERS = "callers";
  private static final String SESSIONS = "sessions";
  private static final String THREADS = "threads";
  private static final String PARTS = "repeats, callers, sessions or threads";

  @Override
  public String keyword() {
    return "language-determinism";
  }

  @Override
  public Class<LanguageDeterminism> specification() {
    return LanguageDeterminism.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return Stream.concat(
            Stream.of(
                MeasurementInfo.withParts(
                    DIFFERING,
                    PARTS,
                    NUMBER,
                    "Logits that differ in any bit from the first run; expected to be none where no"
                        + " tolerance is declared.")),
            Findings.measurements(PARTS).stream())
        .toList();
  }

  @Override
  public List<Expectation> implied(LanguageDeterminism specification) {
    Expectation mismatches = LanguageDeterminism.mismatches().isEqualTo(0);
    return specification.tolerance() == null
        ? List.of(LanguageDeterminism.differingLogits().isEqualTo(0), mismatches)
        : List.of(mismatches);
  }

  @Override
  public Reading probe(LanguageDeterminism specification, ProbeContext context) {
    Double tolerance = specification.tolerance();
    Prompts.Bound bound = new Prompts.Bound(1 + specification.callers(), true);
    try (Subject subject =
        Subject.open(specification.on(), tolerance == null ? 0.0 : tolerance, context, bound)) {
      List<String> parts = parts(specification);
      Findings findings = new Findings(subject.allowance(), parts);
      List<Prompt> prompts = subject.prompts().all();
      long given = prompts.size();
      if (specification.on().areDrawn()) {
        subject.specialTokens(specification.on(), bound).ifPresent(prompts::add);
      }
      for (int i = 0; i < prompts.size(); i++) {
        repeats(findings, subject, prompts.get(i), specification.repeats());
        if (specification.callers() > 0) {
          callers(findings, subject, prompts.get(i), specification.callers());
        }
        subject.progress(Math.min(i + 1L, given), "sequences");
      }
      for (int i = 0; i < specification.sessions(); i++) {
        session(
            findings,
            SESSIONS,
            "in a fresh session",
            subject,
            prompts,
            context.session(),
            specification.on(),
            context);
      }
      for (int threads : specification.threads()) {
        session(
            findings,
            THREADS,
            "in a session with %d %s".formatted(threads, threads == 1 ? "thread" : "threads"),
            subject,
            prompts,
            context.session().threads(threads),
            specification.on(),
            context);
      }
      return reading(findings, parts, subject);
    }
  }

  private static List<String> parts(LanguageDeterminism specification) {
    List<String> parts = new ArrayList<>(List.of(REPEATS));
    if (specification.callers() > 0) {
      parts.add(CALLERS);
    }
    if (specification.sessions() > 0) {
      parts.add(SESSIONS);
    }
    if (!specification.threads().isEmpty()) {
      parts.add(THREADS);
    }
    return parts;
  }

  private static void repeats(Findings findings, Subject subject, Prompt prompt, int times) {
    Logits expected = subject.expected(prompt);
    for (int i = 0; i < times; i++) {
      Logits again = subject.actual().prefill(TokenRows.of(prompt.ids()));
      compare(
          findings,
          REPEATS,
          "run again for the %d. time".formatted(i + 1),
          subject,
          prompt,
          again,
          expected);
    }
  }

  /** Each caller has memory of its own, and all of them share the session. */
  private static void callers(Findings findings, Subject subject, Prompt prompt, int count) {
    Logits expected = subject.expected(prompt);
    List<Decoding> decodings =
        Stream.generate(() -> subject.model().decoding()).limit(count).toList();
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Logits>> runs =
          threads.invokeAll(
              decodings.stream()
                  .<java.util.concurrent.Callable<Logits>>map(
                      decoding -> () -> decoding.prefill(TokenRows.of(prompt.ids())))
                  .toList());
      for (Future<Logits> run : runs) {
        compare(
            findings,
            CALLERS,
            "run by %d threads at once".formatted(count),
            subject,
            prompt,
            run.get(),
            expected);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
      decodings.forEach(Decoding::close);
    }
  }

  private static void session(
      Findings findings,
      String part,
      String situation,
      Subject subject,
      List<Prompt> prompts,
      SessionSpec session,
      Sequences on,
      ProbeContext context) {
    LanguageInputs inputs = on.inputs();
    try (Model fresh = context.ownModel(context.modelFile().path(), context.device(), session);
        Decoding decoding =
            LanguageModel.of(fresh, inputs == null ? LanguageInputs.CONVENTION : inputs)
                .decoding()) {
      for (Prompt prompt : prompts) {
        Logits again = decoding.prefill(TokenRows.of(prompt.ids()));
        compare(findings, part, situation, subject, prompt, again, subject.expected(prompt));
      }
    }
  }

  private static void compare(
      Findings findings,
      String part,
      String situation,
      Subject subject,
      Prompt prompt,
      Logits again,
      Logits expected) {
    subject.compare(
        findings.part(part), prompt, situation, again, 0, 0, expected, 0, prompt.length());
  }

  private static Reading reading(Findings findings, List<String> parts, Subject subject) {
    Reading.Builder reading = Reading.builder();
    long all = parts.stream().mapToLong(part -> findings.part(part).differing()).sum();
    long numbers = parts.stream().mapToLong(part -> findings.part(part).numbers()).sum();
    reading.add(differing("", all, numbers));
    for (String part : parts) {
      Comparison<Place> found = findings.part(part);
      reading.add(differing("[" + part + "]", found.differing(), found.numbers()));
    }
    Reading compared = findings.reading(subject::suspicion);
    compared.measurements().forEach(reading::add);
    compared.evidence().forEach(reading::add);
    return reading.build();
  }

  private static Measurement differing(String part, long differing, long numbers) {
    return numbers == 0
        ? Measurement.undefined(DIFFERING + part, NUMBER, 0, "there are no sequences")
        : Measurement.exact(DIFFERING + part, (double) differing, NUMBER)
            .note(String.format(java.util.Locale.ROOT, "of %,d logits", numbers));
  }
}
