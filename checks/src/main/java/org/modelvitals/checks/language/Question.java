package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Continuations.Likelihood;
import org.modelvitals.data.DataRow;

/** A question with its answers, and how likely each is as far as that is known. */
final class Question {
  private final DataRow row;
  private final List<String> choices;
  private final Set<Integer> right;
  private final Consumer<Question> done;
  private final double[] logLikelihoods;
  private final double[] unconditional;
  private final List<@Nullable Likelihood> likelihoods;
  private int missing;

  /**
   * @param right the numbers of the right answers
   * @param requests how many likelihoods will come
   * @param done takes the question when all have come
   */
  Question(
      DataRow row,
      List<String> choices,
      Set<Integer> right,
      int requests,
      Consumer<Question> done) {
    this.row = row;
    this.choices = choices;
    this.right = right;
    this.done = done;
    this.logLikelihoods = new double[choices.size()];
    this.unconditional = new double[choices.size()];
    this.likelihoods = new ArrayList<>(Collections.nCopies(choices.size(), null));
    this.missing = requests;
  }

  DataRow row() {
    return row;
  }

  List<String> choices() {
    return choices;
  }

  Set<Integer> right() {
    return right;
  }

  void set(int choice, Likelihood likelihood) {
    logLikelihoods[choice] = likelihood.logProbability();
    likelihoods.set(choice, likelihood);
    oneLess();
  }

  /** The likelihood of an answer without its question. */
  void setUnconditional(int choice, Likelihood likelihood) {
    unconditional[choice] = likelihood.logProbability();
    oneLess();
  }

  private void oneLess() {
    missing--;
    if (missing == 0) {
      done.accept(this);
    }
  }

  double logLikelihood(int choice) {
    return logLikelihoods[choice];
  }

  /**
   * Whether an answer can be chosen. One that cannot come, with log-likelihood minus infinity, is
   * not chosen; where all cannot, or one is no number, nothing is.
   */
  boolean isDecidable() {
    return Arrays.stream(logLikelihoods).noneMatch(Double::isNaN)
        && Arrays.stream(unconditional).noneMatch(Double::isNaN)
        && Double.isFinite(logLikelihoods[likeliest()]);
  }

  /** The likeliest answer; of equal ones the first, as numpy's argmax has it. */
  int likeliest() {
    return argmax(logLikelihoods);
  }

  /** The likeliest answer for its length in characters, as Python counts them. */
  int likeliestByCharacter() {
    return argmax(
        divided(
            choices.stream().mapToInt(text -> text.codePointCount(0, text.length())).toArray()));
  }

  /** The likeliest answer for its length in bytes of UTF-8. */
  int likeliestByByte() {
    return argmax(
        divided(
            choices.stream()
                .mapToInt(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .toArray()));
  }

  /** The answer that the question makes most likelier than it is by itself. */
  int likeliestByGain() {
    double[] gain = logLikelihoods.clone();
    for (int i = 0; i < gain.length; i++) {
      gain[i] -= gain[i] == Double.NEGATIVE_INFINITY ? 0 : unconditional[i];
    }
    return argmax(gain);
  }

  private double[] divided(int[] lengths) {
    double[] values = logLikelihoods.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] /= lengths[i];
    }
    return values;
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The other answers that are exactly as likely as the likeliest. */
  List<Integer> tied() {
    int first = likeliest();
    return IntStream.range(first + 1, logLikelihoods.length)
        .filter(choice -> logLikelihoods[choice] == logLikelihoods[first])
        .boxed()
        .toList();
  }

  /** Whether the likeliest answers are equally likely by more than the rounding of the logits. */
  boolean isTieUnexplained() {
    Likelihood first = Objects.requireNonNull(likelihoods.get(likeliest()));
    return tied().stream()
        .anyMatch(choice -> !first.mayTie(Objects.requireNonNull(likelihoods.get(choice))));
  }

  /** The answers' probabilities, one of them being given: softmax of the log-likelihoods. */
  double[] probabilities() {
    double best = logLikelihoods[likeliest()];
    double[] shares = Arrays.stream(logLikelihoods).map(value -> Math.exp(value - best)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  /** The likeliest of the right answers. */
  int bestRight() {
    return right.stream()
        .reduce((a, b) -> logLikelihoods[a] >= logLikelihoods[b] ? a : b)
        .orElseThrow();
  }

  /**
   * How far the likeliest right answer is before the likeliest wrong one, in nats; infinite where
   * all of one side cannot come.
   */
  double margin() {
    double wrong = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < choices.size(); i++) {
      if (!right.contains(i)) {
        wrong = Math.max(wrong, logLikelihoods[i]);
      }
    }
    return logLikelihoods[bestRight()] - wrong;
  }
}
