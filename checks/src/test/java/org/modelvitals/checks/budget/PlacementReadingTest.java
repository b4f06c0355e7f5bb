package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelvitals.model.Device;
import org.modelvitals.model.NodeTimes;
import org.modelvitals.model.NodeTimes.Node;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

class PlacementReadingTest {
  private static final String CPU = Device.CPU.provider();
  private static final String GPU = Device.WEBGPU.provider();

  private static final NodeTimes TIMES =
      new NodeTimes(
          List.of(
              new Node("/mm", "MatMul", GPU, List.of(0.008, 0.010)),
              new Node("/shape", "Shape", CPU, List.of(0.0, 0.0)),
              new Node("/gather", "Gather", CPU, List.of(0.001, 0.001)),
              new Node("/add", "Add", "XnnpackExecutionProvider", List.of(0.0, 0.0))));

  private static Object value(Reading reading, String name) {
    Measurement measured = reading.measurement(name).orElseThrow();
    return measured.text() == null ? String.valueOf(measured.value()) : measured.text();
  }

  @Test
  void what_ran_elsewhere_is_counted_timed_and_named() {
    Reading reading = new PlacementReading(Device.WEBGPU, TIMES).reading();
    assertThat(reading.measurement("time outside").orElseThrow().value())
        .isCloseTo(0.1, within(1e-12));
    assertThat(reading.measurement("time outside").orElseThrow().interval())
        .satisfies(interval -> assertThat(interval.low()).isLessThan(0.1))
        .satisfies(interval -> assertThat(interval.high()).isGreaterThan(0.1));
    assertThat(value(reading, "nodes outside")).isEqualTo("3.0");
    assertThat(value(reading, "operators outside")).isEqualTo("Add, Gather, Shape");
    assertThat(value(reading, "nodes[webgpu]")).isEqualTo("1.0");
    assertThat(value(reading, "nodes[cpu]")).isEqualTo("2.0");
    assertThat(value(reading, "nodes[xnnpack]")).isEqualTo("1.0");
    assertThat(value(reading, "operators[webgpu]")).isEqualTo("MatMul");
    assertThat(reading.measurement("time[webgpu]").orElseThrow().value())
        .isCloseTo(0.9, within(1e-12));
    assertThat(reading.evidence())
        .filteredOn(Evidence.Table.class::isInstance)
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.sentence())
                  .isEqualTo(
                      "3 of 4 nodes ran outside webgpu; the slowest is the Gather '/gather' on cpu,"
                          + " 1 ms in a call");
              assertThat(((Evidence.Table) table).rows().get(0))
                  .containsExactly("/gather", "Gather", "cpu", "1 ms", "10 %");
            });
  }

  @Test
  void the_cpu_is_named_also_where_nothing_ran_on_it() {
    NodeTimes all = new NodeTimes(List.of(new Node("/mm", "MatMul", GPU, List.of(0.008))));
    Reading reading = new PlacementReading(Device.WEBGPU, all).reading();
    assertThat(value(reading, "time outside")).isEqualTo("0.0");
    assertThat(value(reading, "time[cpu]")).isEqualTo("0.0");
    assertThat(value(reading, "operators[cpu]")).isEqualTo("");
  }

  @Test
  void only_a_device_that_there_is_has_no_nodes() {
    NodeTimes all = new NodeTimes(List.of(new Node("/mm", "MatMul", CPU, List.of(0.008))));
    Reading reading = new PlacementReading(Device.CPU, all).reading();
    assertThat(value(reading, "nodes[cuda]")).isEqualTo("0.0");
    assertThat(value(reading, "nodes[cpu]")).isEqualTo("1.0");
    // The engine would add any other name, such as nodes[CPU], as a part that there is none of.
    assertThat(new PlacementProbe().measurements()).noneMatch(MeasurementInfo::countsParts);
  }

  @Test
  void a_model_on_the_cpu_is_where_it_should_be() {
    NodeTimes all = new NodeTimes(List.of(new Node("/mm", "MatMul", CPU, List.of(0.008))));
    Reading reading = new PlacementReading(Device.CPU, all).reading();
    assertThat(value(reading, "nodes outside")).isEqualTo("0.0");
    assertThat(value(reading, "time[cpu]")).isEqualTo("1.0");
  }
}
