package org.modelvitals.checks.generation;

import java.util.Optional;
import java.util.function.Consumer;
import org.modelvitals.data.DataException;
import org.modelvitals.language.Generated;
import org.modelvitals.language.Generator;
import org.modelvitals.language.Sampling;
import org.modelvitals.probe.ProbeContext;

/** Puts every prompt of a declaration to the model. */
final class PromptRun {
  private PromptRun() {}

  /**
   * Hands over each answer as it comes.
   *
   * @throws DataException naming the row, if no prompt can be made of it
   */
  static void run(Prompts prompts, ProbeContext context, Consumer<Answer> visitor) {
    PromptSource source = prompts.source();
    try (PromptedModel model = PromptedModel.open(source, context);
        Generator generator = model.generator();
        PromptRows rows = PromptRows.open(source, context::resolve)) {
      for (Optional<PromptRows.Prompt> next = rows.next(); next.isPresent(); next = rows.next()) {
        PromptRows.Prompt prompt = next.get();
        long[] ids = model.encode(prompt);
        long index = prompt.row().index();
        Generated generated =
            generator.generate(ids, sampling(prompts, index), prompts.stoppingOrUsual());
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
