package org.modelvitals.engine;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.platform.engine.ConfigurationParameters;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.text.Nearest;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Status;

/**
 * The engine's configuration parameters, given as JUnit Platform configuration parameters or system
 * properties; {@code docs/engine.md} has them as a table. A value that cannot be understood is a
 * problem, and what was not understood has its default.
 *
 * @param model overrides what suites are about, an absolute path
 * @param device overrides what suites ask for
 * @param required overrides whether a missing device fails instead of skips
 * @param threads overrides the suites' threads within an operator
 * @param timeout of checks that say nothing of their own
 * @param isolation which suites run in processes of their own
 * @param baseline the approved run, or a folder of them, that takes the place of the suites' own
 * @param approve whether the run becomes the approved one
 * @param inconclusive what JUnit is told of an inconclusive check
 * @param methodSources whether checks that are fields say they are methods
 * @param build what identifies the build that this JVM is part of, where it was given
 * @param reporting whether reports are written
 * @param report the settings of reports, without their prefix
 * @param problems what was not understood, in sentences
 * @param doubts names that look like a misspelt setting, in sentences
 */
record Settings(
    Optional<String> model,
    Optional<DeviceSpec> device,
    Optional<Boolean> required,
    Optional<Integer> threads,
    long seed,
    Optional<Duration> timeout,
    IsolationSetting isolation,
    Optional<Path> baseline,
    Approve approve,
    Status inconclusive,
    boolean parallel,
    boolean methodSources,
    Optional<String> build,
    boolean reporting,
    Map<String, String> report,
    List<String> problems,
    List<String> doubts) {

  static final String PREFIX = "modelvitals.";
  private static final String REPORT = "report.";
  private static final String PARALLEL_CONFIG = "parallel.config.";
  private static final long DEFAULT_SEED = 42;

  /** So that no run hangs for ever. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  private static final List<String> KEYS =
      List.of(
          "model",
          "device",
          "device.required",
          "device.options",
          "threads",
          "seed",
          "timeout",
          "isolated",
          "trusted",
          "baseline",
          "approve",
          "inconclusive",
          "parallel.enabled",
          "source",
          "build",
          "report.enabled");

  static Settings of(ConfigurationParameters parameters) {
    Reader reader = new Reader(parameters);
    Optional<Map<String, String>> options = reader.get("device.options", Settings::options);
    return new Settings(
        reader.get("model", Settings::absolute),
        reader.get("device", text -> device(text, options.orElse(Map.of()))),
        reader.get("device.required", Settings::bool),
        reader.get("threads", text -> (int) number(text, 1, Integer.MAX_VALUE)),
        reader
            .get("seed", text -> number(text, Long.MIN_VALUE, Long.MAX_VALUE))
            .orElse(DEFAULT_SEED),
        reader.get("timeout", Settings::timeout).orElse(Optional.of(DEFAULT_TIMEOUT)),
        IsolationSetting.of(
            reader.get("isolated", IsolationSetting.Mode::parse),
            reader.get("trusted", text -> text)),
        reader.get("baseline", Settings::path),
        reader.get("approve", Settings::approve).orElse(Approve.NOTHING),
        reader.get("inconclusive", Settings::inconclusive).orElse(Status.FAILED),
        reader.get("parallel.enabled", Settings::bool).orElse(false),
        reader.get("source", Settings::methodSources).orElseGet(Settings::filteredByMethod),
        reader.get("build", text -> text),
        reader.get("report.enabled", Settings::bool).orElse(true),
        report(parameters),
        reader.problems,
        doubts(parameters));
  }

  /** What of a run is approved. */
  enum Approve {
    NOTHING,
    /** Suites of which every check passed. */
    PASSED,
    /** Every suite, whatever became of its checks. */
    ANYWAY
  }

  private static final class Reader {
    private final ConfigurationParameters parameters;
    private final List<String> problems = new ArrayList<>();

    private Reader(ConfigurationParameters parameters) {
      this.parameters = parameters;
    }

    private <T> Optional<T> get(String key, Function<String, T> understand) {
      Optional<String> text =
          parameters.get(PREFIX + key).map(String::strip).filter(value -> !value.isEmpty());
      try {
        return text.map(understand);
      } catch (IllegalArgumentException | ArithmeticException e) {
        problems.add("%s%s is '%s': %s".formatted(PREFIX, key, text.orElse(""), e.getMessage()));
        return Optional.empty();
      }
    }
  }

  /**
   * The suite with what was asked for from outside.
   *
   * @param file that declares it; empty for a class
   */
  SuiteSpec override(SuiteSpec suite, Optional<Path> file) {
    DeviceSpec own = suite.device();
    DeviceSpec chosen =
        device
            .map(
                given ->
                    new DeviceSpec(
                        given.name(),
                        given.index(),
                        own.required(),
                        given.options().isEmpty() && given.name() == own.name()
                            ? own.options()
                            : given.options()))
            .orElse(own);
    DeviceSpec asked =
        new DeviceSpec(
            chosen.name(), chosen.index(), required.orElse(chosen.required()), chosen.options());
    SuiteSpec overridden =
        new SuiteSpec(
            suite.name(),
            model.orElse(suite.model()),
            asked,
            threads.map(suite.session()::threads).orElse(suite.session()),
            suite.tags(),
            suite.containment(),
            suite.include(),
            approve == Approve.NOTHING ? suite.checks() : whole(suite.checks()),
            baseline.map(given -> baseline(given, suite.name())).orElse(suite.baseline()));
    return isolation.of(file).map(overridden::isolated).orElse(overridden);
  }

  /** Relative to the working directory, not to the suite, for it is written elsewhere. */
  private static String absolute(String model) {
    return model.startsWith(FileSuites.CLASSPATH)
        ? model
        : Path.of("").toAbsolutePath().resolve(model).normalize().toString();
  }

  /** A folder has a file for each suite. */
  private static String baseline(Path given, String suite) {
    return Files.isDirectory(given)
        ? given.resolve(suite.replaceAll("[^\\p{L}\\p{N}._-]+", "-") + ".approved.json").toString()
        : given.toString();
  }

  /** What is approved is made of all rows. */
  private static List<CheckSpec> whole(List<CheckSpec> checks) {
    return checks.stream()
        .map(
            check ->
                new CheckSpec(
                    check.name(),
                    new HealthCheck(
                        check.check().probe(),
                        check.check().expectations(),
                        check.check().tags(),
                        null,
                        check.check().containment())))
        .toList();
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is not a path: " + e.getReason(), e);
    }
  }

  private static Approve approve(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Approve.PASSED;
      case "anyway" -> Approve.ANYWAY;
      case "false" -> Approve.NOTHING;
      default ->
          throw new IllegalArgumentException(
              "it can be true, anyway (also where checks did not pass) or false");
    };
  }

  private static DeviceSpec device(String text, Map<String, String> options) {
    String[] parts = text.split(":", 2);
    List<String> names = Arrays.stream(Device.values()).map(Device::keyword).toList();
    Device device =
        Arrays.stream(Device.values())
            .filter(candidate -> candidate.keyword().equals(parts[0].toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the devices are %s%s"
                            .formatted(
                                String.join(", ", names),
                                Nearest.to(parts[0], names)
                                    .map(name -> "; did you mean '" + name + "'?")
                                    .orElse(""))));
    int index = parts.length == 1 ? 0 : (int) number(parts[1], 0, Integer.MAX_VALUE);
    return new DeviceSpec(device, index, false, options);
  }

  private static Map<String, String> options(String text) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : text.split(",", -1)) {
      String[] parts = option.split("=", 2);
      if (parts.length != 2 || parts[0].isBlank()) {
        throw new IllegalArgumentException("write options as name=value, with commas between them");
      }
      options.put(parts[0].strip(), parts[1].strip());
    }
    return options;
  }

  private static Status inconclusive(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "failed" -> Status.FAILED;
      case "skipped" -> Status.SKIPPED;
      case "passed" -> Status.PASSED;
      default -> throw new IllegalArgumentException("it can be failed, skipped or passed");
    };
  }

  private static Optional<Duration> timeout(String text) {
    if (text.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    double seconds;
    try {
      seconds = Quantity.parse(text).in(Unit.SECONDS);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; write a time with its unit, such as '5 s' or '2 min', or 'none'", e);
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("a time-out is longer than nothing");
    }
    return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it can be true or false");
    };
  }

  private static long number(String text, long least, long most) {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it must be a whole number", e);
    }
    if (number < least) {
      throw new IllegalArgumentException("it must be at least " + least);
    }
    if (number > most) {
      throw new IllegalArgumentException("it must be at most " + most);
    }
    return number;
  }

  private static boolean methodSources(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "method" -> true;
      case "field" -> false;
      case "auto" -> filteredByMethod();
      default -> throw new IllegalArgumentException("it can be auto, method or field");
    };
  }

  /**
   * Surefire and Gradle filter single checks by method sources only, so that is what they get;
   * elsewhere a field is called a field.
   */
  private static boolean filteredByMethod() {
    return System.getProperty("surefire.real.class.path") != null
        || System.getProperty("surefire.test.class.path") != null
        || System.getProperty("org.gradle.test.worker") != null;
  }

  private static Map<String, String> report(ConfigurationParameters parameters) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : names(parameters)) {
      if (name.startsWith(PREFIX + REPORT)) {
        parameters
            .get(name)
            .ifPresent(value -> settings.put(name.substring((PREFIX + REPORT).length()), value));
      }
    }
    // So that JUnit XML calls inconclusive checks what the build calls them.
    parameters
        .get(PREFIX + "inconclusive")
        .ifPresent(value -> settings.putIfAbsent("inconclusive", value));
    return settings;
  }

  /** Those that were given as parameters, and system properties, which the platform looks up. */
  private static Set<String> names(ConfigurationParameters parameters) {
    Set<String> names = new TreeSet<>(parameters.keySet());
    names.addAll(System.getProperties().stringPropertyNames());
    names.removeIf(name -> !name.startsWith(PREFIX));
    return names;
  }

  /** Other tools may have names with this prefix: only what is nearly one of ours is a doubt. */
  private static List<String> doubts(ConfigurationParameters parameters) {
    return names(parameters).stream()
        .map(name -> name.substring(PREFIX.length()))
        .filter(key -> !KEYS.contains(key))
        .filter(key -> !key.startsWith(REPORT) && !key.startsWith(PARALLEL_CONFIG))
        .flatMap(
            key ->
                Nearest.to(key, KEYS)
                    .map(
                        near ->
                            "there is no setting %s%s; did you mean '%s%s'?"
                                .formatted(PREFIX, key, PREFIX, near))
                    .stream())
        .toList();
  }
}
