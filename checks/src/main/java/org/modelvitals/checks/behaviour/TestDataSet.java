package org.modelvitals.checks.behaviour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.TensorFiles;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.probe.ProbeException;

/** One folder of ONNX's test data. */
record TestDataSet(Path folder, Map<Integer, Path> inputs, Map<Integer, Path> outputs) {
  private static final Pattern FOLDER = Pattern.compile("test_data_set_?(\\d+)");
  private static final Pattern FILE = Pattern.compile("(input|output)_(\\d+)\\.pb");

  /** The data sets in a folder by number; the folder itself, if it is one. */
  static List<TestDataSet> in(Path folder, ModelFile model) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> inside = files.toList();
      List<Path> folders =
          inside.stream()
              .filter(path -> FOLDER.matcher(name(path)).matches() && Files.isDirectory(path))
              .sorted(Comparator.comparingInt(TestDataSet::number))
              .toList();
      if (folders.isEmpty() && inside.stream().anyMatch(f -> FILE.matcher(name(f)).matches())) {
        folders = List.of(folder);
      }
      if (folders.isEmpty()) {
        throw new ProbeException(
            "there is no ONNX test data in %s for %s; expected folders test_data_set_0, … with"
                    .formatted(folder, model.path())
                + " input_0.pb, … and output_0.pb, …");
      }
      List<TestDataSet> sets = new ArrayList<>();
      for (Path one : folders) {
        sets.add(read(one));
      }
      return sets;
    }
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static int number(Path folder) {
    Matcher matcher = FOLDER.matcher(name(folder));
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static TestDataSet read(Path folder) throws IOException {
    Map<Integer, Path> inputs = new TreeMap<>();
    Map<Integer, Path> outputs = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher matcher = FILE.matcher(name(file));
        if (matcher.matches()) {
          (matcher.group(1).equals("input") ? inputs : outputs)
              .put(Integer.valueOf(matcher.group(2)), file);
        }
      }
    }
    if (outputs.isEmpty()) {
      throw new ProbeException(
          "%s has no output_0.pb, so there is nothing to compare with".formatted(folder));
    }
    return new TestDataSet(folder, inputs, outputs);
  }

  String name() {
    return name(folder);
  }

  /** The inputs by the names of the signature, to which the files belong by their number. */
  Map<String, Tensor> feed(Signature signature) {
    List<ValueInfo> known =
        Stream.concat(signature.inputs().stream(), signature.overridable().stream()).toList();
    Map<String, Tensor> fed = new LinkedHashMap<>();
    inputs.forEach(
        (number, file) -> {
          ValueInfo info = info(number, file, known, "inputs");
          if (!(read(file, info) instanceof Tensor tensor)) {
            throw new ModelException(
                ModelException.Reason.NOT_IMPLEMENTED,
                "the input '%s' is %s; only tensors can be fed here"
                    .formatted(info.name(), info.description()));
          }
          fed.put(info.name(), tensor);
        });
    return fed;
  }

  /** What the outputs should be, by the names of the signature. */
  Map<String, Value> expected(Signature signature) {
    Map<String, Value> expected = new LinkedHashMap<>();
    outputs.forEach(
        (number, file) -> {
          ValueInfo info = info(number, file, signature.outputs(), "outputs");
          expected.put(info.name(), read(file, info));
        });
    return expected;
  }

  /** A file that is damaged is the data's fault, not the model's: the check could not run. */
  private static Value read(Path file, ValueInfo info) {
    try {
      return TensorFiles.read(file, info.kind());
    } catch (ModelException e) {
      if (e.reason() != ModelException.Reason.INVALID_MODEL) {
        throw e;
      }
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ValueInfo info(int number, Path file, List<ValueInfo> known, String what) {
    if (number >= known.size()) {
      throw new ProbeException(
          "%s has no counterpart; the model's %s, numbered from 0, are %s"
              .formatted(
                  file,
                  what,
                  known.stream().map(ValueInfo::name).collect(Collectors.joining(", "))));
    }
    return known.get(number);
  }
}
