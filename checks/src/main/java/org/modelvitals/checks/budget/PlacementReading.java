package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.modelvitals.model.Device;
import org.modelvitals.model.NodeTimes;
import org.modelvitals.model.NodeTimes.Node;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.RatioOfSums;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** What a profile says of the devices that the nodes ran on. */
final class PlacementReading {
  private static final int SHOWN = 50;
  private static final String SUFFIX = "ExecutionProvider";

  private final Device asked;
  private final List<Node> nodes;

  PlacementReading(Device asked, NodeTimes times) {
    this.asked = asked;
    this.nodes = times.nodes();
  }

  /** The word for a provider in suites, where it has one. */
  private static String device(String provider) {
    return Arrays.stream(Device.values())
        .filter(device -> device.provider().equals(provider))
        .findFirst()
        .map(Device::keyword)
        .orElseGet(() -> provider.replace(SUFFIX, "").toLowerCase(Locale.ROOT));
  }

  private boolean isOutside(Node node) {
    return !node.provider().equals(asked.provider());
  }

  Reading reading() {
    // The device that was asked for stands first, and the CPU is never left out.
    Map<String, List<Node>> byDevice = new LinkedHashMap<>();
    byDevice.put(asked.keyword(), new ArrayList<>());
    byDevice.putIfAbsent(Device.CPU.keyword(), new ArrayList<>());
    for (Node node : nodes) {
      byDevice.computeIfAbsent(device(node.provider()), name -> new ArrayList<>()).add(node);
    }
    List<Node> outside = nodes.stream().filter(this::isOutside).toList();
    Reading.Builder reading =
        Reading.builder()
            .add(share("time outside", this::isOutside))
            .add(Measurement.exact("nodes outside", outside.size(), Unit.NUMBER))
            .add(Measurement.text("operators outside", operators(outside)));
    byDevice.forEach(
        (device, there) -> {
          String part = "[" + device + "]";
          reading
              .add(share("time" + part, node -> device(node.provider()).equals(device)))
              .add(Measurement.exact("nodes" + part, there.size(), Unit.NUMBER))
              .add(Measurement.text("operators" + part, operators(there)));
        });
    // A known device on which nothing ran has no nodes; a word that is no device has no count.
    for (Device known : Device.values()) {
      if (!byDevice.containsKey(known.keyword())) {
        reading.add(Measurement.exact("nodes[" + known.keyword() + "]", 0, Unit.NUMBER));
      }
    }
    return reading.add(bars(byDevice)).add(table(outside)).build();
  }

  /** A share of the time of all nodes; calls differ, so it has the interval of a ratio. */
  private Measurement share(String name, Predicate<Node> counted) {
    int calls = nodes.stream().mapToInt(node -> node.seconds().size()).max().orElse(0);
    RatioOfSums ratio = new RatioOfSums();
    for (int call = 0; call < calls; call++) {
      double part = 0;
      double whole = 0;
      for (Node node : nodes) {
        double seconds = node.seconds().get(call);
        whole += seconds;
        part += counted.test(node) ? seconds : 0;
      }
      ratio.add(part, whole);
    }
    return ratio.denominator() > 0
        ? Measurement.sampled(name, ratio.value(), Unit.FRACTION, calls, ratio.interval())
        : Measurement.undefined(
            name, Unit.FRACTION, calls, "the runtime's profile has no time of any node");
  }

  private static String operators(List<Node> some) {
    return some.stream().map(Node::operator).distinct().sorted().collect(Collectors.joining(", "));
  }

  private static Evidence bars(Map<String, List<Node>> byDevice) {
    return new Evidence.Bars(
        "Time of a call by device",
        "",
        Unit.SECONDS,
        byDevice.entrySet().stream()
            .map(
                entry ->
                    new Evidence.Bars.Bar(
                        entry.getKey(),
                        entry.getValue().stream().mapToDouble(Node::mean).sum(),
                        null))
            .toList());
  }

  private Evidence table(List<Node> outside) {
    List<Node> slowest =
        outside.stream().sorted(Comparator.comparingDouble(Node::mean).reversed()).toList();
    double all = nodes.stream().mapToDouble(Node::mean).sum();
    return new Evidence.Table(
        "Nodes outside " + asked.keyword() + ", the slowest first",
        sentence(slowest),
        List.of("node", "operator", "ran on", "time of a call", "share"),
        slowest.stream()
            .limit(SHOWN)
            .map(
                node ->
                    List.of(
                        node.name(),
                        node.operator(),
                        device(node.provider()),
                        Quantity.seconds(node.mean()).display(),
                        all > 0
                            ? Quantity.percent(100 * node.mean() / all).display()
                            : "undefined"))
            .toList());
  }

  private String sentence(List<Node> slowest) {
    if (slowest.isEmpty()) {
      return "";
    }
    Node first = slowest.get(0);
    return "%d of %d nodes ran outside %s; the slowest is the %s '%s' on %s, %s in a call"
        .formatted(
            slowest.size(),
            nodes.size(),
            asked.keyword(),
            first.operator(),
            first.name(),
            device(first.provider()),
            Quantity.seconds(first.mean()).display());
  }
}
