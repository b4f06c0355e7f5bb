package org.modelvitals.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.modelvitals.isolation.ChildTask;
import org.modelvitals.isolation.ParentLink;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.probe.Progress;
import org.modelvitals.record.DataJson;
import org.modelvitals.suite.ProbeSpec;

/** Runs one probe in a process of its own. */
final class IsolatedChild implements ChildTask {
  private static final long STEP_NANOS = 100_000_000;

  @Override
  public void run(ParentLink parent) throws InterruptedException {
    ProbeRegistry registry = ProbeRegistry.load(Base.classLoader());
    IsolatedPass.Request request = DataJson.read(parent.hear(), IsolatedPass.Request.class);
    RunnableSuite suite = request.read(registry);
    Probed probed =
        run(suite, suite.spec().checks().get(0).check().probe(), registry, request.seed(), parent);
    say(parent, new IsolatedPass.Said(null, IsolatedPass.Result.of(probed)));
  }

  private static <S extends ProbeSpec> Probed run(
      RunnableSuite suite, S probe, ProbeRegistry registry, long seed, ParentLink parent) {
    ProbeType<S> type = registry.of(probe).orElseThrow();
    Optional<EarlyPass> early = EarlyPass.Plan.of(suite.spec(), probe).map(EarlyPass::new);
    // Time is kept, and the run cancelled, by the parent, who ends this process.
    try (Supervisor supervisor = new Supervisor(() -> false);
        SharedModels models = new SharedModels();
        RunProbeContext context =
            new RunProbeContext(
                suite,
                models,
                seed,
                progress(parent),
                early,
                Expected.of(suite.spec().checks(), probe, type))) {
      return supervisor.run(
          suite.spec().name(),
          Optional.empty(),
          stop -> {
            Probed probed = ProbeRunner.run(type, probe, context, stop);
            return early.map(pass -> pass.close(probed, type.keyword())).orElse(probed);
          },
          () -> {});
    }
  }

  private static Progress progress(ParentLink parent) {
    AtomicLong next = new AtomicLong(System.nanoTime());
    return (done, total, unit) -> {
      long due = next.get();
      long now = System.nanoTime();
      if (now - due >= 0 && next.compareAndSet(due, now + STEP_NANOS)) {
        say(parent, new IsolatedPass.Said(new IsolatedPass.Step(done, total, unit), null));
      }
    };
  }

  private static void say(ParentLink parent, IsolatedPass.Said said) {
    parent.say(DataJson.write(said));
  }
}
