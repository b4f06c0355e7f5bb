package org.modelvitals.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.probe.ProbeException;

class ChildJvmTest {
  @TempDir Path temporary;

  /** Does what it is told to. */
  static final class Obedient implements ChildTask {
    @Override
    public void run(ParentLink parent) throws Exception {
      String told = parent.hear();
      switch (told) {
        case "crash" -> Fates.crash();
        case "exit" -> {
          System.err.println("I have had enough");
          Fates.exit(7);
        }
        case "be killed" -> Fates.beKilled();
        case "be told to end" -> Fates.signal("TERM");
        case "fail" -> throw new ModelException(Reason.BAD_INPUT, "two\nlines");
        case "break" -> throw new IllegalStateException("a bug");
        case "run out of heap" -> parent.say("" + new byte[Integer.MAX_VALUE - 8][9].length);
        case "say where" -> parent.say(System.getProperty("java.io.tmpdir", ""));
        case "say how ready to go" ->
            parent.say(Files.readString(Path.of("/proc/self/oom_score_adj")).strip());
        case "say what was set" -> parent.say(System.getProperty("modelvitals.test", "nothing"));
        case "have a child" ->
            parent.say(Long.toString(new ProcessBuilder("sleep", "1000").start().pid()));
        default -> {
          System.out.print("not a message, and no line either");
          parent.say("I heard " + told);
          Fates.hang();
        }
      }
    }
  }

  private static ChildJvm start() {
    return ChildJvm.start(Obedient.class, "the process with sick.onnx", List.of("-Xmx64m"));
  }

  private static String ask(String what) throws InterruptedException {
    try (ChildJvm child = start()) {
      child.say(what);
      child.doing("loading it");
      return child.hear(() -> {});
    }
  }

  private static ModelException end(String what) {
    return org.junit.jupiter.api.Assertions.assertThrows(ModelException.class, () -> ask(what));
  }

  @Test
  void what_is_said_arrives_whole() throws Exception {
    String text = "two\nlines, \\n, \r, é日本😀, " + "long".repeat(100_000);
    assertThat(ask(text)).isEqualTo("I heard " + text);
  }

  @Property
  void any_text_is_one_line_on_the_wire(@ForAll String text) {
    String line = Wire.line(Wire.Kind.MESSAGE, text);
    String between = line.substring(1, line.length() - 1);
    assertThat(line).isEqualTo("\n" + between + "\n");
    assertThat(between).doesNotContain("\n", "\r");
    assertThat(Wire.isMessage(between)).isTrue();
    assertThat(Wire.message(between)).isEqualTo(new Wire.Message(Wire.Kind.MESSAGE, text));
  }

  @Test
  void a_crash_is_told_with_its_signal_and_its_frame() {
    assertThat(end("crash"))
        .hasMessageMatching(
            "(?s)the process with sick.onnx crashed while loading it; its last words: SIGSEGV"
                + " \\(0xb\\) at pc=.* \\| [VCJ] .*");
  }

  @Test
  void an_exit_is_told_with_the_last_words() {
    assertThat(end("exit"))
        .hasMessage(
            "the process with sick.onnx ended with status 7 while loading it; its last words: I"
                + " have had enough");
  }

  @Test
  void a_kill_is_told() {
    assertThat(end("be killed"))
        .hasMessageStartingWith("the process with sick.onnx was killed")
        .hasMessageContaining("memory")
        .matches(e -> e.reason() == Reason.RUN_FAILED);
    assertThat(end("be told to end"))
        .hasMessageContaining("was told to end (signal 15) while loading it");
  }

  @Test
  void the_kernel_is_named_where_it_counted_a_kill() {
    OptionalLong most = OptionalLong.of(3L << 30);
    assertThat(Ending.of(137, false, OptionalLong.of(4), OptionalLong.of(5), most))
        .isEqualTo(
            "was killed by the kernel, because memory ran out (it held 3 GiB when it was last"
                + " seen)");
    assertThat(Ending.of(137, false, OptionalLong.of(4), OptionalLong.of(4), OptionalLong.empty()))
        .isEqualTo("was killed (signal 9), perhaps because the machine ran out of memory");
    assertThat(Ending.of(139, false, OptionalLong.empty(), OptionalLong.empty(), most))
        .isEqualTo("crashed (signal 11)");
  }

  @Test
  void what_the_task_throws_is_thrown_here() {
    assertThat(end("fail")).hasMessage("two\nlines").matches(e -> e.reason() == Reason.BAD_INPUT);
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> ask("break"))
        .withMessage("the process broke: java.lang.IllegalStateException: a bug")
        .havingCause()
        .withMessageContaining("ChildJvmTest$Obedient.run");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> ask("run out of heap"))
        .withMessageContaining("java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void a_process_that_cannot_even_start_says_why() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(
            () -> {
              try (ChildJvm child =
                  ChildJvm.start(Obedient.class, "the process", List.of("-XX:+NoSuchOption"))) {
                child.hear(() -> {});
              }
            })
        .withMessageContaining("ended with status 1 while starting; its last words:")
        .withMessageContaining("NoSuchOption");
  }

  @Test
  void it_has_the_properties_of_its_parent() throws Exception {
    System.setProperty("modelvitals.test", "a = b\n\\c");
    try {
      assertThat(ask("say what was set")).isEqualTo("a = b\n\\c");
    } finally {
      System.clearProperty("modelvitals.test");
    }
  }

  @Test
  void the_kernel_would_rather_end_it_than_its_parent() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/proc/self/oom_score_adj")), "this is not Linux");
    assertThat(ask("say how ready to go")).isEqualTo("1000");
  }

  @Test
  void it_leaves_no_file_and_no_process_behind() throws Exception {
    Path folder = Path.of(ask("say where"));
    assertThat(folder.getParent()).doesNotExist();
    long grandchild = Long.parseLong(ask("have a child"));
    ProcessHandle.of(grandchild)
        .ifPresent(process -> assertThat(process.onExit()).succeedsWithin(30, TimeUnit.SECONDS));
  }

  /** A parent whose child hangs, and who says which process that is. */
  static final class Parent {
    public static void main(String[] args) throws InterruptedException {
      try (ChildJvm child = start()) {
        child.say("hang");
        child.hear(() -> {});
        ProcessHandle.current()
            .children()
            .forEach(process -> System.out.println(process.pid() + " " + child.folder()));
        System.out.flush();
        Fates.hang();
      }
    }
  }

  @Test
  void it_does_not_outlive_a_parent_that_is_killed() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            Parent.class.getName());
    String surefire = System.getProperty("surefire.test.class.path");
    builder
        .environment()
        .put("CLASSPATH", surefire == null ? System.getProperty("java.class.path") : surefire);
    Process parent = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String[] said;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      said = String.valueOf(out.readLine()).split(" ", 2);
      assertThat(said).hasSize(2);
    } finally {
      parent.destroyForcibly().waitFor(); // SIGKILL: it has no chance to clean up
    }
    ProcessHandle.of(Long.parseLong(said[0]))
        .ifPresent(child -> assertThat(child.onExit()).succeedsWithin(30, TimeUnit.SECONDS));
    assertThat(Path.of(said[1])).doesNotExist();
  }
}
