package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Measured;
import org.modelvitals.unit.Quantity;

/** What the comparisons of a check found, part by part, as measurements and evidence. */
final class Findings {
  static final String MISMATCHES = "mismatches";
  static final String MAX_DIFFERENCE = "max difference";
  static final String POSITIONS = "positions";

  private static final String TOO_WIDE =
      "the declared tolerance is half of what the logits range over, or more, so that next to nothing"
          + " could be found";

  private final Allowance allowance;
  private final Map<String, Comparison<Place>> parts = new LinkedHashMap<>();
  private final Map<String, String> unjudged = new LinkedHashMap<>();

  Findings(Allowance allowance, List<String> parts) {
    this.allowance = allowance;
    parts.forEach(part -> this.parts.put(part, new Comparison<>(allowance)));
  }

  /**
   * The measurements that {@link #reading} makes.
   *
   * @param part what a part is, in a word or two
   */
  static List<MeasurementInfo> measurements(String part) {
    return List.of(
        MeasurementInfo.withParts(
            MISMATCHES,
            part,
            NUMBER,
            "Positions with a logit that is farther from what it should be than the tolerance;"
                + " expected to be none."),
        MeasurementInfo.withParts(
            MAX_DIFFERENCE,
            part,
            NUMBER,
            "The largest difference of a logit from what it should be; infinite where one of the"
                + " two only is finite, or what it should be is no number."),
        MeasurementInfo.withParts(POSITIONS, part, NUMBER, "How many positions were compared."));
  }

  static Measured mismatches() {
    return Measured.measured(MISMATCHES);
  }

  Comparison<Place> part(String name) {
    return parts.computeIfAbsent(name, key -> new Comparison<>(allowance));
  }

  /** Says why a part cannot be judged. */
  void unjudged(String part, String why) {
    unjudged.putIfAbsent(part, why);
  }

  /** Says of all parts why they cannot be judged. */
  void unjudged(String why) {
    parts.keySet().forEach(part -> unjudged(part, why));
  }

  /** Whether something was found. */
  boolean any() {
    return parts.values().stream().anyMatch(part -> part.apart() > 0);
  }

  /**
   * Measurements of all parts together and of each, and the first places where logits part.
   *
   * @param suspicion asked for a known reason if there are such places
   */
  Reading reading(Supplier<Optional<Evidence>> suspicion) {
    Reading.Builder reading = Reading.builder();
    Comparison<Place> all = new Comparison<>(allowance);
    parts.forEach((name, part) -> all.merge(judged(name) ? part : new Comparison<>(allowance)));
    add(
        reading,
        "",
        all,
        unjudged.values().stream().findFirst().orElse("no sequence is long enough to compare"));
    parts.forEach(
        (name, part) ->
            add(
                reading,
                "[" + name + "]",
                judged(name) ? part : new Comparison<>(allowance),
                unjudged.getOrDefault(name, "no sequence is long enough to compare")));
    parts.forEach(
        (name, part) -> {
          if (judged(name) && part.apart() > 0) {
            reading.add(table(name, part));
          }
        });
    if (any()) {
      suspicion.get().ifPresent(reading::add);
    }
    unjudged.forEach(
        (part, why) -> reading.add(new Evidence.Note("Not judged: " + part, part + ": " + why)));
    return reading.build();
  }

  private boolean judged(String part) {
    return !unjudged.containsKey(part);
  }

  private static void add(
      Reading.Builder reading, String part, Comparison<Place> found, String otherwise) {
    String why = found.places() == 0 ? otherwise : found.isBlind() ? TOO_WIDE : "";
    if (why.isEmpty() || found.apart() > 0) {
      reading.add(
          Measurement.exact(MISMATCHES + part, (double) found.apart(), NUMBER).note(noted(found)));
      reading.add(Measurement.exact(MAX_DIFFERENCE + part, found.largest(), NUMBER));
    } else {
      reading.add(Measurement.undefined(MISMATCHES + part, NUMBER, found.places(), why));
      reading.add(Measurement.undefined(MAX_DIFFERENCE + part, NUMBER, found.places(), why));
    }
    reading.add(Measurement.exact(POSITIONS + part, (double) found.places(), NUMBER));
  }

  private static String noted(Comparison<Place> found) {
    return found.undefined() == 0
        ? String.format(Locale.ROOT, "of %,d positions", found.places())
        : String.format(
            Locale.ROOT,
            "of %,d positions, after %,d of which the logits are not numbers before anything is"
                + " changed",
            found.places(),
            found.undefined());
  }

  private Evidence table(String part, Comparison<Place> found) {
    Comparison.Apart<Place> one = found.first().get(0);
    return new Evidence.Table(
        "First positions that differ: " + part,
        sentence(one),
        List.of("sequence", "situation", "position", "logit of", "is", "should be", "difference"),
        found.first().stream().map(Findings::row).toList());
  }

  private String sentence(Comparison.Apart<Place> one) {
    Place place = one.place();
    String failure = one.failure();
    if (failure != null) {
      return "%s of %s, the call failed: %s"
          .formatted(place.situation(), place.prompt().name(), failure);
    }
    if (one.isUndefined()) {
      return "before anything is changed, after %s the logit of %s is %s; %s"
          .formatted(
              place,
              place.token(one.element()),
              number(one.expected()),
              one.expected() == Double.NEGATIVE_INFINITY
                  ? "all are, which leaves no token to go on with"
                  : "expected a number, or minus infinity for a token that cannot come");
    }
    return "%s, after %s the logit of %s is %s instead of %s (%s apart, %s allowed)"
        .formatted(
            place.situation(),
            place,
            place.token(one.element()),
            number(one.actual()),
            number(one.expected()),
            number(one.difference()),
            number(one.allowed()));
  }

  private static List<String> row(Comparison.Apart<Place> one) {
    Place place = one.place();
    String failure = one.failure();
    return List.of(
        place.prompt().name(),
        one.isUndefined() ? "before anything is changed" : place.situation(),
        Integer.toString(place.position()),
        failure == null ? place.token(one.element()) : failure,
        number(one.actual()),
        one.isUndefined() ? "a number" : number(one.expected()),
        one.isUndefined() ? "" : number(one.difference()));
  }

  /** A number with the digits that matter to people. */
  static String number(double value) {
    return Quantity.number(value).display();
  }
}
