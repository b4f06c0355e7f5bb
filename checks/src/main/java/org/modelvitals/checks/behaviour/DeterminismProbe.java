package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.modelvitals.checks.behaviour.Situations.Situation;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Value;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Determinism} declares. */
public final class DeterminismProbe implements ProbeType<Determinism> {
  private static final String REPEATS = "repeats";
  private static final String CALLERS = "callers";
  private static final String SESSIONS = "sessions";
  private static final String THREADS = "threads";

  @Override
  public String keyword() {
    return "determinism";
  }

  @Override
  public Class<Determinism> specification() {
    return Determinism.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return Situations.measurements("repeats, callers, sessions or threads");
  }

  @Override
  public List<Expectation> implied(Determinism specification) {
    return List.of(Determinism.mismatches().isEqualTo(0));
  }

  @Override
  public Reading probe(Determinism specification, ProbeContext context) {
    Calls calls = Calls.make(specification.on(), context);
    Situations found = new Situations(situations(specification, context.model()));
    for (Calls.Call call : calls.all()) {
      for (int i = 0; i < specification.repeats(); i++) {
        compare(found, REPEATS, call, context.model().run(call.inputs()));
      }
      if (specification.callers() > 0) {
        atOnce(context.model(), call, specification.callers())
            .forEach(outputs -> compare(found, CALLERS, call, outputs));
      }
    }
    for (int i = 0; i < specification.sessions(); i++) {
      session(found, SESSIONS, calls, context.session(), context);
    }
    for (int threads : specification.threads()) {
      session(found, THREADS, calls, context.session().threads(threads), context);
    }
    Reading.Builder reading = Reading.builder();
    found.read(reading);
    return reading.add(new Evidence.Note("What was fed", calls.words())).build();
  }

  /** With other threads a sum may be made of other parts, and be rounded another way. */
  private static Map<String, Situation> situations(Determinism specification, Model model) {
    Double declared = specification.tolerance();
    Tolerance same = declared == null ? Tolerance.NONE : new Tolerance(0, declared);
    Map<String, Situation> situations = new LinkedHashMap<>();
    situations.put(REPEATS, new Situation("when the call is repeated", same));
    if (specification.callers() > 0) {
      situations.put(
          CALLERS,
          new Situation("when %d threads call at once".formatted(specification.callers()), same));
    }
    if (specification.sessions() > 0) {
      situations.put(SESSIONS, new Situation("in a fresh session", same));
    }
    if (!specification.threads().isEmpty()) {
      situations.put(
          THREADS, new Situation("with another number of threads", Rounding.of(declared, model)));
    }
    return situations;
  }

  private static void compare(
      Situations found, String situation, Calls.Call call, Map<String, Value> again) {
    found.compare(situation, again, call.outputs(), call.places());
  }

  private static void session(
      Situations found, String situation, Calls calls, SessionSpec session, ProbeContext context) {
    try (Model fresh = context.ownModel(context.modelFile().path(), context.device(), session)) {
      for (Calls.Call call : calls.all()) {
        compare(found, situation, call, fresh.run(call.inputs()));
      }
    }
  }

  private static List<Map<String, Value>> atOnce(Model model, Calls.Call call, int count) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Map<String, Value>>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        tasks.add(() -> model.run(call.inputs()));
      }
      List<Map<String, Value>> outputs = new ArrayList<>();
      for (Future<Map<String, Value>> task : threads.invokeAll(tasks)) {
        outputs.add(task.get());
      }
      return outputs;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
