package org.modelvitals.probe;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.reading.Reading;
import org.modelvitals.reading.RowStatistic;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;

/**
 * One way to exercise a model. Implementations are registered in {@code
 * META-INF/services/org.modelvitals.probe.ProbeType}, have a public constructor without parameters,
 * and keep no state: the engine calls one instance for many models, from several threads.
 *
 * @param <S> the record that declares it
 */
public interface ProbeType<S extends ProbeSpec> {

  /** The word for it in YAML: {@code classification}. */
  String keyword();

  /** The record whose components are the parameters. */
  Class<S> specification();

  /** Every measurement the probe can return, for schema, docs, and spelling help. */
  List<MeasurementInfo> measurements();

  /**
   * Those of the conditions in {@link MeasurementInfo#when} that a specification is known not to
   * meet: what is measured under them only is not measured, and an expectation of it is a mistake
   * that is found before anything runs.
   */
  default Set<String> unmet(S specification) {
    return Set.of();
  }

  /**
   * Expectations that hold for every check of this probe, whether written or not. One that is
   * written about the same measurement takes the place of the implied one.
   */
  default List<Expectation> implied(S specification) {
    return List.of();
  }

  /**
   * Whether the probe looks at what is expected of it, and measures until that is decided. Checks
   * with other expectations then get a reading of their own.
   */
  default boolean adapts(S specification) {
    return false;
  }

  /**
   * How a measurement comes about from what became of each row, so that it can be held against an
   * approved run on the same rows; empty where it does not, or where rows are not kept.
   *
   * @param measurement its name, with the part in brackets where it has one
   */
  default Optional<RowStatistic> statistic(S specification, String measurement) {
    return Optional.empty();
  }

  /** Whether other checks may run at the same time. */
  default Demand demand() {
    return Demand.SHARED;
  }

  /**
   * Exercises the model.
   *
   * @throws org.modelvitals.model.ModelException when the model cannot be loaded, fed or run; the
   *     engine turns its reason into the verdict
   * @throws ProbeException when the declaration or its data is at fault
   * @throws NotApplicableException when the check is about something that the model does not have
   */
  Reading probe(S specification, ProbeContext context) throws Exception;

  /** What a probe needs of the machine. */
  enum Demand {
    /** Other checks may run beside it. */
    SHARED,
    /** It measures time or memory and holds the machine alone. */
    ALONE
  }
}
