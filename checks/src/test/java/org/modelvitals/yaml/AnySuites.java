package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Crossing;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.BaselineLimit;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Condition.Operator;
import org.modelvitals.suite.Containment;
import org.modelvitals.suite.EarlyDecision;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.suite.Timeout;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** Any suite that Java can declare with the probes of a registry. */
final class AnySuites {
  private static final Arbitrary<String> TEXTS =
      Arbitraries.oneOf(
          Arbitraries.of(
              "no",
              "on",
              "null",
              "~",
              "7",
              "1.10",
              "0x1F",
              "true",
              "",
              " ",
              " a ",
              "a: b",
              "a #b",
              "- a",
              "{a",
              "[a]",
              "'",
              "\"",
              "\\",
              ">",
              "|",
              "!a",
              "&a",
              "*a",
              "%a",
              "@a",
              "`a",
              "a\nb",
              "\n",
              "a\tb",
              "a,b",
              "= 3",
              "<<",
              "é",
              "日本",
              "😀",
              "\u0085",
              "\uFEFF",
              "\u0001",
              "---",
              "...",
              "? a",
              "2026-11-24",
              "12:30",
              ".inf",
              "a:",
              ":a"),
          Arbitraries.strings().ascii().ofMaxLength(12),
          Arbitraries.strings().alpha().ofMinLength(70).ofMaxLength(90));
  private static final Arbitrary<String> WORDS =
      Arbitraries.oneOf(
          Arbitraries.of("no", "7", "float32[batch, 10]", "a b", "is", "null", "x: y", "#", "é"),
          Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8));

  private static final Arbitrary<String> TAGS =
      Arbitraries.oneOf(
          Arbitraries.of("no", "7", "null", "a:b", "é", "~"),
          Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8));

  private AnySuites() {}

  static Arbitrary<SuiteSpec> of(ProbeRegistry registry) {
    Arbitrary<List<HealthCheck>> checks =
        Arbitraries.of(registry.types())
            .flatMap(type -> check(type, new ExpectationRules(registry, type)))
            .list()
            .ofMinSize(1)
            .ofMaxSize(4);
    return Combinators.combine(
            TEXTS.filter(name -> !name.isBlank()),
            TEXTS.filter(model -> !model.isBlank()),
            value(Shapes.of(DeviceSpec.class)),
            value(Shapes.of(SessionSpec.class)),
            TAGS.set().ofMaxSize(2),
            checks,
            TEXTS.filter(name -> !name.isBlank()).list().uniqueElements().ofSize(4),
            Combinators.combine(
                    containments(),
                    Arbitraries.of(registry.readySuites().keySet())
                        .list()
                        .uniqueElements()
                        .ofMaxSize(1))
                .as(Tuple::of))
        .as(
            (name, model, device, session, tags, bodies, names, more) -> {
              List<CheckSpec> all = new ArrayList<>();
              bodies.forEach(body -> all.add(new CheckSpec(names.get(all.size()), body)));
              return new SuiteSpec(
                  name,
                  model,
                  (DeviceSpec) device,
                  (SessionSpec) session,
                  tags,
                  more.get1(),
                  more.get2(),
                  all,
                  all.size() % 2 == 0 ? null : model + ".approved.json");
            });
  }

  private static Arbitrary<HealthCheck> check(ProbeType<?> type, ExpectationRules rules) {
    Arbitrary<List<Expectation>> expectations =
        Arbitraries.of(type.measurements()).flatMap(AnySuites::expectation).list().ofMaxSize(4);
    Arbitrary<Set<String>> tags = TAGS.set().ofMaxSize(2);
    Arbitrary<EarlyDecision> early =
        Arbitraries.integers()
            .between(0, 49)
            .map(percent -> new EarlyDecision(Quantity.percent(percent)))
            .injectNull(0.7);
    return Combinators.combine(
            value(Shapes.of(type.specification())), expectations, tags, early, containments())
        .as(
            (probe, expected, tagged, decided, contained) ->
                new HealthCheck(
                    (ProbeSpec) probe,
                    measured(expected, (ProbeSpec) probe, rules),
                    tagged,
                    decided,
                    contained));
  }

  private static List<Expectation> measured(
      List<Expectation> expectations, ProbeSpec probe, ExpectationRules rules) {
    return expectations.stream()
        .filter(one -> rules.problemOfDeclaration(one.measurement(), probe).isEmpty())
        .toList();
  }

  private static Arbitrary<Containment> containments() {
    Arbitrary<Timeout> timeouts =
        Combinators.combine(
                Arbitraries.doubles().between(0.01, 1e6),
                Arbitraries.of(ExpectationRules.units(Dimension.TIME)))
            .as((value, unit) -> new Timeout(Quantity.of(value, unit)));
    return Combinators.combine(
            Arbitraries.of(true, false).injectNull(0.7), timeouts.injectNull(0.7))
        .as(Containment::new);
  }

  private static Arbitrary<Expectation> expectation(MeasurementInfo info) {
    Arbitrary<String> part = WORDS.map(word -> info.name() + "[" + word + "]");
    Arbitrary<String> name =
        info.part().isEmpty()
            ? Arbitraries.just(info.name())
            : info.partRequired() ? part : Arbitraries.oneOf(part, Arbitraries.just(info.name()));
    return Combinators.combine(name, info.text() ? onText() : onNumber(info.unit()))
        .as(Expectation::new);
  }

  private static Arbitrary<Condition> onText() {
    Arbitrary<List<String>> items =
        WORDS.filter(word -> !word.contains(",")).list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(
        WORDS.map(Condition.Is::new),
        items.map(Condition.OneOf::new),
        items.map(Condition.Only::new),
        items.map(Condition.None::new),
        items.map(Condition.Contains::new),
        Arbitraries.of(Operator.EQUAL, Operator.NOT_EQUAL)
            .map(
                operator ->
                    new Condition.AgainstBaseline(operator, BaselineLimit.baseline(), false)),
        WORDS.map(word -> new Condition.Matches(java.util.regex.Pattern.quote(word))));
  }

  private static Quantity percent(Quantity number) {
    return Quantity.percent(number.value());
  }

  private static Arbitrary<Condition> onNumber(Unit unit) {
    Arbitrary<Quantity> quantity =
        Combinators.combine(
                Arbitraries.oneOf(
                    Arbitraries.integers().between(-5, 5000).map(Integer::doubleValue),
                    Arbitraries.doubles().between(0, 1e6)),
                Arbitraries.of(
                    ExpectationRules.units(unit.dimension()).stream()
                        .filter(candidate -> candidate != Unit.FRACTION) // written as a number
                        .toList()))
            .as(Quantity::of)
            // A share that is more than the whole has lost its percent sign, and is refused.
            .map(q -> unit == Unit.FRACTION && q.unit() == Unit.NUMBER ? percent(q) : q);
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.of(Operator.class), quantity)
            .as((operator, limit) -> new Condition.Compare(operator, limit, false)),
        Combinators.combine(Arbitraries.of(Operator.AT_LEAST, Operator.LESS_THAN), quantity)
            .as((operator, limit) -> new Condition.Compare(operator, limit, true)),
        Combinators.combine(quantity, quantity, Arbitraries.of(true, false))
            .as(
                (a, b, surely) ->
                    a.in(b.unit()) <= b.value()
                        ? new Condition.Between(a, b, surely)
                        : new Condition.Between(b, a, surely)),
        Combinators.combine(
                quantity,
                quantity.filter(tolerance -> tolerance.value() >= 0),
                Arbitraries.of(true, false))
            .as(Condition.Near::new),
        Combinators.combine(
                Arbitraries.of(Operator.AT_LEAST, Operator.LESS_THAN),
                Arbitraries.of(1.0, 1.2, 0.5, 3.0),
                quantity,
                Arbitraries.of(true, false))
            .as(
                (operator, factor, plus, surely) ->
                    new Condition.AgainstBaseline(
                        operator, new BaselineLimit(factor, plus), surely)));
  }

  private static Arbitrary<Object> value(Shape shape) {
    if (shape instanceof Shape.Text) {
      return TEXTS.asGeneric();
    } else if (shape instanceof Shape.Bool) {
      return Arbitraries.of(true, false).asGeneric();
    } else if (shape instanceof Shape.Numeric number) {
      return number(number);
    } else if (shape instanceof Shape.Choice choice) {
      return Arbitraries.of(choice.constants().values());
    } else if (shape instanceof Shape.Sequence sequence) {
      return value(sequence.items()).list().ofMaxSize(3).asGeneric();
    } else if (shape instanceof Shape.Mapping mapping) {
      return Arbitraries.maps(TEXTS, value(mapping.values())).ofMaxSize(3).asGeneric();
    } else if (shape instanceof Shape.Variants variants) {
      return Arbitraries.of(variants.variants().values()).flatMap(AnySuites::value);
    } else if (shape instanceof Shape.Fields fields) {
      return record(fields);
    }
    if (shape instanceof Shape.Parsed parsed && parsed.type() == Quantity.class) {
      return Combinators.combine(
              Arbitraries.doubles().between(0, 1e6),
              Arbitraries.of(Unit.values())
                  .filter(unit -> unit != Unit.FRACTION)) // written as a number
          .as(Quantity::of)
          .asGeneric();
    }
    if (shape instanceof Shape.Parsed parsed && parsed.type() == Crossing.class) {
      return Arbitraries.of("age", "age x sex", "age x sex x size").map(Crossing::parse);
    }
    throw new IllegalStateException("no values of " + shape);
  }

  private static Arbitrary<Object> value(Shape.Field field) {
    Shape shape = field.shape().get();
    double least = field.minimum().map(Minimum::value).orElse(Double.NEGATIVE_INFINITY);
    return shape instanceof Shape.Numeric number
        ? number(number).filter(value -> ((Number) value).doubleValue() >= least)
        : value(shape);
  }

  private static Arbitrary<Object> number(Shape.Numeric shape) {
    if (shape.type() == Integer.class) {
      return Arbitraries.integers().asGeneric();
    } else if (shape.type() == Long.class) {
      return Arbitraries.longs().asGeneric();
    }
    Arbitrary<Double> doubles =
        Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.of(0.0, -0.0, 1.0, 1e-300, 1e300, Double.POSITIVE_INFINITY));
    return shape.type() == Float.class
        ? doubles.map(Double::floatValue).asGeneric()
        : doubles.asGeneric();
  }

  /** Left out or given; what the record's constructor refuses is made again. */
  private static Arbitrary<Object> record(Shape.Fields shape) {
    List<Arbitrary<Optional<Object>>> components = new ArrayList<>();
    for (Shape.Field field : shape.fields().values()) {
      Arbitrary<Optional<Object>> given = value(field).map(Optional::of);
      components.add(
          field.required()
              ? given
              : Arbitraries.oneOf(given, Arbitraries.create(() -> field.fallback().get())));
    }
    return Combinators.combine(components)
        .as(
            values -> {
              List<@Nullable Object> arguments = new ArrayList<>();
              values.forEach(value -> arguments.add(value.orElse(null)));
              return shape.maker().make(arguments);
            })
        .ignoreException(IllegalArgumentException.class);
  }

  static ProbeRegistry registry() {
    return ProbeRegistry.load(AnySuites.class.getClassLoader());
  }
}
