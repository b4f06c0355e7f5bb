package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.NUMBER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.model.Model;
import org.modelvitals.model.Value;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Conformance} declares. */
public final class ConformanceProbe implements ProbeType<Conformance> {

  @Override
  public String keyword() {
    return "conformance";
  }

  @Override
  public Class<Conformance> specification() {
    return Conformance.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    List<MeasurementInfo> all = new ArrayList<>();
    all.add(MeasurementInfo.number("data sets", NUMBER, "How many data sets there were."));
    all.add(
        MeasurementInfo.number(
            "failed data sets", NUMBER, "Data sets with a mismatch; expected to be none."));
    all.addAll(DifferenceReading.basic());
    all.add(
        MeasurementInfo.withParts(
            "nan", "output", NUMBER, "Elements that are NaN, whether that was expected or not."));
    return all;
  }

  @Override
  public List<Expectation> implied(Conformance specification) {
    return List.of(Conformance.failedDataSets().isEqualTo(0));
  }

  @Override
  public Reading probe(Conformance specification, ProbeContext context) throws IOException {
    Tolerance tolerance = new Tolerance(specification.rtol(), specification.atol());
    String folder = specification.folder();
    Path file = context.modelFile().path().toAbsolutePath();
    Path data = folder == null ? Objects.requireNonNull(file.getParent()) : context.resolve(folder);
    Model model = context.model();
    List<TestDataSet> sets = TestDataSet.in(data, context.modelFile());
    Map<String, Compared> outputs = new LinkedHashMap<>();
    Compared all = new Compared(tolerance);
    List<List<String>> table = new ArrayList<>();
    long failed = 0;
    for (int i = 0; i < sets.size(); i++) {
      TestDataSet set = sets.get(i);
      Map<String, Value> actual = model.run(set.feed(model.signature()));
      Compared whole = new Compared(tolerance);
      Places places = Places.one(i, set.name());
      set.expected(model.signature())
          .forEach(
              (name, expected) -> {
                Compared one = new Compared(tolerance);
                one.add(Objects.requireNonNull(actual.get(name), name), expected, places);
                outputs.computeIfAbsent(name, key -> new Compared(tolerance)).merge(one);
                whole.merge(one);
              });
      all.merge(whole);
      failed += whole.difference.mismatches().count() > 0 ? 1 : 0;
      table.add(
          List.of(
              set.name(),
              Long.toString(whole.difference.mismatches().count()),
              org.modelvitals.unit.Quantity.number(whole.difference.largest()).display()));
      context.progress().at(i + 1L, sets.size(), "data sets");
    }
    Reading.Builder reading = Reading.builder();
    reading.add(Measurement.exact("data sets", sets.size(), NUMBER));
    reading.add(DifferenceReading.counted("failed data sets", failed, sets.size()));
    add(reading, all, "");
    outputs.forEach((name, compared) -> add(reading, compared, "[" + name + "]"));
    outputs.forEach(
        (name, compared) -> {
          if (compared.difference.mismatches().count() > 0) {
            reading.add(compared.difference.mismatches().table(name, tolerance.toString()));
          }
        });
    reading.add(
        new Evidence.Table(
            "Data sets", "", List.of("data set", "mismatches", "max difference"), table));
    return reading.build();
  }

  private static void add(Reading.Builder reading, Compared compared, String part) {
    DifferenceReading.basic(compared.difference, part).forEach(reading::add);
    reading.add(
        DifferenceReading.counted("nan" + part, compared.nan, compared.difference.elements()));
  }

  /** How an output compared, and how much of it is NaN. */
  private static final class Compared {
    private final Difference difference;
    private long nan;

    Compared(Tolerance tolerance) {
      difference = new Difference(tolerance);
    }

    void add(Value actual, Value expected, Places places) {
      difference.add(actual, expected, places);
      for (Elements elements : Elements.of(actual)) {
        for (int i = 0; i < elements.size() && !elements.isExact(); i++) {
          nan += Double.isNaN(elements.number(i)) ? 1 : 0;
        }
      }
    }

    void merge(Compared other) {
      difference.merge(other.difference);
      nan += other.nan;
    }
  }
}
