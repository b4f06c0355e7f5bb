package org.modelvitals.checks.budget;

import java.util.List;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.model.Model;
import org.modelvitals.model.NodeTimes;
import org.modelvitals.model.Placements;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/** Tells which execution provider ran each node, from the runtime's own profile. */
public final class PlacementProbe implements ProbeType<PlacementSpec> {

  @Override
  public String keyword() {
    return "placement";
  }

  @Override
  public Class<PlacementSpec> specification() {
    return PlacementSpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "time outside",
            Unit.FRACTION,
            "Share of the nodes' time that was spent on nodes outside the device that was asked"
                + " for."),
        MeasurementInfo.number(
            "nodes outside", Unit.NUMBER, "Nodes that ran outside the device that was asked for."),
        MeasurementInfo.text(
            "operators outside",
            "Types of the operators that ran outside the device that was asked for."),
        MeasurementInfo.ofParts(
            "time", "device", Unit.FRACTION, "Share of the nodes' time that was spent there."),
        MeasurementInfo.ofParts("nodes", "device", Unit.NUMBER, "Nodes that ran there."),
        MeasurementInfo.textOfParts(
            "operators", "device", "Types of the operators that ran there."));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public Reading probe(PlacementSpec specification, ProbeContext context) {
    Model model = context.model();
    DataSpec data = GeneratedInputs.complete(specification.data(), model, context.session());
    try (Feed feed = context.feed(data, model)) {
      Batch first =
          feed.next()
              .orElseThrow(
                  () -> new ProbeException("the data has no rows, so there is nothing to call"));
      int all = specification.warmup() + specification.calls();
      NodeTimes times =
          Placements.times(
              context.modelFile().path(),
              context.device(),
              context.session(),
              first.inputs(),
              specification.warmup(),
              specification.calls(),
              done -> context.progress().at(done, all, "calls"));
      return new PlacementReading(context.device().name(), times).reading();
    }
  }
}
