package org.modelvitals.checks.generation;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.modelvitals.data.DataException;
import org.modelvitals.language.Generated;
import org.modelvitals.language.Generated.End;
import org.modelvitals.language.Generator;
import org.modelvitals.language.Sampling;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.reading.Reading;

/** Puts every prompt of a declaration to the model. */
final class PromptRun {
  private PromptRun() {}

  /**
   * Hands over each answer as it comes, and adds to the reading at the end whether the logits were
   * finite.
   *
   * @throws DataException naming the row, if no prompt can be made of it
   * @throws ModelException naming the row, if the model cannot be fed it
   */
  static Reading run(
      Prompts prompts, ProbeContext context, Consumer<Answer> visitor, Supplier<Reading> end) {
    FiniteLogits finite = new FiniteLogits();
    PromptSource source = prompts.source();
    try (PromptedModel model = PromptedModel.open(source, context);
        Generator generator = model.generator();
        PromptRows rows = PromptRows.open(source, context::resolve, model)) {
      for (Optional<PromptRows.Prompt> next = rows.next(); next.isPresent(); next = rows.next()) {
        PromptRows.Prompt prompt = next.get();
        long[] ids = model.encode(prompt);
        long index = prompt.row().index();
        Generated generated =
            prompt.named(
                () -> generator.generate(ids, sampling(prompts, index), prompts.stoppingOrUsual()));
        if (generated.end() == End.NOT_FINITE) {
          finite.add(prompt.row().where(), generated.tokens().size(), generated.nonFinite());
        }
        visitor.accept(
            new Answer(
                prompt.row(),
                prompt.text(),
                generated,
                String.valueOf(generated.text()),
                model::decode));
        context.progress().at(index + 1, rows.total(), "prompts");
      }
    }
    return finite.with(end.get());
  }

  /** Each prompt draws from its own stream, so that a row more changes no other answer. */
  private static Sampling sampling(Prompts prompts, long index) {
    Sampling sampling = prompts.samplingOrGreedy();
    return sampling.isGreedy()
        ? sampling
        : new Sampling(
            sampling.temperature(),
            sampling.topK(),
            sampling.topP(),
            sampling.repetitionPenalty(),
            sampling.seed() + index);
  }
}
