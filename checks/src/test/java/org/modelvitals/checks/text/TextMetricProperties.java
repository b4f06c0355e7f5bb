package org.modelvitals.checks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TextMetricProperties {

  @Provide
  Arbitrary<String> sentences() {
    return Arbitraries.of("the", "a", "cat", "Cat", "ran,", "3.5", "äöü", "😀", "end.", "(x)")
        .list()
        .ofMinSize(4)
        .ofMaxSize(14)
        .map(words -> String.join(" ", words));
  }

  @Property(tries = 300)
  void a_text_scores_fully_against_itself(@ForAll("sentences") String text) {
    assertThat(Bleu.bleu(List.of(text), List.of(text))).isCloseTo(100, within(1e-9));
    assertThat(Chrf.chrf(List.of(text), List.of(text))).isCloseTo(100, within(1e-9));
    assertThat(Ter.ter(List.of(text), List.of(text))).isZero();
    assertThat(SquadScore.of(text, List.of(text))).isEqualTo(new SquadScore(true, 1));
  }

  @Property(tries = 300)
  void scores_stay_within_their_bounds(
      @ForAll("sentences") String one, @ForAll("sentences") String other) {
    assertThat(Bleu.bleu(List.of(one), List.of(other))).isBetween(0.0, 100 + 1e-9);
    assertThat(Chrf.PLUS_PLUS.score(List.of(one), List.of(other))).isBetween(0.0, 100 + 1e-9);
    assertThat(Ter.ter(List.of(one), List.of(other))).isNotNegative();
    Rouge.Scores rouge = Rouge.STEMMED.of(one, other);
    assertThat(rouge.rougeL().f1()).isBetween(0.0, rouge.rouge1().f1() + 1e-12);
  }

  @Property(tries = 300)
  void f_scores_do_not_ask_which_text_is_the_reference(
      @ForAll("sentences") String one, @ForAll("sentences") String other) {
    assertThat(Chrf.DEFAULT.beta(1).score(List.of(one), List.of(other)))
        .isCloseTo(Chrf.DEFAULT.beta(1).score(List.of(other), List.of(one)), within(1e-9));
    assertThat(Rouge.DEFAULT.of(one, other).rougeL().f1())
        .isCloseTo(Rouge.DEFAULT.of(other, one).rougeL().f1(), within(1e-12));
    assertThat(SquadScore.of(one, List.of(other)).f1())
        .isCloseTo(SquadScore.of(other, List.of(one)).f1(), within(1e-12));
  }

  /** Moves only ever replace dearer edits. */
  @Property(tries = 300)
  void ter_is_at_most_the_edit_distance(
      @ForAll("sentences") String one, @ForAll("sentences") String other) {
    List<String> words = Whitespace.split(one);
    List<String> reference = Whitespace.split(other);
    int distance = new TerAlignment(reference).align(words);
    assertThat(new TerEdits(reference).count(words)).isLessThanOrEqualTo(distance);
    assertThat(distance).isEqualTo(levenshtein(words, reference));
  }

  private static int levenshtein(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.size() + b.size();
    }
    int[] row = new int[b.size() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.size(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = diagonal + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.size()];
  }

  @Property(tries = 300)
  void the_order_of_segments_changes_no_score(
      @ForAll("sentences") String one,
      @ForAll("sentences") String other,
      @ForAll("sentences") String third) {
    List<String> candidates = List.of(one, other, third);
    List<String> references = List.of(other, other, one);
    List<String> turned = new ArrayList<>(candidates);
    List<String> turnedReferences = new ArrayList<>(references);
    Collections.reverse(turned);
    Collections.reverse(turnedReferences);
    for (CorpusMetric metric : List.of(Bleu.DEFAULT, Chrf.PLUS_PLUS, Ter.DEFAULT)) {
      assertThat(metric.score(turned, turnedReferences))
          .isCloseTo(metric.score(candidates, references), within(1e-9));
    }
  }

  @Property(tries = 500)
  void the_longest_loop_is_the_one_that_trying_all_finds(
      @ForAll List<@IntRange(max = 2) Integer> tokens) {
    Diversity.Loop loop = Diversity.longestLoop(tokens);
    int longest = 0;
    for (int start = 0; start < tokens.size(); start++) {
      for (int period = 1; start + 2 * period <= tokens.size(); period++) {
        int times = 1;
        while (start + (times + 1) * period <= tokens.size()
            && tokens
                .subList(start + times * period, start + (times + 1) * period)
                .equals(tokens.subList(start, start + period))) {
          times++;
        }
        longest = times > 1 ? Math.max(longest, times * period) : longest;
      }
    }
    assertThat(loop.length()).isEqualTo(longest);
    for (int i = loop.start(); i < loop.start() + loop.length() - loop.period(); i++) {
      assertThat(tokens.get(i)).isEqualTo(tokens.get(i + loop.period()));
    }
  }

  @Property(tries = 300)
  void distinct_is_one_minus_the_share_of_repeats(@ForAll List<@IntRange(max = 5) Integer> tokens) {
    double distinct = Diversity.distinct(1, List.of(tokens));
    if (tokens.isEmpty()) {
      assertThat(distinct).isNaN();
    } else {
      assertThat(distinct).isEqualTo((double) tokens.stream().distinct().count() / tokens.size());
    }
  }
}
