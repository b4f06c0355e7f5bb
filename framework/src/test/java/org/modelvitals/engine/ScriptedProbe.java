package org.modelvitals.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/** Runs the script of a test, and counts how often each was run. */
public final class ScriptedProbe implements ProbeType<Scripted> {
  private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> RUNS = new ConcurrentHashMap<>();

  interface Script {
    Reading run(ProbeContext context) throws Exception;
  }

  static void forget() {
    SCRIPTS.clear();
    RUNS.clear();
    script("loads", ScriptedProbe::load);
    script("measures", context -> number(0.9));
    script("measures nothing", context -> Reading.of());
  }

  static void script(String name, Script script) {
    SCRIPTS.put(name, script);
  }

  /** How often the script was run. */
  static int runs(String name) {
    AtomicInteger runs = RUNS.get(name);
    return runs == null ? 0 : runs.get();
  }

  static Reading number(double value) {
    return new Reading(
        List.of(Measurement.exact("value", value, Unit.FRACTION)),
        List.of(new Evidence.Note("Rows", "row 3 is wrong")));
  }

  /** Runs the model y = f(x) of one vector once. */
  static Reading load(ProbeContext context) {
    Signature signature = context.model().signature();
    context
        .model()
        .run(Map.of(signature.inputs().get(0).name(), Tensor.ofFloats(new float[] {1, 2}, 2)));
    return number(1);
  }

  private static Reading run(String script, ProbeContext context) throws Exception {
    RUNS.computeIfAbsent(script, key -> new AtomicInteger()).incrementAndGet();
    Script known = SCRIPTS.get(script);
    if (known == null) {
      throw new IllegalStateException("no script " + script);
    }
    return known.run(context);
  }

  private static final List<MeasurementInfo> MEASUREMENTS =
      List.of(MeasurementInfo.number("value", Unit.FRACTION, "A number."));

  @Override
  public String keyword() {
    return "scripted";
  }

  @Override
  public Class<Scripted> specification() {
    return Scripted.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return MEASUREMENTS;
  }

  @Override
  public Reading probe(Scripted specification, ProbeContext context) throws Exception {
    return run(specification.script(), context);
  }

  /** The same, alone on the machine. */
  public static final class Alone implements ProbeType<Scripted.Alone> {
    @Override
    public String keyword() {
      return "scripted-alone";
    }

    @Override
    public Class<Scripted.Alone> specification() {
      return Scripted.Alone.class;
    }

    @Override
    public List<MeasurementInfo> measurements() {
      return MEASUREMENTS;
    }

    @Override
    public Demand demand() {
      return Demand.ALONE;
    }

    @Override
    public Reading probe(Scripted.Alone specification, ProbeContext context) throws Exception {
      return run(specification.script(), context);
    }
  }
}
