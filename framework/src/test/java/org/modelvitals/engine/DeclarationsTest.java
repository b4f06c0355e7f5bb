package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.TagFilter;
import org.modelvitals.model.Device;
import org.modelvitals.suite.SuiteClass;
import org.opentest4j.AssertionFailedError;

/** Nothing that a class or a file says is lost without a word. */
class DeclarationsTest extends EngineFixture {

  @Test
  void tagsOfAClassAreTagsOfTheFilesThatItNames() {
    for (String expression : List.of("slow", "slow & !quick")) {
      assertThat(
              Engine.run(
                      kit -> kit.filters(TagFilter.includeTags(expression)),
                      selectClass(MistakenSuites.TaggedFilesTest.class))
                  .testEvents()
                  .succeeded()
                  .count())
          .isEqualTo(1);
    }
    assertThat(
            Engine.run(
                    kit -> kit.filters(TagFilter.excludeTags("slow")),
                    selectClass(MistakenSuites.TaggedFilesTest.class))
                .testEvents()
                .started()
                .count())
        .isZero();
    assertThat(issues(MistakenSuites.BadlyTaggedFilesTest.class))
        .containsExactly(
            name(MistakenSuites.BadlyTaggedFilesTest.class)
                + ": 'two words' is no tag: a tag has no spaces and none of , ( ) & | !");
  }

  @Test
  void whatAClassThatOnlyNamesFilesCannotSay() {
    assertThat(issues(MistakenSuites.OverloadedFilesTest.class))
        .allSatisfy(
            issue ->
                assertThat(issue)
                    .startsWith(name(MistakenSuites.OverloadedFilesTest.class))
                    .contains(" only names files, so "))
        .satisfiesExactlyInAnyOrder(
            issue -> assertThat(issue).contains("the model in it").contains("write 'model:'"),
            issue -> assertThat(issue).contains("the name in it").contains("write 'name:'"),
            issue -> assertThat(issue).contains("the device in it").contains("'device:' in each"),
            issue -> assertThat(issue).contains("the SessionSpec SESSION").contains("'session:'"));
    assertThat(issues(MistakenSuites.FilesOnDeviceTest.class))
        .containsExactly(
            name(MistakenSuites.FilesOnDeviceTest.class)
                + " only names files, so the DeviceSpec DEVICE in it has no effect; write 'device:'"
                + " in each of the files, or set modelvitals.device for all");
  }

  @Test
  void aDeviceIsNeverOverlooked() {
    assertThat(issues(MistakenSuites.NotStaticTest.class))
        .containsExactlyInAnyOrder(
            name(MistakenSuites.NotStaticTest.class)
                + ".device is a DeviceSpec of the suite and must be static",
            name(MistakenSuites.NotStaticTest.class)
                + ".session is a SessionSpec of the suite and must be static");
    assertThat(issues(MistakenSuites.ContradictingTest.class))
        .containsExactly(
            name(MistakenSuites.ContradictingTest.class)
                + " asks for two devices, cuda in @HealthSuite and cpu in the field 'DEVICE';"
                + " say it in one place");
    assertThat(issues(MistakenSuites.DoubledTest.class))
        .containsExactly(
            name(MistakenSuites.DoubledTest.class)
                + ".OTHER is a second DeviceSpec beside 'DEVICE'; a suite has one");
  }

  @Test
  void aSubclassReplacesTheDeviceOfItsSuperclass() {
    SuiteClass.Declaration declaration = SuiteClass.read(MistakenSuites.RefinesTest.class);

    assertThat(declaration.problems()).isEmpty();
    assertThat(declaration.suite().orElseThrow().device().name()).isEqualTo(Device.COREML);
    assertThat(declaration.suite().orElseThrow().device().required()).isFalse();
  }

  @Test
  void checksOutsideASuiteAreTold() {
    assertThat(discovered(MistakenSuites.ForgotTest.class))
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.severity()).isEqualTo(DiscoveryIssue.Severity.WARNING);
              assertThat(issue.source()).isPresent();
              assertThat(issue.message())
                  .startsWith(
                      name(MistakenSuites.ForgotTest.class) + " has checks, such as 'loads'")
                  .contains("write @HealthSuite(");
            });
    assertThat(issues(MistakenSuites.InterfaceTest.class))
        .containsExactly(
            name(MistakenSuites.InterfaceTest.class)
                + " is an interface and is not run; @HealthSuite belongs on a class");
    assertThat(issues(MistakenSuites.CommonChecks.class)).isEmpty();
    assertThat(
            Engine.kit(selectPackage("org.modelvitals.engine"))
                .filters(ClassNameFilter.includeClassNamePatterns(".*\\$ForgotTest"))
                .discover()
                .getDiscoveryIssues())
        .hasSize(1);
  }

  @Test
  void blankNamesAreMistakes(@TempDir Path folder) throws Exception {
    assertThat(issues(MistakenSuites.BlankTest.class))
        .containsExactlyInAnyOrder(
            "the name in @HealthSuite of %s is blank; leave it out to use the class's"
                .formatted(name(MistakenSuites.BlankTest.class)),
            "the name in @Check of %s.unnamed is blank; leave it out to use the field's"
                .formatted(name(MistakenSuites.BlankTest.class)));

    Path suite = folder.resolve("blank.vitals.yaml");
    Files.writeString(
        suite,
        """
        model: a.onnx
        name: ' '
        checks:
          ' ':
            scripted: {script: loads}
        """);
    assertThat(Engine.issues(selectFile(suite.toFile())))
        .satisfiesExactly(
            issue ->
                assertThat(issue)
                    .startsWith("'name' is blank at ")
                    .endsWith("blank.vitals.yaml:2; leave it out to use 'blank'"),
            issue -> assertThat(issue).startsWith("a check has no name at ").endsWith(":4"));
  }

  @Test
  void aClassThatDoesNotInitialiseSaysAtWhichLine() {
    for (int time = 0; time < 2; time++) {
      assertThat(issues(Suites.ExplodingTest.class))
          .singleElement()
          .asString()
          .containsPattern("does not initialise \\(at Suites\\.java:\\d+\\): .*'ninety'");
    }
  }

  @Test
  void whereNothingRunsTheReportsAreTold() {
    Engine.discover(selectClass(Suites.HealthyTest.class));
    assertThat(Records.MISTAKES).isEmpty();

    List<String> issues = issues(Suites.MistakenTest.class);
    assertThat(Records.MISTAKES).containsExactly(issues);

    assertThat(
            Engine.kit(selectClass(Suites.EmptyTest.class))
                .configurationParameter("modelvitals.report.throw", "true")
                .discover()
                .getDiscoveryIssues())
        .anySatisfy(
            issue ->
                assertThat(issue.message())
                    .contains("could not remove the reports of an earlier run")
                    .contains("this sink never works"));

    Records.MISTAKES.clear();
    Engine.kit(selectClass(Suites.EmptyTest.class))
        .configurationParameter("modelvitals.report.enabled", "false")
        .discover();
    assertThat(Records.MISTAKES).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsToldWithTheNearestName(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("digits.vitals.yaml"), "");
    assertThat(Engine.issues(selectFile(folder.resolve("digit.vitals.yaml").toString())))
        .singleElement()
        .asString()
        .startsWith("there is no suite '")
        .endsWith("digit.vitals.yaml'; did you mean 'digits.vitals.yaml'?");
    assertThat(Engine.issues(selectFile(folder.resolve("no/x.vitals.yaml").toString())))
        .singleElement()
        .asString()
        .endsWith("the folder does not exist either");
    // A file of another kind is none of our business.
    assertThat(Engine.issues(selectFile(folder.resolve("notes.txt").toString()))).isEmpty();
  }

  @Test
  void whatFailsBeforeItIsMeasuredSaysWhatWasExpected() {
    assertThat(
            Engine.run(selectClass(Suites.MissingModelTest.class)).testEvents().failed().stream()
                .map(
                    event ->
                        event
                            .getRequiredPayload(TestExecutionResult.class)
                            .getThrowable()
                            .orElseThrow()))
        .isNotEmpty()
        .allSatisfy(
            thrown -> {
              AssertionFailedError failure = (AssertionFailedError) thrown;
              assertThat(failure.getExpected().getValue()).isEqualTo("a reading on cpu");
              assertThat(failure.getActual().getStringRepresentation())
                  .contains("there is no model");
            });
  }

  private static List<String> issues(Class<?> type) {
    return Engine.issues(selectClass(type));
  }

  private static List<DiscoveryIssue> discovered(Class<?> type) {
    return Engine.discover(selectClass(type)).getDiscoveryIssues();
  }

  private static String name(Class<?> type) {
    return type.getName();
  }
}
