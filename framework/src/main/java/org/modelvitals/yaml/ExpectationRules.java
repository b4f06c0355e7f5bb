package org.modelvitals.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.suite.BaselineLimit;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Condition.Operator;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** Whether a probe can ever fulfil an expectation: its measurement, its part and its unit. */
final class ExpectationRules {
  private final ProbeType<?> probe;
  private final Map<String, MeasurementInfo> infos;

  ExpectationRules(ProbeRegistry registry, ProbeType<?> probe) {
    this.probe = probe;
    this.infos = registry.measurements(probe);
  }

  /** A measurement's name, taken apart: {@code recall[7]}. */
  record Name(String name, String part) {
    static Name of(String written) {
      int bracket = written.endsWith("]") ? written.indexOf('[') : -1;
      return bracket < 0
          ? new Name(written, "")
          : new Name(
              written.substring(0, bracket).strip(),
              written.substring(bracket + 1, written.length() - 1));
    }
  }

  /** What the probe says of a measurement with this name. */
  Optional<MeasurementInfo> info(String measurement) {
    return Optional.ofNullable(infos.get(Name.of(measurement).name()));
  }

  /** Whether the measurement is known to be a text. */
  boolean isText(String measurement) {
    return info(measurement).map(MeasurementInfo::text).orElse(false);
  }

  /** What is wrong with the name of a measurement, or with its part. */
  Optional<String> problemOfName(String measurement) {
    Name name = Name.of(measurement);
    Optional<MeasurementInfo> info = info(measurement);
    if (info.isEmpty()) {
      return Optional.of(
          "unknown measurement '%s'%s"
              .formatted(name.name(), Words.hint(name.name(), infos.keySet(), "measurements")));
    }
    String part = info.get().part();
    if (part.isEmpty() && !measurement.equals(name.name())) {
      return Optional.of("'%s' takes nothing in brackets; write '%1$s'".formatted(name.name()));
    }
    boolean needed = info.get().partRequired() || !measurement.equals(name.name());
    return needed && name.part().isBlank()
        ? Optional.of(
            "'%s' needs a part in brackets; write '%1$s[%s]'".formatted(name.name(), part))
        : Optional.empty();
  }

  /** What a probe's declaration lacks for a measurement, if that is known before it runs. */
  Optional<String> problemOfDeclaration(String measurement, ProbeSpec declared) {
    return info(measurement)
        .filter(info -> !info.when().isEmpty() && unmet(probe, declared).contains(info.when()))
        .map(info -> "'%s' is not measured here: it is %s".formatted(info.name(), info.when()));
  }

  private static <S extends ProbeSpec> Set<String> unmet(ProbeType<S> probe, ProbeSpec declared) {
    return probe.unmet(probe.specification().cast(declared));
  }

  /** What is wrong with an expectation. */
  Optional<String> problem(Expectation expectation) {
    return problemOfName(expectation.measurement())
        .or(() -> problemOfCondition(expectation.measurement(), expectation.condition()));
  }

  /** What is wrong with a condition on a measurement, if that is known. */
  Optional<String> problemOfCondition(String measurement, Condition condition) {
    return info(measurement).flatMap(info -> problemOfCondition(condition, info));
  }

  private static Optional<String> problemOfCondition(Condition condition, MeasurementInfo info) {
    if (condition instanceof Condition.AgainstBaseline against) {
      return problemOfBaseline(against, info);
    }
    List<Quantity> limits = limits(condition);
    if (info.text() != limits.isEmpty()) {
      return Optional.of(
          info.text()
              ? "'%s' is a text, and '%s' is a condition on numbers; write for instance 'is …'"
                      .formatted(info.name(), condition)
                  + " or 'matches …'"
              : "'%s' is %s, and '%s' is a condition on texts; write for instance '%s'"
                  .formatted(info.name(), words(info.unit()), condition, example(info.unit())));
    }
    for (Quantity limit : limits) {
      if (!fits(limit, info.unit())) {
        return Optional.of(
            "'%s' is %s, and '%s' is %s; write for instance '%s'"
                .formatted(
                    info.name(),
                    words(info.unit()),
                    limit,
                    words(limit.unit()),
                    example(info.unit())));
      }
      if (isPercentLeftOut(limit, info.unit())) {
        return Optional.of(
            "'%s' is a share, of which 1 is the whole, and '%s' is more; did you mean '%2$s %%'?"
                .formatted(info.name(), limit));
      }
    }
    return contradiction(condition);
  }

  private static Optional<String> problemOfBaseline(
      Condition.AgainstBaseline against, MeasurementInfo info) {
    Operator operator = against.operator();
    boolean isEquality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    Quantity plus = against.limit().plus();
    if (info.text()) {
      return isEquality && against.limit().isItself() && !against.surely()
          ? Optional.empty()
          : Optional.of(
              "'%s' is a text, and '%s' is a condition on numbers; write '= baseline'"
                  .formatted(info.name(), against));
    }
    if (against.surely() && isEquality) {
      return Optional.of(
          "'%s' can never be sure; 'surely' goes with >=, <=, > and <".formatted(against));
    }
    if (!fits(plus, info.unit())) {
      boolean isShare = plus.unit() == Unit.PERCENT;
      return Optional.of(
          "'%s' is %s, and '%s' is %s; write for instance '%s %s'"
              .formatted(
                  info.name(),
                  words(info.unit()),
                  plus,
                  words(plus.unit()),
                  operator.symbol(),
                  isShare
                      ? new BaselineLimit(1 + plus.in(Unit.FRACTION), Quantity.number(0))
                      : "1.1 x baseline"));
    }
    return isPercentLeftOut(plus, info.unit())
        ? Optional.of(
            "'%s' is a share, of which 1 is the whole, and '%s' is more; did you mean '%2$s %%'?"
                .formatted(info.name(), plus))
        : Optional.empty();
  }

  /** A share is between 0 and 1; who writes {@code 97} for it has left out the sign. */
  private static boolean isPercentLeftOut(Quantity limit, Unit unit) {
    return unit == Unit.FRACTION && limit.unit() == Unit.NUMBER && Math.abs(limit.value()) > 1;
  }

  private static List<Quantity> limits(Condition condition) {
    if (condition instanceof Condition.Compare compare) {
      return List.of(compare.limit());
    } else if (condition instanceof Condition.Between between) {
      return List.of(between.low(), between.high());
    } else if (condition instanceof Condition.Near near) {
      return List.of(near.target(), near.tolerance());
    }
    return List.of();
  }

  /** The judge takes a bare 0 in every unit. */
  private static boolean fits(Quantity limit, Unit unit) {
    return limit.unit().dimension() == unit.dimension()
        || (limit.unit() == Unit.NUMBER && limit.value() == 0);
  }

  private static Optional<String> contradiction(Condition condition) {
    if (condition instanceof Condition.Between between
        && between.low().unit().dimension() == between.high().unit().dimension()
        && between.low().in(between.high().unit()) > between.high().value()) {
      return Optional.of("nothing is '%s'; the lower limit stands first".formatted(condition));
    }
    if (condition instanceof Condition.Compare compare
        && compare.surely()
        && compare.operator() == Operator.EQUAL) {
      return Optional.of(
          "'%s' can never be sure; write for instance 'surely %s +- %s'"
              .formatted(
                  condition,
                  compare.limit(),
                  Quantity.of(
                      Math.max(Math.abs(compare.limit().value()) / 100, 0.01),
                      compare.limit().unit())));
    }
    return Optional.empty();
  }

  private static String words(Unit unit) {
    return switch (unit.dimension()) {
      case NUMBER -> "a bare number or a percentage";
      case MEMORY -> "an amount of memory";
      case INFORMATION -> "an amount of information";
      case TIME, RATE, FREQUENCY, LEVEL -> "a " + unit.dimension().name().toLowerCase(Locale.ROOT);
    };
  }

  /** A condition that would fit. */
  static String example(Unit unit) {
    if (unit == Unit.FRACTION) {
      return ">= 97 %";
    }
    return switch (unit.dimension()) {
      case NUMBER -> "<= 5";
      case TIME -> "<= 3 ms";
      case MEMORY -> "<= 64 MiB";
      case RATE -> ">= 100 /s";
      case FREQUENCY -> "440 Hz +- 1 Hz";
      case LEVEL -> ">= 30 dB";
      case INFORMATION -> "<= 0.1 nats";
    };
  }

  /** The symbols of the units that a limit of this dimension can have. */
  static List<Unit> units(Dimension dimension) {
    return Stream.of(Unit.values()).filter(unit -> unit.dimension() == dimension).toList();
  }
}
