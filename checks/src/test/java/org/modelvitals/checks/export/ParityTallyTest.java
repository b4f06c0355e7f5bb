package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.export.LanguageParity.parityWith;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.TokenRows;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.Placement;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;

/** Figures of parity against what can be worked out by hand. */
class ParityTallyTest {

  /** After token i comes what row i says. */
  private record Table(List<List<Double>> rows) implements Model {
    @Override
    public Signature signature() {
      List<Dim> tokens = List.of(Dim.free("batch"), Dim.free("sequence"));
      List<Dim> logits =
          List.of(Dim.free("batch"), Dim.free("sequence"), Dim.fixed(rows.get(0).size()));
      return new Signature(
          List.of(ValueInfo.tensor("input_ids", ElementType.INT64, tokens)),
          List.of(),
          List.of(ValueInfo.tensor("logits", ElementType.FLOAT64, logits)));
    }

    @Override
    public Map<String, Value> run(Map<String, Tensor> inputs) {
      Tensor ids = Objects.requireNonNull(inputs.get("input_ids"));
      int width = rows.get(0).size();
      Tensor logits = Tensor.allocate(ElementType.FLOAT64, ids.dim(0), ids.dim(1), width);
      for (int i = 0; i < ids.size(); i++) {
        for (int j = 0; j < width; j++) {
          logits.setDouble(i * width + j, Math.log(rows.get((int) ids.getLong(i)).get(j)) + 1);
        }
      }
      return Map.of("logits", logits);
    }

    @Override
    public ModelFile file() {
      return new ModelFile(Path.of("table.onnx"), "", 0);
    }

    @Override
    public DeviceSpec device() {
      return DeviceSpec.CPU;
    }

    @Override
    public SessionSpec session() {
      return SessionSpec.DEFAULT;
    }

    @Override
    public Call prepare(Map<String, Tensor> inputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Placement> placement() {
      return Optional.empty();
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
  }

  private static final Table REFERENCE =
      new Table(List.of(List.of(0.5, 0.25, 0.25), List.of(0.1, 0.8, 0.1), List.of(0.2, 0.3, 0.5)));
  private static final Table MODEL =
      new Table(List.of(List.of(0.5, 0.25, 0.25), List.of(0.6, 0.3, 0.1), List.of(0.2, 0.3, 0.5)));

  private static Reading compare(Model model, Model reference, long[]... sequences) {
    ParityTally tally = new ParityTally(3, 2);
    try (Decoding ours = LanguageModel.of(model).decoding();
        Decoding theirs = LanguageModel.of(reference).decoding()) {
      for (int i = 0; i < sequences.length; i++) {
        tally.add(
            new Prompt("text " + (i + 1), sequences[i], null),
            ours.prefill(TokenRows.of(sequences[i])),
            theirs.prefill(TokenRows.of(sequences[i])));
      }
    }
    return tally.finish();
  }

  private static Measurement of(Reading reading, String name) {
    return reading.measurement(name).orElseThrow();
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(of(reading, name).value(), name);
  }

  @Test
  void figuresAreTheClosedForms() {
    Reading reading = compare(MODEL, REFERENCE, new long[] {0, 1, 2}, new long[] {0, 2, 2, 1});
    double kl = 0.1 * Math.log(0.1 / 0.6) + 0.8 * Math.log(0.8 / 0.3);
    // Two of seven positions stand after token 1, where the two differ.
    assertThat(value(reading, "mean kl divergence")).isCloseTo(2 * kl / 7, within(1e-12));
    assertThat(value(reading, "max kl divergence")).isCloseTo(kl, within(1e-12));
    assertThat(value(reading, "top-1 agreement")).isCloseTo(5.0 / 7, within(1e-12));
    assertThat(value(reading, "max difference")).isCloseTo(Math.log(6), within(1e-12));
    assertThat(value(reading, "positions")).isEqualTo(7);
    // 1 after 0, 2 after 1; 2 after 0, 2 after 2, 1 after 2.
    double nats = -Math.log(0.25 * 0.1 * 0.25 * 0.5 * 0.3) / 5;
    assertThat(value(reading, "perplexity")).isCloseTo(Math.exp(nats), within(1e-9));
    assertThat(value(reading, "perplexity ratio")).isCloseTo(1, within(1e-12));
    assertThat(of(reading, "first disagreement").text()).isEqualTo("position 1 (#1) of text 1");
    Interval interval = Objects.requireNonNull(of(reading, "mean kl divergence").interval());
    assertThat(interval.low()).isLessThan(2 * kl / 7);
    assertThat(interval.method()).isEqualTo("cluster-robust t");
  }

  @Test
  void thePlaceWhereTheyPartIsShown() {
    Reading reading = compare(MODEL, REFERENCE, new long[] {0, 1, 2}, new long[] {2, 1});
    Evidence.Strip strip = (Evidence.Strip) reading.evidence().get(0);
    assertThat(strip.mark()).isEqualTo(1);
    assertThat(strip.cells())
        .extracting(Evidence.Strip.Cell::text)
        .containsExactly("#0", "#1", "#2");
    assertThat(strip.cells().get(0).value()).isZero();
    assertThat(strip.sentence())
        .isEqualTo(
            "after position 1 (#1) of text 1 the model would go on with #0 (0.6000), the reference"
                + " with #1 (0.8000); 2 of 5 positions disagree");
    Evidence.Bars bars = (Evidence.Bars) reading.evidence().get(1);
    assertThat(bars.bars().get(0).label()).isEqualTo("#1");
    assertThat(bars.bars().get(0).value()).isCloseTo(0.3, within(1e-12));
    assertThat(bars.bars().get(0).reference()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void equalModelsAgreeAndNothingIsShown() {
    Reading reading = compare(MODEL, MODEL, new long[] {0, 1, 2});
    assertThat(value(reading, "mean kl divergence")).isZero();
    assertThat(of(reading, "first disagreement").text()).isEqualTo("none");
    assertThat(reading.evidence()).isEmpty();
  }

  @Test
  void positionsWithoutADistributionAreCountedForTheOneWhoseFaultTheyAre() {
    Table broken =
        new Table(
            List.of(
                List.of(0.5, 0.25, 0.25), List.of(Double.NaN, 0.3, 0.1), List.of(0.2, 0.3, 0.5)));
    Reading ours = compare(broken, REFERENCE, new long[] {0, 1, 2});
    assertThat(value(ours, "non-finite outputs")).isEqualTo(1);
    Reading theirs = compare(REFERENCE, broken, new long[] {0, 1, 2});
    assertThat(value(theirs, "non-finite outputs")).isZero();
    assertThat(value(theirs, "non-finite reference")).isEqualTo(1);
    assertThat(value(theirs, "positions")).isEqualTo(2);
    assertThat(theirs.evidence().stream().map(Evidence::sentence))
        .contains("after position 1 (#1) of text 1 the reference gives no distribution");
    assertThat(of(theirs, "positions").note()).contains("after 1 of them the reference gives no");
    // What cannot come is no fault: its probability is 0 on both sides.
    Table never =
        new Table(List.of(List.of(1.0, 0.0, 0.0), List.of(0.5, 0.5, 0.0), List.of(1.0, 0.0, 0.0)));
    Reading both = compare(never, never, new long[] {0, 1, 0});
    assertThat(value(both, "mean kl divergence")).isZero();
    assertThat(value(both, "non-finite outputs")).isZero();
  }

  @Test
  void aTokenThatCannotComeForOneIsNamed() {
    Table never =
        new Table(
            List.of(List.of(0.5, 0.25, 0.25), List.of(0.1, 0.9, 0.0), List.of(0.2, 0.3, 0.5)));
    Reading ours = compare(never, REFERENCE, new long[] {0, 1, 2}, new long[] {1, 2});
    assertThat(value(ours, "mean kl divergence")).isInfinite();
    assertThat(value(ours, "perplexity")).isInfinite();
    assertThat(value(ours, "non-finite outputs")).isEqualTo(2);
    assertThat(ours.evidence().get(0).sentence())
        .startsWith(
            "after position 1 (#1) of text 1 the model's logit of #2 is -Infinity, so that it");
    Reading theirs = compare(REFERENCE, never, new long[] {0, 1, 2}, new long[] {1, 2});
    assertThat(value(theirs, "non-finite outputs")).isZero();
    assertThat(value(theirs, "non-finite reference")).isEqualTo(2);
    assertThat(value(theirs, "reference perplexity")).isInfinite();
    Reading both = compare(never, never, new long[] {0, 1, 2}, new long[] {1, 2});
    assertThat(value(both, "non-finite outputs")).isZero();
    assertThat(of(both, "perplexity ratio").note()).contains("cannot come");
  }

  @Test
  void nothingComparedIsUndefined() {
    Reading reading = new ParityTally(3, 2).finish();
    assertThat(of(reading, "mean kl divergence").note()).isEqualTo("there were no sequences");
    assertThat(of(reading, "perplexity ratio").value()).isNull();
  }

  @Test
  void mistakesOfTheDeclarationAreTold() {
    assertThatThrownBy(
            () -> new LanguageParity(Sequences.drawn(), null, null, null, Quantity.nats(1), 1))
        .hasMessageContaining("needs a 'reference' model, or a 'device'");
    assertThatThrownBy(() -> parityWith("m.onnx").divergence(Quantity.percent(3)))
        .hasMessageContaining("expected nats or bits");
  }
}
