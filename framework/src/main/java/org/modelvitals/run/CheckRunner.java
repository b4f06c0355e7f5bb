package org.modelvitals.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelPool;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.Baseline;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Containment;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/**
 * Runs checks, from several threads at once if need be. Models are loaded once and shared, equal
 * probes run once, and whatever happens to a check becomes its verdict: nothing is thrown.
 */
public final class CheckRunner implements AutoCloseable {
  private final ProbeRegistry registry;
  private final long seed;
  private final Optional<Duration> timeout;
  private final Supervisor supervisor;
  private final SharedModels models = new SharedModels();
  private final SharedReadings readings = new SharedReadings();
  private final Baselines baselines;

  /**
   * @param seed of everything random
   * @param timeout the longest that a check may take which says nothing of its own; first to read
   *     the model's file, and then again to run its probe
   * @param cancelled asked now and then whether the run was cancelled
   */
  public CheckRunner(
      ProbeRegistry registry, long seed, Optional<Duration> timeout, BooleanSupplier cancelled) {
    this(registry, seed, timeout, cancelled, false);
  }

  /**
   * The same.
   *
   * @param approving whether this run is to be approved, so that it needs nothing that was
   */
  public CheckRunner(
      ProbeRegistry registry,
      long seed,
      Optional<Duration> timeout,
      BooleanSupplier cancelled,
      boolean approving) {
    this.baselines = new Baselines(seed, approving);
    this.registry = registry;
    this.seed = seed;
    this.timeout = timeout;
    this.supervisor = new Supervisor(cancelled);
  }

  /** Says which suites will come, so that their models stay open until the last has finished. */
  public void expect(Collection<RunnableSuite> suites) {
    models.expect(suites);
  }

  public CheckResult run(RunnableSuite suite, CheckSpec check) {
    return run(suite, check, check.check().probe());
  }

  private <S extends ProbeSpec> CheckResult run(
      RunnableSuite suite, CheckSpec check, S specification) {
    Instant startedAt = Instant.now();
    long start = System.nanoTime();
    Optional<ProbeType<S>> type = registry.of(specification);
    SharedReadings.Shared shared =
        type.map(known -> probe(suite, check, specification, known))
            .orElseGet(() -> new SharedReadings.Shared("", unknown(specification)));
    Probed probed = shared.probed();
    return new CheckResult(
        type.map(ProbeType::keyword).orElse(""),
        verdict(probed, suite, check, specification, type),
        probed.reading() == null ? Probed.NOTHING : probed.reading(),
        shared.owner(),
        startedAt,
        (System.nanoTime() - start) / 1e9,
        probed.placement(),
        probed.cause());
  }

  private <S extends ProbeSpec> SharedReadings.Shared probe(
      RunnableSuite suite, CheckSpec check, S specification, ProbeType<S> type) {
    String name = suite.spec().name() + " > " + check.name();
    Containment containment = check.check().containment().within(suite.spec().containment());
    Optional<Duration> limit = containment.limit().or(() -> timeout);
    AtomicReference<ModelPool.Key> model = new AtomicReference<>();
    Probed identified =
        supervisor.run(
            name,
            limit,
            stop -> {
              try {
                model.set(models.key(suite));
                return Probed.of(Probed.NOTHING);
              } catch (ModelException e) {
                return stop.requested()
                    ? stop.stopped(e)
                    : Probed.ended(
                        ProbeRunner.status(e, suite.spec().device()), ProbeRunner.sentence(e), e);
              }
            },
            () -> {});
    ModelPool.Key key = model.get();
    if (key == null || identified.reading() == null) {
      return new SharedReadings.Shared("", identified);
    }
    Optional<EarlyPass.Plan> early = EarlyPass.Plan.of(suite.spec(), specification);
    List<Expectation> expected =
        Expected.of(Expected.hanging(suite.spec(), check), specification, type);
    return readings.pass(
        new SharedReadings.Key(
            key,
            models.file(suite).path().toAbsolutePath().getParent(),
            suite.base(),
            specification,
            early,
            containment,
            expected,
            suite.spec().baseline() != null),
        name,
        () ->
            containment.isIsolated()
                ? isolated(suite, name, limit, specification, type)
                : supervised(suite, name, limit, specification, type, early, expected));
  }

  /** Runs the probe in a process of its own, which is ended when the probe shall stop. */
  private <S extends ProbeSpec> Probed isolated(
      RunnableSuite suite,
      String name,
      Optional<Duration> limit,
      S specification,
      ProbeType<S> type) {
    WatchedProgress progress = new WatchedProgress(name);
    return supervisor.run(
        name,
        limit,
        stop -> {
          try (progress) {
            progress.stopWith(stop);
            return ProbeRunner.caught(
                type.keyword(),
                suite.spec().device(),
                stop,
                () ->
                    IsolatedRunner.run(
                        IsolatedPass.Request.of(suite, specification, registry, seed),
                        suite.spec().model(),
                        progress,
                        stop));
          }
        },
        () -> {});
  }

  private <S extends ProbeSpec> Probed supervised(
      RunnableSuite suite,
      String name,
      Optional<Duration> limit,
      S specification,
      ProbeType<S> type,
      Optional<EarlyPass.Plan> plan,
      List<Expectation> expected) {
    WatchedProgress progress = new WatchedProgress(name);
    Optional<EarlyPass> early = plan.map(EarlyPass::new);
    RunProbeContext context = new RunProbeContext(suite, models, seed, progress, early, expected);
    return supervisor.run(
        name,
        limit,
        stop -> {
          try (context;
              progress) {
            progress.stopWith(stop);
            Probed probed = ProbeRunner.run(type, specification, context, stop);
            return early.map(pass -> pass.close(probed, type.keyword())).orElse(probed);
          }
        },
        context::interrupt);
  }

  private static Probed unknown(ProbeSpec specification) {
    return Probed.ended(
        Status.ERROR,
        "no probe is registered for %s".formatted(specification.getClass().getName()),
        null);
  }

  private <S extends ProbeSpec> Verdict verdict(
      Probed probed,
      RunnableSuite suite,
      CheckSpec check,
      S specification,
      Optional<ProbeType<S>> type) {
    Reading reading = probed.reading();
    if (reading == null || type.isEmpty()) {
      return new Verdict(probed.status(), probed.sentence(), List.of());
    }
    try {
      List<MeasurementInfo> infos = type.get().measurements();
      List<Expectation> expectations =
          Expected.of(check.check().expectations(), type.get().implied(specification), infos);
      return Judge.judge(
          AbsentParts.counted(reading, expectations, infos),
          expectations,
          infos,
          baselines.approval(suite, check, type.get(), specification, reading));
    } catch (RuntimeException e) {
      return new Verdict(Status.ERROR, "the reading cannot be judged: " + e, List.of());
    }
  }

  /**
   * The file of a suite's model.
   *
   * @throws ModelException if there is none
   */
  public ModelFile modelFile(RunnableSuite suite) {
    return models.file(suite);
  }

  /** The approved run that a suite is held against; empty if there is none. */
  public Optional<Baseline> baseline(RunnableSuite suite) {
    return baselines.of(suite);
  }

  /** Says that a suite has ended: what only it needed is closed. */
  public void finished(RunnableSuite suite) {
    models.finished(suite);
  }

  /** How many sessions of the runtime were created so far. */
  public long modelsLoaded() {
    return models.loads();
  }

  /** How many sessions of the runtime are open now. */
  public int modelsOpen() {
    return models.open();
  }

  @Override
  public void close() {
    supervisor.close();
    models.close();
  }
}
