package org.modelvitals.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Keyword;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** A probe with a parameter of every shape and a measurement of every kind. */
public final class SampleProbe implements ProbeType<SampleProbe.Sample> {

  static final ProbeRegistry REGISTRY =
      new ProbeRegistry(List.of(new SampleProbe(), new PlainProbe()));

  /** A parameter of every shape. */
  @Doc("A parameter of every shape.")
  record Sample(
      @Doc("The rows.") DataSpec data,
      @Doc("A text.") @Default("label") String label,
      @Doc("Another text.") @Nullable String positiveClass,
      @Doc("A number of calls.") @Default("1000") int warmupCalls,
      @Nullable Long limit,
      @Default("0.5") double seconds,
      @Default("false") boolean strict,
      @Default("single-stream") Scenario scenario,
      List<Integer> top,
      List<Part> parts,
      Map<String, Double> truth,
      @Nullable Transform transform,
      @Default("3 ms") Quantity pause,
      @Keyword("if") @Nullable String condition)
      implements ProbeSpec {
    Sample {
      top = List.copyOf(top);
      parts = List.copyOf(parts);
      truth = Collections.unmodifiableMap(new LinkedHashMap<>(truth));
      if (warmupCalls < 0) {
        throw new IllegalArgumentException(
            "warmupCalls must not be negative, but is " + warmupCalls);
      }
    }

    static Sample of(DataSpec data) {
      return new Sample(
          data,
          "label",
          null,
          1000,
          null,
          0.5,
          false,
          Scenario.SINGLE_STREAM,
          List.of(),
          List.of(),
          Map.of(),
          null,
          Quantity.millis(3),
          null);
    }
  }

  enum Scenario {
    SINGLE_STREAM,
    SERVER
  }

  @Shorthand("name")
  record Part(String name, @Default("1") double weight) {}

  /** A declaration that contains itself. */
  sealed interface Transform {
    @Keyword("scale")
    @Shorthand("by")
    record Scale(double by) implements Transform {}

    record ThenAll(List<Transform> steps) implements Transform {
      public ThenAll {
        steps = List.copyOf(steps);
      }
    }

    record Nothing() implements Transform {}
  }

  @Override
  public String keyword() {
    return "sample";
  }

  @Override
  public Class<Sample> specification() {
    return Sample.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number("accuracy", Unit.FRACTION, "A share."),
        MeasurementInfo.withParts("recall", "class", Unit.FRACTION, "A share."),
        MeasurementInfo.ofParts("rank", "token", Unit.NUMBER, "A place."),
        MeasurementInfo.number("p99", Unit.SECONDS, "A time."),
        MeasurementInfo.number("peak", Unit.BYTES, "Memory."),
        MeasurementInfo.text("producer", "A text."),
        MeasurementInfo.textOfParts("input", "name", "A text."));
  }

  @Override
  public Reading probe(Sample specification, ProbeContext context) {
    throw new UnsupportedOperationException();
  }

  /** A probe without parameters. */
  static final class PlainProbe implements ProbeType<PlainProbe.Plain> {
    record Plain() implements ProbeSpec {}

    @Override
    public String keyword() {
      return "plain";
    }

    @Override
    public Class<Plain> specification() {
      return Plain.class;
    }

    @Override
    public List<MeasurementInfo> measurements() {
      return List.of(MeasurementInfo.number("size", Unit.BYTES, "Memory."));
    }

    @Override
    public Reading probe(Plain specification, ProbeContext context) {
      throw new UnsupportedOperationException();
    }
  }
}
