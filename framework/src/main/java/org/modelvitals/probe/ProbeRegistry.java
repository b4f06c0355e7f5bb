package org.modelvitals.probe;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.ReadySuite;

/** The probes and ready suites on the class path, by keyword, and probes by declaration. */
public final class ProbeRegistry {
  private final Map<String, ProbeType<?>> byKeyword = new LinkedHashMap<>();
  private final Map<Class<?>, ProbeType<?>> bySpecification = new LinkedHashMap<>();
  private final Map<ProbeType<?>, Map<String, MeasurementInfo>> measurements =
      new ConcurrentHashMap<>();
  private final Map<String, ReadySuite> readySuites = new LinkedHashMap<>();

  public ProbeRegistry(Iterable<? extends ProbeType<?>> types) {
    this(types, List.of());
  }

  public ProbeRegistry(
      Iterable<? extends ProbeType<?>> types, Iterable<? extends ReadySuite> suites) {
    for (ProbeType<?> type : types) {
      ProbeType<?> same = byKeyword.putIfAbsent(type.keyword(), type);
      if (same != null) {
        throw new IllegalStateException(
            "two probes are called '%s': %s and %s"
                .formatted(type.keyword(), same.getClass().getName(), type.getClass().getName()));
      }
      bySpecification.put(type.specification(), type);
    }
    for (ReadySuite suite : suites) {
      ReadySuite same = readySuites.putIfAbsent(suite.keyword(), suite);
      if (same != null) {
        throw new IllegalStateException(
            "two ready suites are called '%s': %s and %s"
                .formatted(suite.keyword(), same.getClass().getName(), suite.getClass().getName()));
      }
    }
  }

  /** The probes and ready suites that {@link ServiceLoader} finds through {@code loader}. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal cannot carry the type argument
  public static ProbeRegistry load(ClassLoader loader) {
    return new ProbeRegistry(
        (Iterable) ServiceLoader.load(ProbeType.class, loader),
        ServiceLoader.load(ReadySuite.class, loader));
  }

  public Collection<ProbeType<?>> types() {
    return byKeyword.values();
  }

  /** The words for the probes in YAML, in the order of {@link #types}. */
  public Set<String> keywords() {
    return Collections.unmodifiableSet(byKeyword.keySet());
  }

  /** What the probe can measure, by name without brackets; asked of the probe once. */
  public Map<String, MeasurementInfo> measurements(ProbeType<?> type) {
    return measurements.computeIfAbsent(type, ProbeRegistry::byName);
  }

  private static Map<String, MeasurementInfo> byName(ProbeType<?> type) {
    Map<String, MeasurementInfo> byName = new LinkedHashMap<>();
    for (MeasurementInfo info : type.measurements()) {
      byName.putIfAbsent(info.name(), info);
    }
    return Collections.unmodifiableMap(byName);
  }

  public Optional<ProbeType<?>> byKeyword(String keyword) {
    return Optional.ofNullable(byKeyword.get(keyword));
  }

  /** The ready suites by their keywords. */
  public Map<String, ReadySuite> readySuites() {
    return Collections.unmodifiableMap(readySuites);
  }

  /** The probe that {@code specification} declares. */
  @SuppressWarnings("unchecked") // the map's key is the type argument of its value
  public <S extends ProbeSpec> Optional<ProbeType<S>> of(S specification) {
    return Optional.ofNullable((ProbeType<S>) bySpecification.get(specification.getClass()));
  }
}
