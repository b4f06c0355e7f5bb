package org.modelvitals.record;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Compared;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** Run records of every form. */
public final class RunRecordArbitraries extends DomainContextBase {
  private static final Instant START = Instant.parse("2026-11-24T20:15:30Z");

  /** One suite with one failed check. */
  static RunRecord small() {
    return small("run", 0, Status.FAILED);
  }

  /** One suite with one check, {@code second} seconds after a fixed time. */
  static RunRecord small(String id, long second, Status status) {
    Verdict verdict = new Verdict(status, "because", List.of());
    CheckRecord check =
        new CheckRecord(
            "[check:c]",
            "c",
            "artifact",
            Map.of("opset", 17),
            Set.of(),
            START.plusSeconds(second),
            0.5,
            "",
            verdict,
            List.of(Measurement.exact("opset", 17, Unit.NUMBER)),
            List.of(new Evidence.Note("a", "b")),
            List.of());
    return new RunRecord(
        RunRecord.SCHEMA,
        id,
        "build",
        START.plusSeconds(second),
        START.plusSeconds(second + 1),
        42,
        Map.of("Java", "17"),
        new MachineRecord("Linux", "amd64", "cpu", 2, 1024),
        List.of(
            new SuiteRecord(
                "[suite:s]",
                "s",
                "S",
                "/build/a",
                Set.of(),
                new ModelRecord("m.onnx", "ab", 3),
                new DeviceRecord("cpu", 0, Map.of("CPUExecutionProvider", 1), Map.of()),
                List.of(check))));
  }

  /** Any text, halves of surrogate pairs and control characters included. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(8),
        Arbitraries.strings()
            .withChars('\0', '\n', '"', '\\', '\ud83e', '\ude7a', '\u2028', '<')
            .ofMaxLength(5));
  }

  private static Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble).map(d -> d.isNaN() ? Double.NaN : d),
        Arbitraries.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            0.1,
            1.0));
  }

  private static Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 4_000_000_000L),
            Arbitraries.integers().between(0, 999_999_999))
        .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos));
  }

  private static Arbitrary<Interval> intervals() {
    return Combinators.combine(
            doubles().filter(d -> !d.isNaN()), doubles().filter(d -> !d.isNaN()), texts())
        .as((a, b, method) -> new Interval(Math.min(a, b), Math.max(a, b), 0.95, method));
  }

  private static Arbitrary<Measurement> measurements() {
    return Combinators.combine(
            texts(),
            Arbitraries.of(Unit.class),
            doubles().injectNull(0.2),
            texts(),
            Arbitraries.longs(),
            intervals().injectNull(0.3),
            texts().injectNull(0.5),
            Arbitraries.of(true, false))
        .as(
            (name, unit, value, text, count, interval, note, isText) ->
                new Measurement(
                    name,
                    unit,
                    isText ? null : value,
                    isText ? text : null,
                    count,
                    interval,
                    note));
  }

  private static Arbitrary<Outcome> outcomes() {
    return Combinators.combine(
            texts(),
            texts(),
            Arbitraries.of(Status.class),
            measurements().injectNull(0.2),
            doubles().injectNull(0.2),
            doubles().injectNull(0.2),
            texts(),
            compared().injectNull(0.5))
        .as(Outcome::new);
  }

  private static Arbitrary<Compared> compared() {
    return Combinators.combine(
            doubles(),
            doubles(),
            intervals().injectNull(0.3),
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.longs(),
            texts())
        .as(Compared::new);
  }

  private static Arbitrary<Verdict> verdicts() {
    return Combinators.combine(
            Arbitraries.of(Status.class), texts(), outcomes().list().ofMaxSize(2))
        .as(Verdict::new);
  }

  private static Arbitrary<Evidence> evidence() {
    Arbitrary<List<String>> row = texts().list().ofMaxSize(3);
    Arbitrary<Long> counts = Arbitraries.longs();
    return Arbitraries.oneOf(
        Combinators.combine(texts(), texts()).as(Evidence.Note::new),
        Combinators.combine(texts(), texts(), row, row.list().ofMaxSize(3)).as(Evidence.Table::new),
        Combinators.combine(
                texts(),
                texts(),
                texts(),
                texts(),
                row,
                counts.list().ofMaxSize(3).list().ofMaxSize(3))
            .as(Evidence.Matrix::new),
        Combinators.combine(
                texts(),
                texts(),
                Arbitraries.of(Unit.class),
                Combinators.combine(doubles(), doubles(), counts)
                    .as(Evidence.Histogram.Bin::new)
                    .list()
                    .ofMaxSize(3),
                Combinators.combine(texts(), doubles())
                    .as(Evidence.Histogram.Mark::new)
                    .list()
                    .ofMaxSize(2))
            .as(Evidence.Histogram::new),
        Combinators.combine(
                texts(),
                texts(),
                Arbitraries.of(Unit.class),
                Combinators.combine(texts(), doubles(), doubles().injectNull(0.3))
                    .as(Evidence.Bars.Bar::new)
                    .list()
                    .ofMaxSize(3))
            .as(Evidence.Bars::new),
        Combinators.combine(
                texts(),
                texts(),
                texts(),
                texts(),
                Arbitraries.of(true, false),
                Combinators.combine(doubles(), doubles(), counts)
                    .as(Evidence.Curve.Point::new)
                    .list()
                    .ofMaxSize(3))
            .as(Evidence.Curve::new),
        Combinators.combine(
                texts(),
                texts(),
                Arbitraries.of(Unit.class),
                Combinators.combine(texts(), doubles().injectNull(0.2), texts().injectNull(0.5))
                    .as(Evidence.Strip.Cell::new)
                    .list()
                    .ofMaxSize(3),
                Arbitraries.integers().between(0, 2).injectNull(0.5))
            .as(
                (title, sentence, unit, cells, mark) ->
                    new Evidence.Strip(
                        title,
                        sentence,
                        unit,
                        cells,
                        mark == null || mark >= cells.size() ? null : mark)));
  }

  /** What YAML can say: texts, numbers, truth values, nothing, lists and maps of them. */
  private static Arbitrary<Map<String, Object>> parameters() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            texts().map(t -> (Object) t),
            Arbitraries.integers().map(i -> (Object) i),
            Arbitraries.longs().filter(l -> l != l.intValue()).map(l -> (Object) l),
            Arbitraries.doubles().map(d -> (Object) d),
            Arbitraries.of(true, false).map(b -> (Object) b));
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            scalars,
            scalars.list().ofMaxSize(3).map(list -> (Object) list),
            Arbitraries.maps(texts(), scalars).ofMaxSize(2).map(map -> (Object) map));
    return Arbitraries.maps(texts(), values).ofMaxSize(3).map(LinkedHashMap::new);
  }

  private static Arbitrary<CheckRecord> checks() {
    return Builders.withBuilder(Parts::new)
        .use(texts())
        .in((p, v) -> p.with("id", v))
        .use(parameters())
        .in((p, v) -> p.with("parameters", v))
        .use(texts().set().ofMaxSize(3))
        .in((p, v) -> p.with("tags", v))
        .use(instants())
        .in((p, v) -> p.with("startedAt", v))
        .use(doubles())
        .in((p, v) -> p.with("seconds", v))
        .use(verdicts())
        .in((p, v) -> p.with("verdict", v))
        .use(measurements().list().ofMaxSize(3))
        .in((p, v) -> p.with("measurements", v))
        .use(evidence().list().ofMaxSize(3))
        .in((p, v) -> p.with("evidence", v))
        .use(verdicts().list().ofMaxSize(2))
        .in((p, v) -> p.with("attempts", v))
        .use(Arbitraries.of(true, false))
        .in((p, v) -> p.with("isolated", v))
        .build(Parts::check);
  }

  private static final class Parts {
    private final Map<String, Object> parts = new LinkedHashMap<>();

    Parts with(String name, Object value) {
      parts.put(name, value);
      return this;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // set by checks() alone
    private <T> T get(String name) {
      return (T) java.util.Objects.requireNonNull(parts.get(name));
    }

    CheckRecord check() {
      String id = get("id");
      return new CheckRecord(
          id,
          "name of " + id,
          "probe",
          get("parameters"),
          get("tags"),
          get("startedAt"),
          get("seconds"),
          id,
          get("verdict"),
          get("measurements"),
          get("evidence"),
          get("attempts"),
          this.<Boolean>get("isolated") ? true : null);
    }
  }

  private record Held(List<CheckRecord> checks, @Nullable BaselineRecord baseline) {}

  private static Arbitrary<SuiteRecord> suites() {
    Arbitrary<ModelRecord> models =
        Combinators.combine(texts(), texts().injectNull(0.2), Arbitraries.longs())
            .as(ModelRecord::new);
    Arbitrary<DeviceRecord> devices =
        Combinators.combine(
                texts(),
                Arbitraries.integers(),
                Arbitraries.maps(texts(), Arbitraries.integers()).ofMaxSize(2),
                Arbitraries.maps(texts(), texts()).ofMaxSize(2))
            .as(DeviceRecord::new);
    return Combinators.combine(
            texts(),
            texts(),
            texts(),
            texts(),
            texts().set().ofMaxSize(2),
            models,
            devices,
            Combinators.combine(
                    checks().list().ofMaxSize(2),
                    Combinators.combine(texts(), instants(), models)
                        .as(BaselineRecord::new)
                        .injectNull(0.5))
                .as(Held::new))
        .as(
            (id, name, source, directory, tags, model, device, held) ->
                new SuiteRecord(
                    id,
                    name,
                    source,
                    directory,
                    tags,
                    model,
                    device,
                    held.checks(),
                    held.baseline()));
  }

  @Provide
  Arbitrary<RunRecord> runs() {
    return Combinators.combine(
            texts(),
            instants(),
            instants(),
            Arbitraries.longs(),
            Arbitraries.maps(texts(), texts()).ofMaxSize(3),
            Combinators.combine(
                    texts(), texts(), texts(), Arbitraries.integers(), Arbitraries.longs())
                .as(MachineRecord::new),
            suites().list().ofMaxSize(2))
        .as(
            (id, started, finished, seed, versions, machine, suites) ->
                new RunRecord(
                    RunRecord.SCHEMA,
                    id,
                    id + "b",
                    started,
                    finished,
                    seed,
                    versions,
                    machine,
                    suites));
  }
}
