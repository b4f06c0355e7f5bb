package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Quantity;

/** The probe that {@link LastBit} declares. */
public final class LastBitProbe implements ProbeType<LastBit> {
  static final String MOVEMENT = "movement";
  static final String AMPLIFICATION = "amplification";
  private static final String AGREEMENT = "arg max agreement";

  @Override
  public String keyword() {
    return "last-bit";
  }

  @Override
  public Class<LastBit> specification() {
    return LastBit.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            MOVEMENT,
            "output",
            FRACTION,
            "The largest change of an element, divided by the largest value that its output has;"
                + " expected to be at most 1 %."),
        MeasurementInfo.ofParts(
            AMPLIFICATION,
            "output",
            NUMBER,
            "The movement divided by the unit of rounding of the inputs' type."),
        MeasurementInfo.ofParts(
            AGREEMENT,
            "output",
            FRACTION,
            "How often the largest value along the last axis stays in its place. Wilson interval."));
  }

  @Override
  public List<Expectation> implied(LastBit specification) {
    return List.of(LastBit.movement().isAtMost(Quantity.percent(1)));
  }

  @Override
  public Reading probe(LastBit specification, ProbeContext context) {
    Calls calls = Calls.make(specification.on(), context);
    SplittableRandom random = new SplittableRandom(context.seed());
    Map<String, Difference> found = new LinkedHashMap<>();
    Map<String, Double> scales = new LinkedHashMap<>();
    double unit = 0;
    for (Calls.Call call : calls.all()) {
      Map<String, Tensor> inputs = new LinkedHashMap<>(call.inputs());
      for (Map.Entry<String, Tensor> input : call.inputs().entrySet()) {
        InputSpec source = calls.data().inputs().get(input.getKey());
        boolean constant = source instanceof InputSpec.Constant;
        if (input.getValue().type().isFloating() && !constant && input.getValue().size() > 0) {
          inputs.put(input.getKey(), moved(input.getValue(), random));
          unit = Math.max(unit, unit(input.getValue().type()));
        }
      }
      if (unit == 0) {
        throw new NotApplicableException(
            "no input holds floating-point numbers that could be changed in their last bit");
      }
      Map<String, Value> answer = context.model().run(inputs);
      call.outputs()
          .forEach(
              (name, usual) -> {
                scales.merge(name, largest(usual), Math::max);
                Value value = answer.get(name);
                if (value != null) {
                  found
                      .computeIfAbsent(name, output -> new Difference(Tolerance.NONE))
                      .add(value, usual, call.places());
                }
              });
    }
    return reading(found, scales, unit, calls);
  }

  private static Tensor moved(Tensor tensor, SplittableRandom random) {
    Tensor moved = Tensors.copy(tensor);
    for (int i = 0; i < tensor.size(); i++) {
      boolean up = random.nextBoolean();
      double old = tensor.getDouble(i);
      switch (tensor.type()) {
        case FLOAT64 -> moved.setDouble(i, up ? Math.nextUp(old) : Math.nextDown(old));
        case FLOAT32 ->
            moved.setDouble(i, up ? Math.nextUp((float) old) : Math.nextDown((float) old));
        default -> {
          // Neighbours of 16-bit numbers have neighbouring bits, except around zero.
          short bits = tensor.bytes().getShort(i * 2);
          boolean zero = (bits & 0x7fff) == 0;
          moved.bytes().putShort(i * 2, (short) (zero || up ? bits + 1 : bits - 1));
        }
      }
    }
    return moved;
  }

  /** Half of the relative distance of neighbours. */
  private static double unit(ElementType type) {
    return switch (type) {
      case FLOAT64 -> 0x1p-53;
      case FLOAT16 -> 0x1p-11;
      case BFLOAT16 -> 0x1p-8;
      default -> 0x1p-24;
    };
  }

  private static double largest(Value value) {
    double largest = 0;
    for (Elements elements : Elements.of(value)) {
      for (int i = 0; !elements.isText() && i < elements.size(); i++) {
        double number = Math.abs(elements.number(i));
        largest = Double.isFinite(number) ? Math.max(largest, number) : largest;
      }
    }
    return largest;
  }

  private static Reading reading(
      Map<String, Difference> found, Map<String, Double> scales, double unit, Calls calls) {
    Reading.Builder parts = Reading.builder();
    double most = 0;
    String where = "";
    for (Map.Entry<String, Difference> output : found.entrySet()) {
      Difference difference = output.getValue();
      double scale = Objects.requireNonNull(scales.get(output.getKey()));
      if (difference.numbers() == 0) {
        continue;
      }
      double movement = difference.largest() == 0 ? 0 : difference.largest() / scale;
      String part = "[" + output.getKey() + "]";
      parts.add(
          Measurement.sampled(MOVEMENT + part, movement, FRACTION, difference.numbers(), null));
      parts.add(Measurement.exact(AMPLIFICATION + part, movement / unit, NUMBER));
      DifferenceReading.argMax(difference, part).ifPresent(parts::add);
      if (movement > most) {
        most = movement;
        where =
            "the output '%s' moves farthest at %s: by %s, its largest value is %s"
                .formatted(
                    output.getKey(),
                    difference.largestAt(),
                    Quantity.number(difference.largest()).display(),
                    Quantity.number(scale).display());
      }
    }
    Reading.Builder reading = Reading.builder();
    reading.add(Measurement.exact(MOVEMENT, most, FRACTION));
    parts.build().measurements().forEach(reading::add);
    if (!where.isEmpty()) {
      reading.add(new Evidence.Note("Farthest", where));
    }
    return reading.add(new Evidence.Note("What was fed", calls.words())).build();
  }
}
