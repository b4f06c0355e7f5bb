package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.modelvitals.text.Bounds;

/**
 * BLEU (Papineni et al. 2002) exactly as sacreBLEU 2.6 computes it (Post 2018, A call for clarity
 * in reporting BLEU scores).
 *
 * @param lowercase whether case is ignored
 * @param order the longest n-grams that count
 * @param effectiveOrder whether orders longer than the candidate are left out; for single sentences
 */
public record Bleu(
    BleuTokenizer tokenizer,
    boolean lowercase,
    Smoothing smoothing,
    int order,
    boolean effectiveOrder)
    implements CorpusMetric {

  /** sacreBLEU's defaults: 13a, cased, exponential smoothing, up to 4-grams. */
  public static final Bleu DEFAULT = new Bleu(BleuTokenizer.V13A, false, Smoothing.EXP, 4, false);

  /** What my_log of sacreBLEU says of 0, so that a precision of 0 makes the score 0. */
  private static final double LOG_ZERO = -9999999999.0;

  public Bleu {
    Bounds.atLeast(1, "order", order);
  }

  /** The corpus' BLEU with sacreBLEU's defaults, one reference a segment. */
  public static double bleu(List<String> candidates, List<String> references) {
    return DEFAULT.score(candidates, references);
  }

  public Bleu tokenizer(BleuTokenizer other) {
    return new Bleu(other, lowercase, smoothing, order, effectiveOrder);
  }

  public Bleu ignoringCase() {
    return new Bleu(tokenizer, true, smoothing, order, effectiveOrder);
  }

  public Bleu smoothing(Smoothing other) {
    return new Bleu(tokenizer, lowercase, other, order, effectiveOrder);
  }

  public Bleu order(int longest) {
    return new Bleu(tokenizer, lowercase, smoothing, longest, effectiveOrder);
  }

  public Bleu withEffectiveOrder() {
    return new Bleu(tokenizer, lowercase, smoothing, order, true);
  }

  @Override
  public String name() {
    return "BLEU";
  }

  @Override
  public String options() {
    return "case:%s|eff:%s|tok:%s|smooth:%s"
        .formatted(
            lowercase ? "lc" : "mixed",
            effectiveOrder ? "yes" : "no",
            tokenizer.signature(),
            smoothing.signature());
  }

  /** Candidate's length, reference's length, then matches and n-grams of each order. */
  @Override
  public double[] counts(String candidate, List<String> references) {
    List<String> tokens = tokens(candidate);
    double[] counts = new double[2 + 2 * order];
    counts[0] = tokens.size();
    List<Grams<String>> known = new ArrayList<>();
    int closest = -1;
    for (String reference : references) {
      List<String> other = tokens(reference);
      List<Grams<String>> grams = Grams.upTo(order, other);
      for (int n = 0; n < order; n++) {
        if (closest < 0) {
          known.add(grams.get(n));
        } else {
          known.set(n, known.get(n).union(grams.get(n)));
        }
      }
      closest = closest < 0 ? other.size() : closer(tokens.size(), closest, other.size());
    }
    counts[1] = closest;
    for (int n = 0; n < order; n++) {
      Grams<String> grams = Grams.of(tokens, n + 1);
      counts[2 + n] = grams.matches(known.get(n));
      counts[2 + order + n] = grams.total();
    }
    return counts;
  }

  /** Of two lengths the one nearer to the candidate's; of two as near, the shorter. */
  private static int closer(int length, int one, int other) {
    int apart = Integer.compare(Math.abs(length - one), Math.abs(length - other));
    return apart == 0 ? Math.min(one, other) : apart < 0 ? one : other;
  }

  private List<String> tokens(String text) {
    return tokenizer.tokenize(lowercase ? text.toLowerCase(Locale.ROOT) : text);
  }

  @Override
  public double score(double[] sums) {
    return detail(sums).score();
  }

  /** The score and its parts. */
  public Detail detail(double[] sums) {
    double length = sums[0];
    double reference = sums[1];
    double penalty = length >= reference ? 1 : length > 0 ? Math.exp(1 - reference / length) : 0;
    double[] precisions = new double[order];
    boolean any = false;
    for (int n = 0; n < order; n++) {
      any |= sums[2 + n] > 0;
    }
    if (!any) {
      return new Detail(0, precisions, penalty, (long) length, (long) reference);
    }
    int orders = order;
    double share = 1;
    for (int n = 0; n < order; n++) {
      double added = smoothing.method() == Smoothing.Method.ADD_K && n > 0 ? smoothing.value() : 0;
      double matches = sums[2 + n] + added;
      double total = sums[2 + order + n] + added;
      if (total == 0) {
        break;
      }
      orders = effectiveOrder ? n + 1 : orders;
      if (matches > 0) {
        precisions[n] = 100 * matches / total;
      } else if (smoothing.method() == Smoothing.Method.EXP) {
        share *= 2;
        precisions[n] = 100 / (share * total);
      } else if (smoothing.method() == Smoothing.Method.FLOOR) {
        precisions[n] = 100 * smoothing.value() / total;
      }
    }
    double logs = 0;
    for (int n = 0; n < orders; n++) {
      logs += precisions[n] == 0 ? LOG_ZERO : Math.log(precisions[n]);
    }
    double score = penalty * Math.exp(logs / orders);
    return new Detail(score, precisions, penalty, (long) length, (long) reference);
  }

  /**
   * The parts of a BLEU score.
   *
   * @param precisions of each order, in percent
   * @param brevityPenalty 1 unless the candidate is shorter than the reference
   */
  @SuppressWarnings("ArrayRecordComponent") // written once and read here
  public record Detail(
      double score,
      double[] precisions,
      double brevityPenalty,
      long candidateLength,
      long referenceLength) {

    /** In sacreBLEU's words: {@code 83.3/40.0/… (BP = 1.000 ratio = …)}. */
    public String sentence() {
      List<String> parts = new ArrayList<>();
      for (double precision : precisions) {
        parts.add(String.format(Locale.ROOT, "%.1f", precision));
      }
      return String.format(
          Locale.ROOT,
          "%s (BP = %.3f ratio = %.3f hyp_len = %d ref_len = %d)",
          String.join("/", parts),
          brevityPenalty,
          referenceLength == 0 ? 0.0 : (double) candidateLength / referenceLength,
          candidateLength,
          referenceLength);
    }
  }
}
