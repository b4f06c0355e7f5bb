package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.modelvitals.checks.generation.FiniteLogits;
import org.modelvitals.checks.generation.PromptRows;
import org.modelvitals.checks.generation.PromptedModel;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.Logits;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/**
 * Times answers token by token. Inside the timed region there is what any generation does: the
 * model's call, and the choice of the most probable token. Tokens are made texts nowhere.
 */
public final class GenerationSpeedProbe implements ProbeType<GenerationSpeed> {

  @Override
  public String keyword() {
    return "generation-speed";
  }

  @Override
  public Class<GenerationSpeed> specification() {
    return GenerationSpeed.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.ofParts(
            "time to first token",
            "p50, p90, p95, p99, mean or max",
            Unit.SECONDS,
            "From the prompt's tokens to the first token of the answer. Intervals from order"
                + " statistics."),
        MeasurementInfo.ofParts(
            "time per output token",
            "p50, p90, p95, p99, mean or max",
            Unit.SECONDS,
            "From one token of the answer to the next. Intervals from order statistics."),
        MeasurementInfo.number(
            "tokens per second",
            Unit.PER_SECOND,
            "Tokens of answers in a second, the wait for the first included. Cluster-robust t"
                + " interval over answers."),
        MeasurementInfo.number(
            "prompt tokens per second",
            Unit.PER_SECOND,
            "Tokens of prompts in a second until the first token of the answer. Cluster-robust t"
                + " interval over answers."),
        MeasurementInfo.number(
            "cache per token",
            Unit.BYTES,
            "By how much each token makes the model's cache larger, from the size of its tensors."),
        MeasurementInfo.number(
            "largest cache", Unit.BYTES, "The largest cache at the end of an answer."),
        MeasurementInfo.number(
            "prompt tokens", Unit.NUMBER, "The mean number of tokens in a prompt."),
        MeasurementInfo.number("answers", Unit.NUMBER, "How many answers were timed."),
        FiniteLogits.INFO);
  }

  /** A speed of a model that writes nothing but noise is none. */
  @Override
  public List<Expectation> implied(GenerationSpeed specification) {
    return List.of(FiniteLogits.expected());
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  /** A prompt's tokens, and how many the answer has. */
  @SuppressWarnings("ArrayRecordComponent") // made once, and never compared
  private record Asked(long[] ids, int answer, PromptRows.Prompt prompt) {
    String where() {
      return prompt.row().where();
    }
  }

  @Override
  public Reading probe(GenerationSpeed declared, ProbeContext context) {
    try (PromptedModel model = PromptedModel.open(declared.source(), context);
        Decoding decoding = model.decoding()) {
      List<Asked> prompts = prompts(declared, model, context);
      FiniteLogits finite = new FiniteLogits();
      GenerationSpeedTally tally = new GenerationSpeedTally(model.hasCache());
      for (int i = 0; i < declared.warmupAnswers(); i++) {
        Asked asked = prompts.get(i % prompts.size());
        answer(model, decoding, asked, new GenerationSpeedTally(false), new FiniteLogits());
        context.progress().at(i + 1, declared.warmupAnswers(), "warm-up answers");
      }
      long start = System.nanoTime();
      for (int i = 0; i < declared.answers(); i++) {
        answer(model, decoding, prompts.get(i % prompts.size()), tally, finite);
        context.progress().at(i + 1, declared.answers(), "answers");
        if (System.nanoTime() - start >= declared.seconds() * 1e9) {
          break;
        }
      }
      return finite.with(tally.reading());
    }
  }

  private static List<Asked> prompts(
      GenerationSpeed declared, PromptedModel model, ProbeContext context) {
    List<Asked> prompts = new ArrayList<>();
    int room = model.contextLength().orElse(Integer.MAX_VALUE);
    try (PromptRows rows = PromptRows.open(declared.source(), context::resolve, model)) {
      for (Optional<PromptRows.Prompt> next = rows.next();
          next.isPresent() && prompts.size() < declared.answers();
          next = rows.next()) {
        long[] ids = model.encode(next.get());
        String where = next.get().row().where();
        int answer = Math.min(declared.tokens(), room - ids.length);
        if (answer < 2) {
          throw new ProbeException(
              "%s: the prompt has %d tokens and the model's context %d, so there is no room to time"
                      .formatted(where, ids.length, room)
                  + " an answer");
        }
        prompts.add(new Asked(ids, answer, next.get()));
      }
    }
    if (prompts.isEmpty()) {
      throw new ProbeException("the data has no rows, so there is nothing to ask");
    }
    return prompts;
  }

  private static void answer(
      PromptedModel model,
      Decoding decoding,
      Asked asked,
      GenerationSpeedTally tally,
      FiniteLogits finite) {
    asked.prompt.named(
        () -> {
          time(model, decoding, asked, tally, finite);
          return asked;
        });
  }

  private static void time(
      PromptedModel model,
      Decoding decoding,
      Asked asked,
      GenerationSpeedTally tally,
      FiniteLogits finite) {
    tally.start(asked.ids.length, asked.where());
    long before = System.nanoTime();
    Logits logits = model.begin(asked.ids, decoding);
    long token = logits.argmax(0, logits.positions(0) - 1);
    long after = System.nanoTime();
    tally.first(after - before, decoding.cacheBytes());
    boolean counted = count(logits, 0, false, asked, finite);
    for (int i = 1; i < asked.answer; i++) {
      before = System.nanoTime();
      Logits next = decoding.step(token);
      token = next.argmax(0, 0);
      after = System.nanoTime();
      tally.next(after - before);
      counted = count(next, i, counted, asked, finite);
    }
    tally.end(decoding.cacheBytes());
  }

  /** Counts an answer whose logits are not finite, once. The time for it is not taken. */
  private static boolean count(
      Logits logits, int token, boolean counted, Asked asked, FiniteLogits finite) {
    int faults = counted ? 0 : logits.nonFinite(0, logits.positions(0) - 1);
    if (faults > 0) {
      finite.add(asked.where(), token, faults);
    }
    return counted || faults > 0;
  }
}
