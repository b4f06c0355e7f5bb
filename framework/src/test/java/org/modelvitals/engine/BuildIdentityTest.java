package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelvitals.engine.BuildIdentity.Ancestor;

class BuildIdentityTest {
  private static final Ancestor FORK = new Ancestor("30-3", "/usr/bin/java", "-jar booter.jar");
  private static final Ancestor SHELL = new Ancestor("29-3", "/bin/sh", "-c cd module && java");
  private static final Ancestor MAVEN =
      new Ancestor("20-2", "/usr/lib/jvm/17/bin/java", "org.codehaus.plexus.classworlds.launcher");
  private static final Ancestor TERMINAL = new Ancestor("10-1", "/bin/bash", "");
  private static final Ancestor IDE = new Ancestor("9-1", "C:\\ide\\jbr\\bin\\java.exe", "");

  @Test
  void forksOfSurefireBelongToTheMavenAboveTheirShells() {
    Ancestor other = new Ancestor("40-4", "/usr/bin/java", "-jar booter.jar");
    Ancestor otherShell = new Ancestor("39-4", "/bin/sh", "-c cd other && java");

    assertThat(BuildIdentity.of(List.of(FORK, SHELL, MAVEN, TERMINAL), true)).isEqualTo("20-2");
    assertThat(BuildIdentity.of(List.of(other, otherShell, MAVEN, TERMINAL), true))
        .isEqualTo("20-2");
  }

  @Test
  void surefireWithinMavenIsMaven() {
    assertThat(BuildIdentity.of(List.of(MAVEN, TERMINAL), true)).isEqualTo("20-2");
  }

  @Test
  void whatAnIdeOrATerminalStartsIsABuildOfItsOwn() {
    assertThat(BuildIdentity.of(List.of(FORK, TERMINAL), false)).isEqualTo("30-3");
    assertThat(BuildIdentity.of(List.of(FORK, IDE), false)).isEqualTo("30-3");
  }

  @Test
  void aDaemonIsNoBuild() {
    Ancestor daemon = new Ancestor("20-2", "/usr/bin/java", "-cp x org.mvndaemon.mvnd.common.Main");
    assertThat(BuildIdentity.of(List.of(FORK, SHELL, daemon), true)).isEqualTo("30-3");
  }

  @Test
  void aRealForkOfSurefireSaysItIsMavens() {
    assumeTrue(
        System.getProperty("surefire.real.class.path") != null, "this JVM is no fork of Surefire");
    assertThat(BuildIdentity.current())
        .matches("\\d+-\\d+")
        .doesNotStartWith(ProcessHandle.current().pid() + "-")
        .isEqualTo(BuildIdentity.current());
  }
}
