package org.modelvitals.engine;

import static org.modelvitals.engine.Scripted.scripted;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.percent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Graphs;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.HealthSuite;
import org.modelvitals.suite.ProbeSpec;

/** Suites for tests of the engine; nothing runs them but those tests. */
final class Suites {
  private static final String FOLDER = "target/engine-tests/";
  static final String NEGATION = FOLDER + "negation.onnx";
  static final String ELSEWHERE = FOLDER + "elsewhere/negation.onnx";
  static final String COPY = FOLDER + "negation-copy.onnx";
  static final String ABSOLUTE = FOLDER + "absolute.onnx";
  static final String BROKEN = FOLDER + "broken.onnx";
  static final String SLOW = FOLDER + "slow.onnx";

  static final Path FIRST = Path.of(FOLDER, "suites/first.vitals.yaml");

  private static final String FIRST_YAML =
      """
      model: ../negation.onnx
      tags: [nightly]
      checks:
        measures well:
          scripted: {script: measures}
          expect: {value: ">= 80 %"}
        measures badly:
          scripted: {script: measures}
          expect: {value: ">= 95 %"}
      """;

  private static final String SECOND_YAML =
      """
      model: ../../absolute.onnx
      checks:
        measures well:
          scripted: {script: loads}
      """;

  private Suites() {}

  /** Makes the models that the suites name. */
  static void writeModels() throws IOException {
    Files.createDirectories(Path.of(FOLDER));
    Graphs.write(Path.of(NEGATION), Graphs.unary("Neg", "n"));
    Files.copy(Path.of(NEGATION), Path.of(COPY), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.createDirectories(Path.of(ELSEWHERE).getParent());
    Files.copy(
        Path.of(NEGATION), Path.of(ELSEWHERE), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Graphs.write(Path.of(ABSOLUTE), Graphs.unary("Abs", "n"));
    Files.writeString(Path.of(BROKEN), "this is no model");
    Graphs.write(Path.of(SLOW), Graphs.power(2_000));
    Files.createDirectories(Path.of(FOLDER, "suites/deeper"));
    Files.writeString(FIRST, FIRST_YAML);
    Files.writeString(Path.of(FOLDER, "suites/deeper/second.vitals.yaml"), SECOND_YAML);
  }

  @HealthSuite(model = NEGATION, tags = "nightly")
  static class HealthyTest {
    @Check
    static final HealthCheck measures_well =
        scripted("measures").expect(measured("value").isAtLeast(percent(80))).tagged("quick");

    @Check("has its own name")
    static final HealthCheck named =
        scripted("measures").expect(measured("value").isAtMost(percent(95)));

    @Check static final ProbeSpec loads = scripted("loads");

    private HealthyTest() {}
  }

  @HealthSuite(model = NEGATION)
  static class MixedTest {
    @Check
    static final HealthCheck passes =
        scripted("measures").expect(measured("value").isAtLeast(percent(80)));

    @Check
    static final HealthCheck fails =
        scripted("measures").expect(measured("value").isAtLeast(percent(95)));

    @Check
    static final HealthCheck inconclusive =
        scripted("undefined").expect(measured("value").isAtLeast(percent(95)));

    @Check static final ProbeSpec skipped = scripted("not implemented");
    @Check static final ProbeSpec error = scripted("breaks");

    private MixedTest() {}
  }

  /** The same model under another name in the same folder. */
  @HealthSuite(model = COPY)
  static class CopyTest {
    @Check static final ProbeSpec loads = scripted("loads");

    private CopyTest() {}
  }

  @HealthSuite(model = ABSOLUTE)
  static class OtherModelTest {
    @Check static final ProbeSpec loads = scripted("loads");

    private OtherModelTest() {}
  }

  @HealthSuite(model = NEGATION)
  static class OtherOptionsTest {
    static final SessionSpec SESSION =
        new SessionSpec(
            1,
            null,
            SessionSpec.Optimization.NONE,
            SessionSpec.Execution.SEQUENTIAL,
            true,
            Map.of(),
            Map.of("session.use_env_allocators", "0"));

    @Check static final ProbeSpec loads = scripted("loads");

    private OtherOptionsTest() {}
  }

  @HealthSuite(model = NEGATION, device = Device.COREML)
  static class OnAppleTest {
    @Check static final ProbeSpec loads = scripted("loads");

    private OnAppleTest() {}
  }

  @HealthSuite(model = NEGATION)
  static class RequiresAppleTest {
    static final DeviceSpec DEVICE = new DeviceSpec(Device.COREML, 0, true, Map.of());
    @Check static final ProbeSpec loads = scripted("loads");

    private RequiresAppleTest() {}
  }

  @HealthSuite(model = FOLDER + "negatoin.onnx")
  static class MissingModelTest {
    @Check static final ProbeSpec loads = scripted("loads");
    @Check static final ProbeSpec measures = scripted("measures");

    private MissingModelTest() {}
  }

  @HealthSuite(model = BROKEN)
  static class BrokenModelTest {
    @Check static final ProbeSpec loads = scripted("loads");

    private BrokenModelTest() {}
  }

  @HealthSuite(model = NEGATION)
  static class OneCheckTest {
    @Check static final ProbeSpec only = scripted("only");

    private OneCheckTest() {}
  }

  /** The same model in a folder of its own. */
  @HealthSuite(model = ELSEWHERE)
  static class ElsewhereTest {
    @Check static final ProbeSpec elsewhere = scripted("only");

    private ElsewhereTest() {}
  }

  @HealthSuite(model = NEGATION)
  static class EqualCheckTest {
    @Check static final ProbeSpec equal = scripted("only");

    private EqualCheckTest() {}
  }

  @HealthSuite(model = SLOW)
  static class SlowTest {
    @Check static final ProbeSpec before = scripted("measures");
    @Check static final ProbeSpec slow = scripted("slow");
    @Check static final ProbeSpec after = scripted("measures", "again");

    private SlowTest() {}
  }

  @HealthSuite(model = ABSOLUTE)
  static class AfterwardsTest {
    @Check static final ProbeSpec afterwards = scripted("measures");

    private AfterwardsTest() {}
  }

  @HealthSuite(model = NEGATION)
  static class AloneTest {
    @Check static final ProbeSpec alone = new Scripted.Alone("alone", "");
    @Check static final ProbeSpec alsoShared = scripted("beside", "1");

    private AloneTest() {}
  }

  @HealthSuite(model = NEGATION)
  static class BesideTest {
    @Check static final ProbeSpec beside = scripted("beside", "2");
    @Check static final ProbeSpec besideAgain = scripted("beside", "3");

    private BesideTest() {}
  }

  @HealthSuite(model = NEGATION)
  abstract static class Inherited {
    @Check static final ProbeSpec common = scripted("measures");

    private Inherited() {}
  }

  static class InheritingTest extends Inherited {
    @Check static final ProbeSpec own = scripted("loads");

    private InheritingTest() {}
  }

  /** Not a suite itself. */
  static class Outer {
    @HealthSuite(model = NEGATION)
    static class Nested {
      @Check static final ProbeSpec nested = scripted("measures");

      private Nested() {}
    }

    private Outer() {}
  }

  @HealthSuite(model = NEGATION, tags = "two words")
  static class MistakenTest {
    @Check static final HealthCheck empty = nothing();

    @Check final HealthCheck notStatic = scripted("measures").check();

    @Check static final String wrong = "a text";

    @Check static final ProbeSpec healthy = scripted("measures");

    @Check static final ProbeSpec unregistered = new Unregistered(1);

    @Check("healthy")
    static final ProbeSpec twice = scripted("loads");

    @Check static final HealthCheck tagged = scripted("measures").check().tagged("a|b");

    private MistakenTest() {}

    @SuppressWarnings("NullAway") // the mistake that is tested
    private static HealthCheck nothing() {
      return null;
    }
  }

  record Unregistered(int number) implements ProbeSpec {}

  @HealthSuite(model = NEGATION)
  static class ExplodingTest {
    @Check static final HealthCheck first = explode();
    @Check static final HealthCheck second = scripted("measures").check();

    private ExplodingTest() {}

    private static HealthCheck explode() {
      throw new IllegalArgumentException("'ninety' is not a quantity");
    }
  }

  @HealthSuite
  static class EmptyTest {
    private EmptyTest() {}
  }

  @HealthSuite({FOLDER + "suites", "classpath:engine/on-class-path.vitals.yaml"})
  static class NamesFilesTest {
    private NamesFilesTest() {}
  }

  /** Checks of its own beside those of files. */
  @HealthSuite(value = FOLDER + "suites/deeper/second.vitals.yaml", model = NEGATION)
  static class BothTest {
    @Check static final ProbeSpec own = scripted("measures");

    private BothTest() {}
  }

  @HealthSuite("target/engine-tests/no-such-folder")
  static class NamesNothingTest {
    private NamesNothingTest() {}
  }
}
