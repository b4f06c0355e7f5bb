package org.modelvitals.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.ConfigurationParameters;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Nearest;
import org.modelvitals.verdict.Status;

/**
 * The engine's configuration parameters, given as JUnit Platform configuration parameters or system
 * properties:
 *
 * <ul>
 *   <li>{@code modelvitals.device}: {@code cuda} or {@code cuda:1}; overrides what suites ask for
 *   <li>{@code modelvitals.device.required}: whether a missing device fails instead of skips
 *   <li>{@code modelvitals.threads}: overrides the suites' threads within an operator
 *   <li>{@code modelvitals.seed}: the seed of everything random; 42 if absent
 *   <li>{@code modelvitals.inconclusive}: {@code failed} (default), {@code skipped} or {@code
 *       passed}: what JUnit is told of an inconclusive check
 *   <li>{@code modelvitals.timeout}: the longest a check may take, such as {@code 10 min}
 *   <li>{@code modelvitals.parallel.enabled}: whether suites run in parallel; {@code
 *       modelvitals.parallel.config.*} are the platform's own settings for that
 *   <li>{@code modelvitals.source}: {@code field}, {@code method} or {@code auto}: how a check that
 *       is a field tells where it stands; see the guide
 *   <li>{@code modelvitals.report.*}: passed on to the reports
 * </ul>
 */
final class Settings {
  static final String PREFIX = "modelvitals.";

  private final ConfigurationParameters parameters;

  private Settings(ConfigurationParameters parameters) {
    this.parameters = parameters;
  }

  static Settings of(ConfigurationParameters parameters) {
    return new Settings(parameters);
  }

  private Optional<String> get(String key) {
    return parameters.get(PREFIX + key).map(String::strip).filter(value -> !value.isEmpty());
  }

  boolean parallel() {
    return get("parallel.enabled").map(Boolean::parseBoolean).orElse(false);
  }

  long seed() {
    return get("seed").map(text -> number("seed", text)).orElse(42L);
  }

  /** What the suite asks for, after overrides from outside. */
  DeviceSpec device(DeviceSpec asked) {
    DeviceSpec chosen = get("device").map(this::device).orElse(asked);
    return get("device.required")
        .map(
            required ->
                new DeviceSpec(
                    chosen.name(),
                    chosen.index(),
                    Boolean.parseBoolean(required),
                    chosen.options()))
        .orElse(chosen);
  }

  private DeviceSpec device(String text) {
    String[] parts = text.split(":", 2);
    Device device =
        Arrays.stream(Device.values())
            .filter(candidate -> candidate.keyword().equals(parts[0].toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(unknownDevice(parts[0])));
    int index = parts.length == 1 ? 0 : Math.toIntExact(number("device", parts[1]));
    return new DeviceSpec(device, index, false, Map.of());
  }

  private static String unknownDevice(String name) {
    List<String> names = Arrays.stream(Device.values()).map(Device::keyword).toList();
    return "modelvitals.device is '%s'; the devices are %s%s"
        .formatted(
            name,
            String.join(", ", names),
            Nearest.to(name, names).map(n -> "; did you mean '" + n + "'?").orElse(""));
  }

  Optional<Integer> threads() {
    return get("threads").map(text -> Math.toIntExact(number("threads", text)));
  }

  Status inconclusive() {
    return get("inconclusive")
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "failed" -> Status.FAILED;
                  case "skipped" -> Status.SKIPPED;
                  case "passed" -> Status.PASSED;
                  default ->
                      throw new IllegalArgumentException(
                          "modelvitals.inconclusive is '%s'; it can be failed, skipped or passed"
                              .formatted(text));
                })
        .orElse(Status.FAILED);
  }

  Optional<Duration> timeout() {
    return get("timeout")
        .map(text -> Duration.ofNanos((long) (Quantity.parse(text).in(Unit.SECONDS) * 1e9)));
  }

  /**
   * Whether checks name a method as their source. Surefire filters {@code -Dtest=Class#check} by
   * method sources only, so that is what it gets; elsewhere a field is called a field.
   */
  boolean methodSources() {
    return switch (get("source").orElse("auto")) {
      case "method" -> true;
      case "field" -> false;
      default ->
          System.getProperty("surefire.real.class.path") != null
              || System.getProperty("surefire.test.class.path") != null;
    };
  }

  /** The settings of reports, without their prefix. */
  Map<String, String> report() {
    String prefix = PREFIX + "report.";
    Map<String, String> settings = new TreeMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> settings.put(name.substring(prefix.length()), System.getProperty(name)));
    parameters.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(
            name ->
                parameters
                    .get(name)
                    .ifPresent(value -> settings.put(name.substring(prefix.length()), value)));
    return settings;
  }

  /**
   * Identifies the build that this JVM is part of, so that reports of several JVMs can be joined.
   */
  String build() {
    return get("build")
        .orElseGet(
            () ->
                ProcessHandle.current()
                    .parent()
                    .map(
                        parent ->
                            parent.pid()
                                + "-"
                                + parent
                                    .info()
                                    .startInstant()
                                    .map(instant -> Long.toString(instant.toEpochMilli()))
                                    .orElse("0"))
                    .orElse("alone-" + ProcessHandle.current().pid()));
  }

  private static long number(String key, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "modelvitals.%s is '%s', which is not a whole number".formatted(key, text), e);
    }
  }
}
