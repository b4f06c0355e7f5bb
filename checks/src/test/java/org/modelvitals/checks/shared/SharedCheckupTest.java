package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;

/**
 * The checkup of small odd models: strings, sequences, control flow, maps, no inputs, broken files.
 * None stops the run, none is an error, and of each that loads something is found out.
 */
class SharedCheckupTest {
  @TempDir private Path folder;

  @Test
  void every_file_has_its_page() throws IOException {
    Path models = SharedModels.folder();
    Run run =
        Run.of(
            Files.writeString(
                folder.resolve("s.vitals.yaml"),
                """
                model: %s/{broken,graphs,tabular,ort-rust,onnx-conformance}/**.onnx
                include: checkup
                checks:
                  keeps its memory: {artifact: {}}
                """
                    .formatted(models)));
    assertThat(run.record().suites()).hasSizeGreaterThan(90);
    assertThat(run.checks())
        .filteredOn(check -> check.verdict().status() == Status.ERROR)
        .extracting(CheckRecord::id, check -> check.verdict().reason())
        .isEmpty();
    assertThat(run.checks())
        .filteredOn(check -> check.verdict().status() == Status.SKIPPED)
        .allSatisfy(check -> assertThat(check.verdict().reason()).hasSizeGreaterThan(20));
    Set<String> unsound =
        run.record().suites().stream()
            .filter(
                suite ->
                    suite.checks().stream()
                        .anyMatch(
                            check ->
                                check.name().equals("is a sound file")
                                    && check.verdict().status() == Status.FAILED))
            .map(SuiteRecord::name)
            .map(name -> name.replaceFirst(".*/", ""))
            .filter(name -> !name.equals("vectorizer.onnx")) // needs a locale of the machine
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unsound)
        .containsExactly(
            "attr_tester.onnx",
            "bad_graph_with_dup_value_info.onnx",
            "bad_graph_with_duplicate_node_names.onnx",
            "bad_graph_with_multi_level_errors.onnx",
            "bad_graph_with_no_import_domains.onnx",
            "bad_graph_with_parallel_invalid_nodes.onnx",
            "copy_2_inputs_2_outputs.onnx",
            "custom_op_test.onnx",
            "empty.onnx",
            "ext_weights.onnx",
            "lfs_pointer.onnx",
            "qonnx_unknown_domain.onnx",
            "weightless.matmul.bf16.onnx",
            "weightless.matmul.fp16.onnx",
            "weightless.sparse.matmul.onnx",
            "weightless.transpose_matmul.onnx");
  }
}
