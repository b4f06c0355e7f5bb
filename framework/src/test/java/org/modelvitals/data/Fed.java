package org.modelvitals.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.ValueInfo;

/** A folder with a dataset, and a model's signature that it is fed to. */
final class Fed {
  private final Path folder;
  private final List<ValueInfo> inputs = new ArrayList<>();
  private final List<ValueInfo> overridable = new ArrayList<>();
  private final List<ValueInfo> outputs = new ArrayList<>();
  private Map<String, Long> dimensions = Map.of();
  private Set<String> reserved = Set.of();

  Fed(Path folder) {
    this.folder = folder;
  }

  /** An input; a dimension is a number, or a name for a free one, {@code ?} for one without. */
  Fed input(String name, ElementType type, Object... dims) {
    inputs.add(info(name, type, dims));
    return this;
  }

  Fed overridable(String name, ElementType type, Object... dims) {
    overridable.add(info(name, type, dims));
    return this;
  }

  Fed output(String name, ElementType type, Object... dims) {
    outputs.add(info(name, type, dims));
    return this;
  }

  Fed outputInfo(ValueInfo info) {
    outputs.add(info);
    return this;
  }

  static ValueInfo sequence(String name, ElementType type) {
    return new ValueInfo(
        name, ValueInfo.Kind.SEQUENCE, type, List.of(), "seq(tensor(" + type + "))");
  }

  static ValueInfo info(String name, ElementType type, Object... dims) {
    return ValueInfo.tensor(
        name,
        type,
        Arrays.stream(dims)
            .map(
                dim ->
                    dim instanceof Number size
                        ? Dim.fixed(size.longValue())
                        : Dim.free("?".equals(dim) ? null : (String) dim))
            .toList());
  }

  Fed dimension(String name, long size) {
    dimensions = Map.of(name, size);
    return this;
  }

  Fed reserved(String... columns) {
    reserved = Set.of(columns);
    return this;
  }

  Fed file(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Feed open(DataSpec spec) {
    return open(spec, 1);
  }

  Feed open(DataSpec spec, long seed) {
    return Feeds.open(
        spec,
        folder::resolve,
        new Signature(inputs, overridable, outputs),
        dimensions,
        seed,
        reserved);
  }

  /** All batches of the only input, each as its shape and values. */
  List<String> batches(DataSpec spec) {
    List<String> found = new ArrayList<>();
    try (Feed feed = open(spec)) {
      for (Optional<Batch> batch = feed.next(); batch.isPresent(); batch = feed.next()) {
        Map<String, Tensor> fed = batch.get().inputs();
        StringBuilder text = new StringBuilder();
        fed.forEach(
            (name, tensor) ->
                text.append(fed.size() == 1 ? "" : (text.isEmpty() ? "" : " ") + name + "=")
                    .append(text(tensor)));
        found.add(text.toString());
      }
    }
    return found;
  }

  /** The input of this name, which the batch has. */
  static Tensor input(Batch batch, String name) {
    return java.util.Objects.requireNonNull(batch.inputs().get(name), name);
  }

  static String text(Tensor tensor) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < tensor.size(); i++) {
      values.add(
          tensor.type() == ElementType.STRING
              ? tensor.strings()[i]
              : tensor.type().isFloating()
                  ? (Object) tensor.getDouble(i)
                  : (Object) tensor.getLong(i));
    }
    return Arrays.toString(tensor.shape()) + values;
  }
}
