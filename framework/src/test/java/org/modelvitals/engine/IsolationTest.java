package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.modelvitals.engine.DoomedProbe.Doomed.to;
import static org.modelvitals.engine.DoomedProbe.Fate;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.seconds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.HealthSuite;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Quantity;
import org.modelvitals.verdict.Status;

/** Checks that run in a process of their own, whatever becomes of it. */
class IsolationTest extends EngineFixture {
  @TempDir Path elsewhere;

  @HealthSuite(model = Suites.NEGATION, isolated = true, timeout = "1 min")
  static class DoomedTest {
    @Check static final ProbeSpec crashes = new DoomedProbe.Doomed(Fate.CRASH, 3);
    @Check static final ProbeSpec is_killed = to(Fate.KILLED);
    @Check static final ProbeSpec exits = to(Fate.EXIT);
    @Check static final HealthCheck hangs = to(Fate.HANG).check().timeout(seconds(2));
    @Check static final ProbeSpec breaks = to(Fate.BREAK);
    @Check static final ProbeSpec is_misdeclared = to(Fate.MISDECLARED);
    @Check static final ProbeSpec does_not_apply = to(Fate.NOT_APPLICABLE);

    @Check
    static final HealthCheck lives =
        new DoomedProbe.Doomed(Fate.LIVES, 1)
            .expect(measured("seed").isBetween(Quantity.number(42), Quantity.number(42)));

    @Check
    static final HealthCheck stays = new DoomedProbe.Doomed(Fate.LIVES, 1).check().isolated(false);

    private DoomedTest() {}
  }

  @HealthSuite(model = Suites.BROKEN, isolated = true)
  static class BrokenTest {
    @Check static final ProbeSpec lives = new DoomedProbe.Doomed(Fate.LIVES, 1);

    private BrokenTest() {}
  }

  private static void is(String check, Status status, String reason) {
    CheckRecord record = Records.check(check);
    assertThat(record.verdict().status()).as(check).isEqualTo(status);
    assertThat(record.verdict().reason()).contains(reason);
  }

  private static long process(String check) {
    return Records.check(check).measurements().stream()
        .filter(measured -> measured.name().equals("process"))
        .map(Measurement::value)
        .findFirst()
        .map(id -> Objects.requireNonNull(id).longValue())
        .orElseThrow();
  }

  @Test
  void whatEndsAProcessIsAVerdictAndTheOthersGoOn() {
    long before = ProcessHandle.current().children().count();
    Engine.watched(selectClass(DoomedTest.class)).execute();

    String process = "the process with " + Suites.NEGATION;
    is("crashes", Status.FAILED, process + " crashed while running the check");
    is("crashes", Status.FAILED, "its last words: SIGSEGV (0xb)");
    is("is killed", Status.FAILED, process + " was killed");
    is("exits", Status.FAILED, process + " ended with status 3 while running the check");
    is("hangs", Status.FAILED, "the check took longer than 2 s and was stopped while running");
    is("breaks", Status.ERROR, "the probe 'doomed' broke: IllegalStateException: a bug");
    is("is misdeclared", Status.ERROR, "there is no column 'x'");
    is("does not apply", Status.SKIPPED, "there is nothing to see");
    is("lives", Status.PASSED, "");
    assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
    readingsComeBackWhole();
  }

  private static void readingsComeBackWhole() {
    CheckRecord there = Records.check("lives");
    CheckRecord here = Records.check("stays");

    assertThat(process("stays")).isEqualTo(ProcessHandle.current().pid());
    assertThat(process("lives")).isNotEqualTo(process("stays"));
    assertThat(there.isolated()).isTrue();
    assertThat(here.isolated()).isNull();
    assertThat(there.sharedWith()).isEmpty();
    assertThat(here.sharedWith()).isEmpty();
    assertThat(there.evidence()).isEqualTo(here.evidence());
    assertThat(there.measurements().subList(1, there.measurements().size()))
        .isEqualTo(here.measurements().subList(1, here.measurements().size()));
    assertThat(Records.last().suites().get(0).device().nodes()).isNotEmpty();
  }

  @Test
  void aModelThatCannotBeLoadedFailsAsItWouldHere() {
    Engine.watched(selectClass(BrokenTest.class)).execute();
    is("lives", Status.FAILED, "broken.onnx is not a valid ONNX file");
    Engine.watched(selectClass(BrokenTest.class))
        .configurationParameter("modelvitals.isolated", "false")
        .execute();
    is("lives", Status.FAILED, "broken.onnx is not a valid ONNX file");
  }

  private EngineTestKit.Builder suite(Path folder) throws Exception {
    Path model = Path.of(Suites.NEGATION).toAbsolutePath();
    Path file =
        Files.writeString(
            folder.resolve("stranger.vitals.yaml"),
            """
            model: '%s'
            timeout: 1 min
            checks:
              lives:
                doomed: {fate: lives}
                isolated: false
            """
                .formatted(model));
    return Engine.watched(selectFile(file.toFile()));
  }

  private static boolean isHere() {
    return process("lives") == ProcessHandle.current().pid();
  }

  @Test
  void isolationIsAskedForFromOutside() throws Exception {
    suite(elsewhere).execute();
    assertThat(isHere()).as("as the check says").isTrue();
    suite(elsewhere).configurationParameter("modelvitals.isolated", "true").execute();
    assertThat(isHere()).as("all are isolated").isFalse();
  }

  @Test
  void aSuiteFromAFolderThatIsNotTrustedIsIsolatedWhateverItSays() throws Exception {
    suite(elsewhere).configurationParameter("modelvitals.isolated", "untrusted").execute();
    assertThat(isHere()).as("it lies outside the working directory").isFalse();
    suite(elsewhere)
        .configurationParameter("modelvitals.isolated", "untrusted")
        .configurationParameter("modelvitals.trusted", "src, " + elsewhere)
        .execute();
    assertThat(isHere()).as("its folder is trusted").isTrue();
    Path within = Files.createDirectories(Path.of("target/engine-tests/trusted"));
    suite(within).configurationParameter("modelvitals.isolated", "untrusted").execute();
    assertThat(isHere()).as("it lies in the working directory").isTrue();
    suite(within)
        .configurationParameter("modelvitals.isolated", "untrusted")
        .configurationParameter("modelvitals.trusted", "none")
        .execute();
    assertThat(isHere()).as("nothing is trusted").isFalse();
    Path link = within.resolve("link");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, elsewhere);
    suite(link).configurationParameter("modelvitals.isolated", "untrusted").execute();
    assertThat(isHere()).as("a link leads out").isFalse();
  }

  @Test
  void aTimeOutThatIsNoneIsAMistake() {
    assertThat(Engine.issues(selectClass(LateTest.class)))
        .containsExactly(
            "the time-out in @HealthSuite of %s: timeout is '3 MiB'; expected a time that is more than nothing, such as '30 s' or '5 min'"
                .formatted(LateTest.class.getName()));
  }

  @HealthSuite(model = Suites.NEGATION, timeout = "3 MiB")
  static class LateTest {
    @Check static final ProbeSpec lives = to(Fate.LIVES);

    private LateTest() {}
  }
}
