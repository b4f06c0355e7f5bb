package org.modelvitals.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Signature;
import org.modelvitals.model.TensorFiles;
import org.modelvitals.model.ValueInfo;

/**
 * ONNX's own format of test data: a folder with {@code test_data_set_0} and so on, each with {@code
 * input_0.pb}, {@code output_0.pb} and so on. A set is a row; its columns are called as the model's
 * inputs and outputs, whose order the numbers follow.
 */
final class TestDataSource implements RowSource {
  private static final Pattern SET = Pattern.compile("test_data_set_(\\d+)");

  private final String name;
  private final List<Path> sets;
  private final List<ValueInfo> inputs;
  private final ColumnNames columns = new ColumnNames();
  private final List<Column> files = new ArrayList<>();
  private int next;

  /** A file that every set may have, and what it is for. */
  private record Column(String file, ValueInfo info, int index) {}

  TestDataSource(Path folder, String name, Signature signature) {
    this.name = name;
    this.sets = sets(folder);
    if (sets.isEmpty()) {
      throw new DataException(
          "%s holds no ONNX test data: expected folders test_data_set_0 and so on, with input_0.pb and output_0.pb"
              .formatted(name));
    }
    inputs = Stream.concat(signature.inputs().stream(), signature.overridable().stream()).toList();
    name("input", inputs);
    name("output", signature.outputs());
  }

  private void name(String kind, List<ValueInfo> infos) {
    for (int i = 0; i < infos.size(); i++) {
      String file = "%s_%d.pb".formatted(kind, i);
      // An overridable initializer is a column only where some set has values for it.
      if (sets.stream().anyMatch(set -> Files.exists(set.resolve(file)))) {
        String column = infos.get(i).name();
        files.add(
            new Column(
                file,
                infos.get(i),
                columns.add(columns.has(column) ? column + " (output)" : column)));
      }
    }
  }

  /** The folders of the sets, in the order of their numbers; the folder itself may be one. */
  static List<Path> sets(Path folder) {
    if (number(folder).isPresent() && Files.exists(folder.resolve("input_0.pb"))) {
      return List.of(folder);
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(path -> number(path).isPresent())
          .sorted(Comparator.comparing(path -> number(path).orElseThrow()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Integer> number(Path path) {
    Matcher matcher = SET.matcher(String.valueOf(path.getFileName()));
    return matcher.matches() && Files.isDirectory(path)
        ? Optional.of(Integer.parseInt(matcher.group(1)))
        : Optional.empty();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnNames columns() {
    return columns;
  }

  @Override
  public boolean next(Row row) {
    if (next == sets.size()) {
      return false;
    }
    Path set = sets.get(next);
    row.begin(next++);
    for (Column column : files) {
      Path file = set.resolve(column.file());
      if (Files.exists(file)) {
        try {
          row.cell(column.index()).set(TensorFiles.read(file, column.info().kind()));
        } catch (ModelException e) {
          throw new DataException(String.valueOf(e.getMessage()), e);
        }
      }
    }
    return true;
  }

  @Override
  public String where(String dataset, long position) {
    Path set = sets.get((int) position);
    return "%s/%s".formatted(dataset, set.getFileName());
  }

  @Override
  public long totalRows() {
    return sets.size();
  }

  @Override
  public boolean wholeTensors() {
    return true;
  }

  /** Files belong to inputs by their numbers: what an output should be is never fed. */
  @Override
  public Optional<String> refusal(ValueInfo input) {
    return Optional.of(
        "%s: there is no input_%d.pb, which is what the input '%s' is fed; add it, or say with 'inputs:' what to feed"
            .formatted(name, inputs.indexOf(input), input.name()));
  }

  @Override
  public void close() {}
}
