package org.modelvitals.engine;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** Runs one check: probe, verdict, record, and what JUnit is told. */
final class CheckRunner {
  private CheckRunner() {}

  static void run(CheckNode node, RunContext context) {
    run(node, context, node.check().check().probe());
  }

  private static <S extends ProbeSpec> void run(
      CheckNode node, RunContext context, S specification) {
    Instant startedAt = Instant.now();
    long start = System.nanoTime();
    ProbeType<S> type =
        context
            .registry()
            .of(specification)
            .orElseThrow(
                () -> new IllegalStateException("no probe for " + specification.getClass()));
    SharedReadings.Pass pass =
        context
            .readings()
            .pass(
                new SharedReadings.Key(
                    context.models().key(node.suite()),
                    node.suite().base().folder(),
                    specification),
                node.getUniqueId().toString(),
                node.suite().spec().name() + " > " + node.check().name(),
                () -> ProbeRunner.run(type, specification, node, context));
    Probed probed = pass.result().join();
    Reading reading = probed.reading() == null ? Probed.NOTHING : probed.reading();
    Verdict verdict =
        probed.reading() == null
            ? new Verdict(probed.status(), probed.sentence(), List.of())
            : Judge.judge(reading, expectations(type, specification, node));
    boolean shared = !pass.ownerId().equals(node.getUniqueId().toString());
    context
        .recorder()
        .checked(
            node,
            type.keyword(),
            startedAt,
            (System.nanoTime() - start) / 1e9,
            shared ? pass.owner() : "",
            verdict,
            reading);
    JUnitOutcome.tell(node, verdict, reading, probed.cause(), context.settings());
  }

  private static <S extends ProbeSpec> List<Expectation> expectations(
      ProbeType<S> type, S specification, CheckNode node) {
    return Stream.concat(
            node.check().check().expectations().stream(), type.implied(specification).stream())
        .distinct()
        .toList();
  }

  /** Whether the status is one that a build should stop for. */
  static boolean isRed(Status status) {
    return status == Status.FAILED || status == Status.ERROR || status == Status.INCONCLUSIVE;
  }
}
