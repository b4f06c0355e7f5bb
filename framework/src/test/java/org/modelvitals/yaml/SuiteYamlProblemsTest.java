package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteYamlProblemsTest {
  @TempDir Path folder;

  @Test
  void all_at_once_each_at_its_line() {
    assertThat(
            problems(
                """
                modle: models/digits.onnx
                device: gpu
                session: {threads: two, optimisation: all}
                tags: {a: b}
                checks:
                  reads digits:
                    sample: {data: x.csv, lable: digit, warmupCalls: 3}
                    expect:
                      acuracy: ">= 97 %"
                      accuracy: ">= 97 per cent"
                  two:
                    sample: {}
                    plain: {}
                  misspelt:
                    smaple: {data: x.csv}
                    expcet: {}
                  none:
                    tags: [a]
                """))
        .containsExactly(
            "1:1 unknown key 'modle' in the suite; did you mean 'model'?",
            "2:9 'device' is 'gpu'; did you mean 'cpu'?",
            "3:20 'threads' is 'two', expected a whole number",
            "3:25 unknown key 'optimisation' in 'session'; did you mean 'optimization'?",
            "4:7 'tags' is a mapping, expected a list",
            "7:27 unknown key 'lable' in 'sample'; did you mean 'label'?",
            "7:41 unknown key 'warmupCalls' in 'sample'; did you mean 'warmup-calls'?",
            "9:7 unknown measurement 'acuracy'; did you mean 'accuracy'?",
            "10:17 '97 per cent' has no known unit; the units are %, ns, µs, ms, s, min, B, kB, MB,"
                + " GB, KiB, MiB, GiB, /s, Hz, kHz, dB, nats, bits",
            "13:5 the check 'two' has the probes sample and plain; a check has one, so make it 2"
                + " checks",
            "15:5 unknown probe 'smaple'; did you mean 'sample'?",
            "16:5 unknown key 'expcet' in the check 'misspelt'; did you mean 'expect'?",
            "17:3 the check 'none' has no probe; the probes are sample, plain");
  }

  @Test
  void problem_as_people_read_it() {
    assertThat(
            SuiteYaml.read(
                    Path.of("suites/digits.vitals.yaml").toAbsolutePath(),
                    "model: m\nchecks:\n  a:\n    sample: {data: x}\n    expect: {acuracy: 1}\n",
                    SampleProbe.REGISTRY)
                .problems())
        .hasToString(
            "[unknown measurement 'acuracy' at suites/digits.vitals.yaml:5; did you mean"
                + " 'accuracy'?]");
  }

  @Test
  void checks_without_mistakes_stay() {
    SuiteYaml.Result result =
        SuiteYaml.read(
            Path.of("a.vitals.yaml"),
            "model: m\nchecks:\n  a: {plain: {}}\n  b: {plain: {}, expect: {size: 3 ms}}\n",
            SampleProbe.REGISTRY);
    assertThat(result.problems()).hasSize(1);
    assertThat(result.suite().orElseThrow().checks())
        .extracting(check -> check.name())
        .containsExactly("a");
  }

  @Test
  void nothing_runs_without_a_model() {
    SuiteYaml.Result result =
        SuiteYaml.read(
            Path.of("a.vitals.yaml"), "checks:\n  a: {plain: {}}\n", SampleProbe.REGISTRY);
    assertThat(result.suite()).isEmpty();
    assertThat(result.problems())
        .extracting(SuiteYaml.Problem::message)
        .containsExactly(
            "the suite needs 'model'; The model, or a folder or pattern of models, relative to this"
                + " file");
  }

  @Test
  void parameters() {
    assertThat(sample("{label: a}")).containsExactly("4:13 'sample' needs 'data'; The rows");
    assertThat(sample(""))
        .containsExactly("4:12 'sample' has no value; expected a mapping of keys to values");
    assertThat(sample("x.csv"))
        .containsExactly("4:13 'sample' is 'x.csv', expected a mapping of keys to values");
    assertThat(sample("{data: x, label: }"))
        .containsExactly("4:29 'label' has no value; expected a text");
    assertThat(sample("{data: x, label: null}"))
        .containsExactly(
            "4:30 'label' is null; expected a text, and the text 'null' stands in quotes");
    assertThat(sample("{data: x, label: [a]}"))
        .containsExactly("4:30 'label' is a list, expected a text");
    assertThat(sample("{data: x, warmup-calls: -1}"))
        .containsExactly("4:23 warmupCalls must not be negative, but is -1");
    assertThat(sample("{data: x, warmup-calls: 1.5}"))
        .containsExactly("4:37 'warmup-calls' is '1.5', expected a whole number");
    assertThat(sample("{data: x, warmup-calls: 3000000000}"))
        .containsExactly(
            "4:37 'warmup-calls' is 3000000000, expected a whole number, at most 2147483647");
    assertThat(sample("{data: x, warmup-calls: '3'}"))
        .containsExactly(
            "4:37 'warmup-calls' is the text '3', expected a whole number; write it without"
                + " quotes");
    assertThat(sample("{data: x, seconds: soon}"))
        .containsExactly("4:32 'seconds' is 'soon', expected a number");
    assertThat(sample("{data: x, strict: yes}"))
        .containsExactly("4:31 'strict' is 'yes', expected true or false");
    assertThat(sample("{data: x, scenario: singlestream}"))
        .containsExactly("4:33 'scenario' is 'singlestream'; did you mean 'single-stream'?");
    assertThat(sample("{data: x, top: [1, two, 3, four]}"))
        .containsExactly(
            "4:32 item 2 of 'top' is 'two', expected a whole number",
            "4:40 item 4 of 'top' is 'four', expected a whole number");
    assertThat(sample("{data: x, truth: {a: b, a: 1}}"))
        .containsExactly(
            "4:34 'a' is 'b', expected a number",
            "4:37 'a' stands twice in 'truth'; the first is on line 4");
    assertThat(sample("{data: x, transform: {scael: 3}}"))
        .containsExactly("4:35 unknown kind 'scael' for 'transform'; did you mean 'scale'?");
    assertThat(sample("{data: x, transform: {scale: 3, nothing: {}}}"))
        .containsExactly(
            "4:34 'transform' has the kinds scale, nothing; expected exactly one of nothing,"
                + " scale, then-all");
    assertThat(sample("{data: x, pause: long}"))
        .containsExactly(
            "4:30 'pause': 'long' is not a quantity; write a number and a unit, such as 97 %, 3 ms"
                + " or 64 MiB");
    assertThat(sample("{data: x, [a]: b}"))
        .containsExactly("4:23 a list is a key in 'sample'; keys are texts");
    assertThat(sample("{data: !file x}"))
        .containsExactly(
            "4:20 '!file' is a tag in YAML, which suites do not use; a text that begins with !"
                + " stands in quotes");
  }

  @Test
  void expectations() {
    assertThat(expect("'accuracy[7]': 1"))
        .containsExactly("5:14 'accuracy' takes nothing in brackets; write 'accuracy'");
    assertThat(expect("rank: 1"))
        .containsExactly("5:14 'rank' needs a part in brackets; write 'rank[token]'");
    assertThat(expect("'recall[]': 1"))
        .containsExactly("5:14 'recall' needs a part in brackets; write 'recall[class]'");
    assertThat(expect("p99: <= 3 MiB"))
        .containsExactly(
            "5:19 'p99' is a time, and '3 MiB' is an amount of memory; write for instance '<= 3"
                + " ms'");
    assertThat(expect("p99: between 1 ms and 3"))
        .containsExactly(
            "5:19 'p99' is a time, and '3' is a bare number or a percentage; write for instance"
                + " '<= 3 ms'");
    assertThat(expect("peak: between 3 MiB and 1 GiB")).isEmpty();
    assertThat(expect("peak: between 1 GiB and 3 MiB"))
        .containsExactly("5:20 nothing is 'between 1 GiB and 3 MiB'; the lower limit stands first");
    assertThat(expect("producer: '>= 3'"))
        .containsExactly(
            "5:24 'producer' is a text, and '>= 3' is a condition on numbers; write for instance"
                + " 'is …' or 'matches …'");
    assertThat(expect("accuracy: is good"))
        .containsExactly(
            "5:24 'accuracy' is a bare number or a percentage, and 'is good' is a condition on"
                + " texts; write for instance '>= 97 %'");
    assertThat(expect("accuracy: '>= 97'"))
        .containsExactly(
            "5:24 'accuracy' is a share, of which 1 is the whole, and '97' is more; did you mean"
                + " '97 %'?");
    assertThat(expect("accuracy: '>= 101 %'")).isEmpty();
    assertThat(expect("accuracy: surely = 1"))
        .containsExactly(
            "5:24 'surely = 1' can never be sure; write for instance 'surely 1 +- 0.01'");
    assertThat(expect("accuracy: surely between 90 % and 95 %")).isEmpty();
    assertThat(expect("accuracy: surely 90 % +- 1 %")).isEmpty();
    assertThat(expect("accuracy: surely != 90 %")).isEmpty();
    assertThat(expect("producer: surely between 1 and 2"))
        .singleElement()
        .asString()
        .startsWith("5:24 'producer' is a text");
    assertThat(expect("accuracy: good"))
        .singleElement()
        .asString()
        .startsWith("5:24 'good' is not a condition; write for instance '>= 97 %'");
    assertThat(expect("producer: matches ("))
        .singleElement()
        .asString()
        .startsWith("5:24 '(' is not a regular expression");
    assertThat(expect("accuracy: {at-least: 3}"))
        .containsExactly("5:24 the condition on 'accuracy' is a mapping, expected a text");
    assertThat(expect("accuracy: 1, accuracy: 2"))
        .containsExactly("5:27 'accuracy' stands twice in 'expect'; the first is on line 5");
    assertThat(expect("accuracy: !=1"))
        .singleElement()
        .asString()
        .endsWith(
            "; a condition that begins with > or ! stands in quotes, as in accuracy: '>= 97 %'");
    assertThat(expect("accuracy: != 1"))
        .singleElement()
        .asString()
        .startsWith("5:24 '!=' is a tag in YAML");
  }

  @Test
  void syntax() {
    assertThat(problems(""))
        .containsExactly("1:1 the file is empty; a suite has at least 'model' and 'checks'");
    assertThat(problems("# nothing\n")).hasSize(1);
    assertThat(problems("- a\n"))
        .containsExactly("1:1 the suite is a list, expected a mapping of keys to values");
    assertThat(problems("model: m\nchecks:\n\ta: b\n"))
        .singleElement()
        .asString()
        .startsWith("3:1 not valid YAML: ");
    assertThat(problems("model: m\nx:\n  accuracy: >= 97 %\n"))
        .singleElement()
        .asString()
        .startsWith("3:14 not valid YAML: ")
        .endsWith(
            "; a condition that begins with > or ! stands in quotes, as in accuracy: '>= 97 %'");
    assertThat(problems("model: m\nx: {accuracy: > 97 %}\n"))
        .singleElement()
        .asString()
        .endsWith(
            "; a condition that begins with > or ! stands in quotes, as in accuracy: '>= 97 %'");
    assertThat(problems("expect: {recall[7]: 1}"))
        .singleElement()
        .asString()
        .endsWith(
            "; within braces a name with brackets stands in quotes, as in {'recall[7]': '>= 95"
                + " %'}");
    assertThat(problems("model: a\n---\nmodel: b\n"))
        .singleElement()
        .asString()
        .startsWith("2:1 not valid YAML: expected a single document");
    assertThat(problems("model: *m\n")).singleElement().asString().contains("undefined alias m");
    assertThat(problems("model: \u0001\n"))
        .containsExactly("1:8 the character U+0001 may not stand in YAML");
    assertThat(problems("model: m\nchecks: {}\n"))
        .containsExactly("2:1 'checks' is empty; a suite has at least one check");
    assertThat(problems("model: m\nchecks:\n  a: {plain: {}}\n  a: {plain: {}}\n"))
        .containsExactly("4:3 'a' stands twice in 'checks'; the first is on line 3");
    assertThat(problems("model: m\n"))
        .containsExactly("1:1 the suite needs 'checks', or a ready suite under 'include'");
  }

  @Test
  void files() throws IOException {
    Path file = folder.resolve("a.vitals.yaml");
    assertThat(problems(file)).containsExactly("1:1 there is no such file");
    assertThat(problems(folder)).containsExactly("1:1 it is a folder; expected a YAML file");
    Files.write(file, "model: m\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(file))
        .containsExactly("2:10 the file is not UTF-8 text (byte 0xE9); save it as UTF-8");
    Files.writeString(file, "\uFEFFmodel: m\nchecks: {a: {plain: {}}}\n");
    assertThat(problems(file)).as("a byte order mark").isEmpty();
    Files.writeString(file, "#".repeat(4 << 20));
    assertThat(problems(file))
        .containsExactly("1:1 the file has 4,194,304 bytes; a suite has at most 3 MiB");
  }

  /** Each would take minutes or gigabytes if it were followed. */
  @Test
  void bombs() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      laughs.append("a%d: &a%d [".formatted(i, i));
      laughs.append("*a%d, ".formatted(i - 1).repeat(10)).append("x]\n");
    }
    assertThat(problems(laughs.toString()))
        .containsExactly("1:1 the file has more than 200,000 values, aliases followed");
    assertThat(problems("model: m\nchecks: &a {b: *a}\n"))
        .containsExactly("2:9 an anchor contains an alias of itself");
    assertThat(problems("a: " + "[".repeat(100_000)))
        .containsExactly("1:1 the file is nested too deeply");
  }

  @Property
  void never_throws(@ForAll String text) {
    assertThat(SuiteYaml.read(Path.of("a.vitals.yaml"), text, SampleProbe.REGISTRY).problems())
        .isNotEmpty();
  }

  private List<String> sample(String parameters) {
    return problems("model: m\nchecks:\n  a:\n    sample: " + parameters + "\n");
  }

  private List<String> expect(String expectation) {
    return problems(
        "model: m\nchecks:\n  a:\n    sample: {data: x}\n    expect: {" + expectation + "}\n");
  }

  private static List<String> problems(String yaml) {
    return shown(SuiteYaml.read(Path.of("a.vitals.yaml"), yaml, SampleProbe.REGISTRY));
  }

  private static List<String> problems(Path file) {
    return shown(SuiteYaml.read(file, SampleProbe.REGISTRY));
  }

  private static List<String> shown(SuiteYaml.Result result) {
    return result.problems().stream()
        .map(p -> "%d:%d %s".formatted(p.line(), p.column(), p.message()))
        .toList();
  }
}
