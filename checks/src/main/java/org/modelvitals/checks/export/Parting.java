package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.modelvitals.reading.Evidence;

/** A position after which two models part, as people should see it. */
final class Parting {
  private static final int MOST = 400;

  private final Prompt prompt;
  private final int position;
  private final String says;
  private final List<Evidence.Bars.Bar> tokens;
  private final double[] divergences;

  private Parting(
      Prompt prompt,
      int position,
      String says,
      List<Evidence.Bars.Bar> tokens,
      double[] divergences) {
    this.prompt = prompt;
    this.position = position;
    this.says = says;
    this.tokens = tokens;
    this.divergences = divergences;
  }

  /**
   * @param model logits after the position
   * @param reference those that they are held against
   * @param top how many of the most probable tokens of each are kept
   * @param divergences after all positions of the sequence, NaN where there is none; may be filled
   *     further until {@link #strip}
   */
  static Parting at(
      Prompt prompt,
      int position,
      double[] model,
      double[] reference,
      int top,
      double[] divergences) {
    double sumModel = Divergence.normalizer(model);
    double sumReference = Divergence.normalizer(reference);
    int ours = Divergence.top(model);
    int theirs = Divergence.top(reference);
    double ofOurs = Math.exp(model[ours] - sumModel);
    double ofTheirs = Math.exp(reference[theirs] - sumReference);
    String says =
        ours == theirs
            ? String.format(
                Locale.ROOT,
                "both would go on with %s, the model with probability %.4f, the reference with"
                    + " %.4f",
                prompt.token(ours),
                ofOurs,
                ofTheirs)
            : String.format(
                Locale.ROOT,
                "the model would go on with %s (%.4f), the reference with %s (%.4f)",
                prompt.token(ours),
                ofOurs,
                prompt.token(theirs),
                ofTheirs);
    Set<Integer> tokens = new LinkedHashSet<>(most(reference, top));
    tokens.addAll(most(model, top));
    return new Parting(
        prompt,
        position,
        says,
        tokens.stream()
            .sorted(Comparator.comparingDouble(token -> -reference[token]))
            .map(
                token ->
                    new Evidence.Bars.Bar(
                        name(prompt, token),
                        Math.exp(model[token] - sumModel),
                        Math.exp(reference[token] - sumReference)))
            .toList(),
        divergences);
  }

  private static String name(Prompt prompt, int token) {
    String quoted = prompt.token(token);
    return quoted.startsWith("'") ? quoted.substring(1, quoted.length() - 1) : quoted;
  }

  private static List<Integer> most(double[] logits, int count) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble(token -> -logits[token]))
        .limit(count)
        .toList();
  }

  String where() {
    return prompt.at(position);
  }

  /** The sequence, each token with the divergence of what both expect after it. */
  Evidence strip(String sentence) {
    int begin = Math.max(0, Math.min(position - MOST / 2, prompt.length() - MOST));
    int end = Math.min(prompt.length(), begin + MOST);
    List<Evidence.Strip.Cell> cells = new ArrayList<>();
    for (int i = begin; i < end; i++) {
      Double value = !Double.isFinite(divergences[i]) ? null : (Double) divergences[i];
      cells.add(new Evidence.Strip.Cell(prompt.text(i), value, i == position ? says : null));
    }
    return new Evidence.Strip(
        "Divergence after each token of " + prompt.name(), sentence, NATS, cells, position - begin);
  }

  /** What both expect after the position. */
  Evidence bars() {
    return new Evidence.Bars("Next token after " + where(), "", NUMBER, tokens);
  }

  @Override
  public String toString() {
    return "after " + where() + " " + says;
  }
}
