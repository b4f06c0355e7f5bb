package org.modelvitals.engine;

import static org.modelvitals.engine.Scripted.scripted;

import java.util.Map;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthSuite;
import org.modelvitals.suite.ProbeSpec;

/** Suites that say something to no effect, and how it would be said well. */
final class MistakenSuites {
  private static final String DEEPER = "target/engine-tests/suites/deeper";

  private MistakenSuites() {}

  @HealthSuite(value = DEEPER, tags = "slow")
  static class TaggedFilesTest {
    private TaggedFilesTest() {}
  }

  @HealthSuite(value = DEEPER, tags = "two words")
  static class BadlyTaggedFilesTest {
    private BadlyTaggedFilesTest() {}
  }

  @HealthSuite(value = DEEPER, model = "a.onnx", name = "files", device = Device.CUDA)
  static class OverloadedFilesTest {
    static final SessionSpec SESSION = SessionSpec.DEFAULT;

    private OverloadedFilesTest() {}
  }

  @HealthSuite(DEEPER)
  static class FilesOnDeviceTest {
    static final DeviceSpec DEVICE = DeviceSpec.of(Device.CUDA);

    private FilesOnDeviceTest() {}
  }

  @HealthSuite(model = Suites.NEGATION)
  static class NotStaticTest {
    final DeviceSpec device = DeviceSpec.of(Device.CUDA);
    final SessionSpec session = SessionSpec.DEFAULT;
    @Check static final ProbeSpec loads = scripted("loads");

    private NotStaticTest() {}
  }

  @HealthSuite(model = Suites.NEGATION, device = Device.CUDA)
  static class ContradictingTest {
    static final DeviceSpec DEVICE = DeviceSpec.CPU;
    @Check static final ProbeSpec loads = scripted("loads");

    private ContradictingTest() {}
  }

  @HealthSuite(model = Suites.NEGATION)
  static class DoubledTest {
    static final DeviceSpec DEVICE = DeviceSpec.of(Device.COREML);
    static final DeviceSpec OTHER = DeviceSpec.CPU;
    @Check static final ProbeSpec loads = scripted("loads");

    private DoubledTest() {}
  }

  @HealthSuite(model = Suites.NEGATION, device = Device.COREML)
  abstract static class OnApple {
    static final DeviceSpec DEVICE = new DeviceSpec(Device.COREML, 0, true, Map.of());
    @Check static final ProbeSpec loads = scripted("loads");

    private OnApple() {}
  }

  /** Inherits the device and says more of it. */
  static class RefinesTest extends OnApple {
    static final DeviceSpec OWN = new DeviceSpec(Device.COREML, 0, false, Map.of());

    private RefinesTest() {}
  }

  static class ForgotTest {
    @Check static final ProbeSpec loads = scripted("loads");

    private ForgotTest() {}
  }

  /** Meant to be extended. */
  abstract static class CommonChecks {
    @Check static final ProbeSpec loads = scripted("loads");

    private CommonChecks() {}
  }

  @HealthSuite(model = Suites.NEGATION)
  interface InterfaceTest {
    @Check ProbeSpec loads = scripted("loads");
  }

  @HealthSuite(model = Suites.NEGATION, name = "  ")
  static class BlankTest {
    @Check("  ")
    static final ProbeSpec unnamed = scripted("loads");

    @Check static final ProbeSpec loads = scripted("loads");

    private BlankTest() {}
  }

  /** No mistake where a jar with this suite is on the class path. */
  @HealthSuite("classpath:acme/suites/packed.vitals.yaml")
  static class NamesPackedTest {
    private NamesPackedTest() {}
  }
}
