package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.suite.Expectation;

/** The probe that {@link PositionLimits} declares. */
public final class PositionLimitsProbe implements ProbeType<PositionLimits> {
  private static final String WORKS = "works";
  private static final String ERROR = "error";
  private static final String DEGRADES = "degrades";
  private static final String NOT_FINITE = "not finite";

  @Override
  public String keyword() {
    return "position-limits";
  }

  @Override
  public Class<PositionLimits> specification() {
    return PositionLimits.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "context length", NUMBER, "How many tokens the model is made for, as declared."),
        MeasurementInfo.text(
            "at the limit",
            "What happens with as many tokens: works, error or not finite; expected to work."),
        MeasurementInfo.text(
            "past the limit",
            "What happens with more: error, works, degrades (answers are worse), clips (all"
                + " positions past the limit are one), wraps (they count from 0 again), changes"
                + " (distances mean something else), not finite; expected as declared."),
        MeasurementInfo.number(
            "degradation",
            NATS,
            "How much farther past the limit than before it what the model expects after all tokens"
                + " is from what it expects after the last of them alone (mean Kullback-Leibler"
                + " divergence). t interval over sequences."));
  }

  @Override
  public List<Expectation> implied(PositionLimits specification) {
    List<Expectation> implied = new ArrayList<>();
    implied.add(PositionLimits.atTheLimit().is(WORKS));
    PositionLimits.Behaviour past = specification.past();
    if (past == null) {
      implied.add(PositionLimits.pastTheLimit().isOneOf(ERROR, WORKS));
      return implied;
    }
    switch (past) {
      case ERROR -> implied.add(PositionLimits.pastTheLimit().is(ERROR));
      case WORKS -> implied.add(PositionLimits.pastTheLimit().is(WORKS));
      case DEGRADES -> {
        implied.add(PositionLimits.pastTheLimit().isOneOf(WORKS, DEGRADES));
        implied.add(PositionLimits.degradation().isAtMost(specification.tolerance()));
      }
    }
    return implied;
  }

  @Override
  public Reading probe(PositionLimits specification, ProbeContext context) {
    Integer declared = specification.limit();
    Sequences on = specification.on();
    try (Subject asked = Subject.open(on, null, context, new Prompts.Bound(1, false))) {
      OptionalInt known = asked.model().contextLength();
      if (declared == null && known.isEmpty()) {
        throw new NotApplicableException(
            "nothing beside the model declares a context length; give one with 'limit' if it has"
                + " one");
      }
      int limit = declared == null ? known.getAsInt() : declared;
      boolean run = limit <= specification.longest();
      int length =
          run
              ? Math.addExact(limit, specification.beyond())
              : asked.model().takesPositions() ? 2 : specification.longest();
      try (Subject subject =
          Subject.open(
              on.length(Math.max(2, length)), null, context, new Prompts.Bound(1, false))) {
        return new Run(specification, subject, limit, sequences(subject, length)).reading(run);
      }
    }
  }

  /** The sequences, joined one behind the other where they are too short. */
  private static List<Prompt> sequences(Subject subject, int length) {
    List<Prompt> all = subject.prompts().all();
    if (all.isEmpty()) {
      throw new ProbeException("there are no sequences");
    }
    List<Prompt> joined = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Prompt prompt = all.get(i);
      joined.add(
          prompt.length() >= length ? prompt.first(length) : joined(all, i, length, subject));
    }
    return joined;
  }

  private static Prompt joined(List<Prompt> all, int first, int length, Subject subject) {
    long[] ids = new long[length];
    int at = 0;
    for (int i = first; at < length; i++) {
      long[] next = all.get(i % all.size()).ids();
      int count = Math.min(next.length, length - at);
      System.arraycopy(next, 0, ids, at, count);
      at += count;
    }
    return new Prompt(all.get(first).name() + " and what follows", ids, subject.tokenizer());
  }

  /** One run of the probe. */
  private static final class Run {
    private final PositionLimits specification;
    private final Subject subject;
    private final int limit;
    private final List<Prompt> prompts;
    private final Degradation degradation;
    private final List<Evidence> evidence = new ArrayList<>();
    private String why;

    Run(PositionLimits specification, Subject subject, int limit, List<Prompt> prompts) {
      this.specification = specification;
      this.subject = subject;
      this.limit = limit;
      this.prompts = prompts;
      this.degradation = new Degradation(subject, limit, specification.beyond());
      this.why =
          ("it works with %d tokens, the most that are run (see 'longest'); the context of %d is"
                  + " longer, and the model is not told positions")
              .formatted(specification.longest(), limit);
    }

    Reading reading(boolean run) {
      Reading.Builder reading = Reading.builder();
      reading.add(Measurement.exact("context length", limit, NUMBER));
      reading.add(text("at the limit", run ? fed(limit, "at") : unfed()));
      reading.add(text("past the limit", past(run)));
      reading.add(measured());
      evidence.forEach(reading::add);
      return reading.build();
    }

    private Measurement text(String name, @Nullable String outcome) {
      return outcome != null
          ? Measurement.text(name, outcome)
          : Measurement.undefined(name, NUMBER, 0, why);
    }

    /** What happens at a limit that is too long to be run. */
    private @Nullable String unfed() {
      if (subject.model().takesPositions()) {
        return placed(limit - 1, "at");
      }
      String outcome = fed(specification.longest(), "before");
      if (outcome == null || outcome.equals(WORKS)) {
        return null;
      }
      why =
          "%d tokens, fewer than the context holds, do not work".formatted(specification.longest());
      return outcome;
    }

    private @Nullable String past(boolean run) {
      if (!run && !subject.model().takesPositions()) {
        return null;
      }
      String outcome = run ? fed(limit + specification.beyond(), "past") : placed(limit, "past");
      if (outcome == null || !outcome.equals(WORKS)) {
        return outcome;
      }
      Optional<PositionSignature.Fault> fault = fault();
      if (fault.isPresent()) {
        evidence.add(new Evidence.Note("Past the limit", fault.get().sentence()));
        return fault.get().outcome();
      }
      return run ? worse() : WORKS;
    }

    private Optional<PositionSignature.Fault> fault() {
      return subject.model().takesPositions()
          ? new PositionSignature(subject, prompts.get(0)).fault(limit)
          : Optional.empty();
    }

    /** What happens with so many tokens; null if a part of them is not finite alone either. */
    private @Nullable String fed(int tokens, String where) {
      Prompt prompt = prompts.get(0);
      String outcome = WORKS;
      for (int i = 0; i < prompts.size() && outcome.equals(WORKS); i++) {
        Prompt fed = prompts.get(i).first(tokens);
        outcome =
            attempt(where, "with %d tokens".formatted(tokens), () -> subject.expected(fed), fed);
        prompt = fed;
      }
      if (outcome.equals(NOT_FINITE)
          && (isPoisoned(prompt.part(0, tokens / 2))
              || isPoisoned(prompt.part(tokens / 2, tokens)))) {
        evidence.clear();
        why = "some tokens have logits that are NaN or infinite at any position";
        return null;
      }
      return outcome;
    }

    private boolean isPoisoned(Prompt part) {
      Logits logits = subject.actual().prefill(TokenRows.of(part.ids()));
      return broken(logits, part).isPresent();
    }

    /** The first position whose logits are NaN or infinity; minus infinity is a masked token. */
    private static OptionalInt broken(Logits logits, Prompt prompt) {
      double[] read = new double[logits.vocabulary()];
      for (int at = logits.firstPosition(0); at < prompt.length(); at++) {
        logits.read(0, at, read);
        if (!Arrays.stream(read).allMatch(logit -> logit < Double.POSITIVE_INFINITY)) {
          return OptionalInt.of(at);
        }
      }
      return OptionalInt.empty();
    }

    /** What happens with one token at a position, if the model can be told it. */
    private @Nullable String placed(int position, String where) {
      return subject.model().takesPositions()
          ? attempt(
              where,
              "with a token at position %d".formatted(position),
              () -> subject.actual().prefill(TokenRows.of(prompts.get(0).first(1).ids()), position),
              prompts.get(0).first(1))
          : null;
    }

    private interface Call {
      Logits run();
    }

    private String attempt(String where, String how, Call call, Prompt prompt) {
      try {
        OptionalInt broken = broken(call.run(), prompt);
        if (broken.isPresent()) {
          evidence.add(
              new Evidence.Note(
                  "Not finite " + where + " the limit",
                  "%s there are logits that are NaN or infinite, first after %s"
                      .formatted(how, prompt.at(broken.getAsInt()))));
          return NOT_FINITE;
        }
        return WORKS;
      } catch (ModelException e) {
        if (e.reason() != ModelException.Reason.RUN_FAILED
            && e.reason() != ModelException.Reason.BAD_INPUT) {
          throw e;
        }
        evidence.add(
            new Evidence.Note(
                "Error " + where + " the limit",
                "%s the call fails: %s".formatted(how, e.getMessage())));
        return ERROR;
      }
    }

    /** Whether answers are worse; null if the sequences do not tell. */
    private @Nullable String worse() {
      if (degradation.isPossible()) {
        for (Prompt prompt : prompts) {
          degradation.add(prompt, subject.expected(prompt));
        }
      }
      Moments excess = degradation.excess();
      if (degradation.ruledOut() > 0) {
        evidence.add(
            new Evidence.Note(
                "Past the limit",
                ("past %d tokens, in %d of %d sequences, the logit of a token is minus infinity that"
                        + " may come after the last tokens alone")
                    .formatted(limit, degradation.ruledOut(), prompts.size())));
        return DEGRADES;
      }
      if (excess.count() == 0 && subject.model().takesPositions() && degradation.isPossible()) {
        return WORKS;
      }
      if (excess.count() == 0) {
        why =
            degradation.isPossible()
                ? "the call does not fail, but no answers past the limit can be compared with those"
                    + " before it: the model gives logits after the last token only"
                : "the call does not fail, but a context of %d tokens is too short to compare answers"
                        .formatted(limit)
                    + " before and past it";
        return null;
      }
      Interval interval = Intervals.mean(excess);
      double bound = specification.tolerance().in(NATS);
      if (interval.high() <= bound) {
        return WORKS;
      }
      boolean surely = interval.low() > bound;
      String found =
          ("past %d tokens, what the model expects after all of them is %s nats (%s to %s) farther"
                  + " from what it expects after the last ones alone than it is before")
              .formatted(
                  limit,
                  Findings.number(excess.mean()),
                  Findings.number(interval.low()),
                  Findings.number(interval.high()));
      if (surely || specification.past() == PositionLimits.Behaviour.DEGRADES) {
        evidence.add(new Evidence.Note("Past the limit", found));
        return DEGRADES;
      }
      why = found + ", which may be chance; a larger 'count' would tell";
      return null;
    }

    private Measurement measured() {
      Moments excess = degradation.excess();
      return excess.count() == 0
          ? Measurement.undefined(
              "degradation", NATS, 0, "no answers past the limit could be compared")
          : Measurement.sampled(
              "degradation", excess.mean(), NATS, excess.count(), Intervals.mean(excess));
    }
  }
}
