package org.modelvitals.checks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values that the projects themselves publish: sacreBLEU's README and tests, rouge_score's tests
 * (there run through the original ROUGE-1.5.5.pl), the papers of SQuAD and ROUGE.
 */
class TextMetricsPublishedTest {

  private static final List<String> SYSTEM =
      List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.");
  private static final List<List<String>> REFERENCES =
      List.of(
          List.of("The dog bit the man.", "The dog had bit the man."),
          List.of("It was not unexpected.", "No one was surprised."),
          List.of("The man bit him first.", "The man had bitten the dog."));

  @ParameterizedTest
  @CsvSource({"V13A,48.530827", "NONE,49.1919566", "INTL,43.91623493"})
  void bleu_of_sacrebleus_readme(BleuTokenizer tokenizer, double expected) {
    assertThat(Bleu.DEFAULT.tokenizer(tokenizer).of(SYSTEM, REFERENCES).score())
        .isCloseTo(expected, within(1e-6));
  }

  /** The README's example with a sentence that has one reference less. */
  @Test
  void segments_may_have_different_numbers_of_references() {
    List<List<String>> fewer =
        List.of(List.of("The dog had bit the man."), REFERENCES.get(1), REFERENCES.get(2));
    CorpusScore score = Bleu.DEFAULT.of(SYSTEM, fewer);
    assertThat(score.score()).isCloseTo(29.44, within(0.005));
    assertThat(score.signature()).startsWith("BLEU|nrefs:var|");
    assertThat(Bleu.DEFAULT.detail(score.sums()).sentence())
        .isEqualTo("82.4/42.9/27.3/12.5 (BP = 0.889 ratio = 0.895 hyp_len = 17 ref_len = 19)");
  }

  @Test
  void chrf_of_sacrebleus_readme() {
    assertThat(Chrf.DEFAULT.of(SYSTEM, REFERENCES).score()).isCloseTo(59.73, within(0.005));
  }

  @Test
  void signatures_of_sacrebleus_readme() {
    assertThat(Bleu.DEFAULT.of(SYSTEM, REFERENCES).signature())
        .startsWith("BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:");
    assertThat(Chrf.DEFAULT.of(SYSTEM, REFERENCES).signature())
        .startsWith("chrF2|nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|version:");
    assertThat(Chrf.PLUS_PLUS.of(SYSTEM, REFERENCES).signature())
        .startsWith("chrF2++|nrefs:2|case:mixed|eff:yes|nc:6|nw:2|space:no|version:");
    assertThat(Ter.DEFAULT.of(SYSTEM, REFERENCES).signature())
        .startsWith("TER|nrefs:2|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:");
  }

  /** sacreBLEU's issue 98. */
  @ParameterizedTest
  @CsvSource({
    "EXP,0,false,V13A,8.493",
    "NONE,0,false,V13A,0.0",
    "FLOOR,0.1,false,V13A,4.51688",
    "FLOOR,0.5,false,V13A,10.10",
    "ADD_K,1,false,V13A,14.882",
    "ADD_K,2,false,V13A,21.389",
    "EXP,0,false,NONE,7.347",
    "EXP,0,false,INTL,8.493",
    "EXP,0,false,CHAR,40.8759",
    "EXP,0,true,CHAR,42.0267"
  })
  void bleu_of_a_sentence(
      Smoothing.Method method,
      double value,
      boolean lowercase,
      BleuTokenizer tokenizer,
      double expected) {
    Bleu bleu = new Bleu(tokenizer, lowercase, new Smoothing(method, value), 4, true);
    double score =
        bleu.score(
            List.of("Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;"),
            List.of("producţia de zahăr brut se exprimă în zahăr alb;"));
    assertThat(score).isCloseTo(expected, within(1e-3));
  }

  @Test
  void bleus_parts_read_as_sacrebleus_do() {
    CorpusScore score = Bleu.DEFAULT.of(SYSTEM, REFERENCES);
    assertThat(Bleu.DEFAULT.detail(score.sums()).sentence())
        .isEqualTo("82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)");
  }

  @ParameterizedTest
  @CsvSource({
    "Co nás nejvíc trápí| protože lékaři si vybírají| kdo bude žít a kdo zemře.,"
        + "Nejvíce smutní jsme z toho| že musíme rozhodovat o tom| kdo bude žít a kdo zemře.,"
        + "39.14078509",
    "Nebo prostě nemají vybavení| které by jim pomohlo| uvedli lékaři.,"
        + "A někdy nemáme ani potřebný materiál| abychom jim pomohli| popsali lékaři.,31.22557079",
    "Lapali po dechu| jejich životy skončily dřív| než skutečně začaly.,"
        + "Lapali po dechu a pak jejich život skončil - dřív| než skutečně mohl začít| připomněli.,"
        + "57.15704367"
  })
  void chrf_of_sentences(String candidate, String reference, double expected) {
    // A comma separates the columns above, so the texts have bars for theirs.
    double score =
        Chrf.DEFAULT
            .withEpsilonSmoothing()
            .score(List.of(candidate.replace('|', ',')), List.of(reference.replace('|', ',')));
    assertThat(score).isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"abcdefg,hijklmnop,0", "a,a,100", "a b c,a b c,100", "a b c,abc,100", "aa,ab,25"})
  void chrf_of_sacrebleus_tests(String candidate, String reference, double expected) {
    assertThat(Chrf.DEFAULT.beta(3).score(List.of(candidate), List.of(reference)))
        .isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "aaaa bbbb cccc dddd,aaaa bbbb cccc dddd,0",
    "dddd eeee ffff,aaaa bbbb cccc,100",
    "'',a,100",
    "d e f g h a b c,a b c d e f g h,12.5"
  })
  void ter_of_sacrebleus_tests(String candidate, String reference, double expected) {
    assertThat(Ter.ter(List.of(candidate), List.of(reference))).isCloseTo(expected, within(1e-9));
  }

  private static final String TARGET_0 =
      "ZfbCUIUuePaiLVUlCaUXxkpu XPeWing tUHfPMuZ',-Xd Y BrUgVJing M-HV.-DgdDaY.rFDJCRing Ht-LM"
          + " EKBDXkME,yz'RBr q'wtion wIojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxer tKM L";
  private static final String PREDICTION_0 =
      "rFDJCRtion Ht-LM EKtDXkME,yz'RBr q'wer wrojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxi";
  private static final String TARGET_1 =
      "KsJdPByEtAor fE-Qg Dpdbring cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMtion psing sbKao Q"
          + " m qiing LMmer HqqLFXe,XPY,J XsurkMer ,ed nB'wH'bWVHjWFEing tQ.saefZwJtKrTlixYpMMsJing"
          + " UCAPwNHeYVjDing c T BUySKtion gMPfJpwGw p'NvxAoping eu pBwMBKV'I DNxqelhu,PHPxDEq,mtion"
          + " SN";
  private static final String PREDICTION_1 =
      "n cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMer pstion sbKao Q m qier LMmed HqqLFXe,XPY,J"
          + " XsurkMeo ,ed nB'wH'bWVHjWFEer tQ.saefZwJtKrTlixYpMMNJtion UCAPwNHeYVjD";

  @Test
  void rouge_of_the_original_perl_script() {
    Rouge.Scores first = Rouge.DEFAULT.of(PREDICTION_0, TARGET_0);
    Rouge.Scores second = Rouge.DEFAULT.of(PREDICTION_1, TARGET_1);
    assertScore(first.rouge1(), 0.40741, 0.68750, 0.51163);
    assertScore(second.rouge1(), 0.40476, 0.65385, 0.50000);
    assertScore(first.rouge2(), 0.30769, 0.53333, 0.39024);
    assertScore(second.rouge2(), 0.29268, 0.48000, 0.36364);
    assertScore(first.rougeL(), 0.40741, 0.68750, 0.51163);
    assertScore(second.rougeL(), 0.40476, 0.65385, 0.50000);
    assertScore(Rouge.STEMMED.of(PREDICTION_0, TARGET_0).rouge1(), 0.40741, 0.68750, 0.51163);
    assertScore(Rouge.STEMMED.of(PREDICTION_1, TARGET_1).rouge1(), 0.42857, 0.69231, 0.52941);
  }

  @Test
  void rouge_lsum_of_the_original_perl_script() {
    String target =
        String.join(
            "\n",
            TARGET_0,
            TARGET_1,
            "NhETebUbBk'er WOvoHMTjSRizKgH'vHiing Xu,hWxfs VkNE QhgKiLHE -HidivzoM.dO anhtion"
                + " jbLQiSGDTCsuhREebUaKM dv J dVN tmbOT",
            "vMR HDm,xOAetion D,tion HJtodT.mHl UIv-p VjWH'BdyWjnfGU-OjT aEMdFICyLWfQMtion"
                + " wEMfdOKing AwkeKbO 'DxqNOHBH qKtVvm OYJl mM\n");
    String prediction =
        String.join(
            "\n",
            PREDICTION_0,
            PREDICTION_1,
            "xfs VkJE QhgKiLHE -HidivzoM.dO anhing jbLQiSGDTCsuhREebUaKM dv J",
            "VjWH'BdyWjnfGU-OjTNaEMdFICyLWfQMing wEMfdOKijg AwkeKbO 'DxqNO\n");
    assertScore(Rouge.STEMMED.of(prediction, target).rougeLsum(), 0.36538, 0.66667, 0.47205);
  }

  /** Section 3.2 of Lin 2004: union LCS of w1 w2 and w1 w3 w5 is four words of five. */
  @Test
  void rouge_lsum_of_the_paper() {
    Rouge.Scores scores = Rouge.DEFAULT.of("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");
    assertScore(scores.rougeLsum(), 0.8, 0.4, 0.53333);
  }

  private static void assertScore(Rouge.Score score, double recall, double precision, double f1) {
    assertThat(score.recall()).isCloseTo(recall, within(5e-6));
    assertThat(score.precision()).isCloseTo(precision, within(5e-6));
    assertThat(score.f1()).isCloseTo(f1, within(5e-6));
  }

  /** Answers to one question of SQuAD 1.1's development set, and what could be said to it. */
  @ParameterizedTest
  @CsvSource({
    "Denver Broncos,true,1",
    "the Denver Broncos!,true,1",
    "denver broncos of the AFC,false,0.66667",
    "Carolina Panthers,false,0",
    "'',false,0"
  })
  void squad_with_several_answers(String prediction, boolean exact, double f1) {
    SquadScore score =
        SquadScore.of(
            prediction, List.of("Denver Broncos", "Denver Broncos", "The Denver Broncos"));
    assertThat(score.exact()).isEqualTo(exact);
    assertThat(score.f1()).isCloseTo(f1, within(1e-5));
  }

  @Test
  void squad_without_an_answer_takes_only_silence() {
    assertThat(SquadScore.of("", List.of())).isEqualTo(new SquadScore(true, 1));
    assertThat(SquadScore.of("the", List.of())).isEqualTo(new SquadScore(true, 1));
    assertThat(SquadScore.of("something", List.of())).isEqualTo(new SquadScore(false, 0));
  }
}
