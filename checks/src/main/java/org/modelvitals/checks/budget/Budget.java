package org.modelvitals.checks.budget;

import org.modelvitals.model.Device;
import org.modelvitals.suite.Measured;

/**
 * The probes of this family in Java: {@code latency().singleStream().expect(p99().isAtMost(...))},
 * {@code memory().expect(peak().isAtMost(mebibytes(64)))}.
 */
public final class Budget {
  private Budget() {}

  /** A probe of the time that one call takes. */
  public static LatencySpec latency() {
    return LatencySpec.latency();
  }

  /** A probe of how much the model does in a second when it is kept busy. */
  public static ThroughputSpec throughput() {
    return ThroughputSpec.throughput();
  }

  /** A probe of the time of a call over that of another model, or of an approved build. */
  public static LatencyRatioSpec latencyRatio(String model) {
    return LatencyRatioSpec.latencyRatio(model);
  }

  /** A probe of the time of a call over that of a workload that is the same everywhere. */
  public static LatencyRatioSpec latencyRatioToYardstick() {
    return LatencyRatioSpec.latencyRatioToYardstick();
  }

  /** A probe of the time of a call over that of a workload in plain Java, without the runtime. */
  public static LatencyRatioSpec latencyRatioToJavaYardstick() {
    return LatencyRatioSpec.latencyRatioToJavaYardstick();
  }

  /** A probe of loading and the first call, apart from those after it. */
  public static ColdStartSpec coldStart() {
    return ColdStartSpec.coldStart();
  }

  /** A probe of the resident memory that the model adds to a process. */
  public static MemorySpec memory() {
    return MemorySpec.memory();
  }

  /** A probe of the processor time that the model takes. */
  public static CpuSpec cpu() {
    return CpuSpec.cpu();
  }

  /** A probe of where the model's nodes run. */
  public static PlacementSpec placement() {
    return PlacementSpec.placement();
  }

  /** Half of the calls take no longer. */
  public static Measured p50() {
    return Measured.measured("p50");
  }

  public static Measured p90() {
    return Measured.measured("p90");
  }

  public static Measured p95() {
    return Measured.measured("p95");
  }

  /** 99 % of the calls take no longer. */
  public static Measured p99() {
    return Measured.measured("p99");
  }

  public static Measured p999() {
    return Measured.measured("p99.9");
  }

  /** The slowest call that was seen. */
  public static Measured max() {
    return Measured.measured("max");
  }

  /** The fastest call that was seen. */
  public static Measured min() {
    return Measured.measured("min");
  }

  public static Measured mean() {
    return Measured.measured("mean");
  }

  /** How many calls a second one caller gets answered: the inverse of the mean. */
  public static Measured callsPerSecond() {
    return Measured.measured("calls per second");
  }

  /** The mean time of a call over the time of the signal that it covers. */
  public static Measured realTimeFactor() {
    return Measured.measured("real-time factor");
  }

  /** The same for a percentile: {@code realTimeFactor("p99")}. */
  public static Measured realTimeFactor(String percentile) {
    return Measured.measured("real-time factor", percentile);
  }

  /** Queries that were answered in a second, in the scenario server. */
  public static Measured completedRate() {
    return Measured.measured("completed rate");
  }

  /** Share of the time in which the callers were busy, in the scenario server. */
  public static Measured utilization() {
    return Measured.measured("utilization");
  }

  /** Share of the machine's processor time that others took meanwhile. */
  public static Measured interference() {
    return Measured.measured("interference");
  }

  /** Samples in a second; of several batch sizes and numbers of callers, the most. */
  public static Measured samplesPerSecond() {
    return Measured.measured("throughput");
  }

  /** Samples in a second with one of those compared: {@code samplesPerSecond("batch 8")}. */
  public static Measured samplesPerSecond(String part) {
    return Measured.measured("throughput", part);
  }

  /** Throughput over that of the first one compared: {@code scaling("callers 2")}. */
  public static Measured scaling(String part) {
    return Measured.measured("scaling", part);
  }

  /** Time of a call over that of the reference. */
  public static Measured ratio() {
    return Measured.measured("ratio");
  }

  /** Time in which the runtime makes a session. */
  public static Measured load() {
    return Measured.measured("load");
  }

  /** Time of the first call after loading. */
  public static Measured firstCall() {
    return Measured.measured("first call");
  }

  /** Time of loading and of the first call together. */
  public static Measured loadAndFirstCall() {
    return Measured.measured("load and first call");
  }

  /** Time of both together in a process that has just started. */
  public static Measured freshLoadAndFirstCall() {
    return Measured.measured("fresh load and first call");
  }

  /** Resident memory added by loading the model. */
  public static Measured loaded() {
    return Measured.measured("loaded");
  }

  /** The most resident memory that loading and running the model added at any time. */
  public static Measured peak() {
    return Measured.measured("peak");
  }

  /** Resident memory that each call adds and does not give back. */
  public static Measured growthPerCall() {
    return Measured.measured("growth per call");
  }

  /** Resident memory that is still there after the model was closed. */
  public static Measured afterClose() {
    return Measured.measured("after close");
  }

  /** Whether resident memory is {@code steady} or {@code growing}; undefined if that is unclear. */
  public static Measured trend() {
    return Measured.measured("trend");
  }

  /** The most memory that the process held on the GPU. */
  public static Measured gpuMemory() {
    return Measured.measured("gpu memory");
  }

  /** Processor time of a call, of all threads together. */
  public static Measured cpuPerCall() {
    return Measured.measured("cpu per call");
  }

  /** Cores that are busy while calls follow each other. */
  public static Measured cores() {
    return Measured.measured("cores");
  }

  /** Cores that are busy while nobody calls. */
  public static Measured idleCores() {
    return Measured.measured("idle cores");
  }

  /** Share of the time in which the GPU was busy while calls were made. */
  public static Measured gpuUtilisation() {
    return Measured.measured("gpu utilisation");
  }

  /** Share of the nodes' time that was spent outside the device that was asked for. */
  public static Measured timeOutside() {
    return Measured.measured("time outside");
  }

  /** Nodes that ran outside the device that was asked for. */
  public static Measured nodesOutside() {
    return Measured.measured("nodes outside");
  }

  /** Types of the operators that ran outside the device that was asked for. */
  public static Measured operatorsOutside() {
    return Measured.measured("operators outside");
  }

  /** Share of the nodes' time that was spent on a device. */
  public static Measured timeOn(Device device) {
    return Measured.measured("time[%s]".formatted(device.keyword()));
  }

  /** Nodes that ran on a device. */
  public static Measured nodesOn(Device device) {
    return Measured.measured("nodes[%s]".formatted(device.keyword()));
  }

  /** Types of the operators that ran on a device. */
  public static Measured operatorsOn(Device device) {
    return Measured.measured("operators[%s]".formatted(device.keyword()));
  }
}
