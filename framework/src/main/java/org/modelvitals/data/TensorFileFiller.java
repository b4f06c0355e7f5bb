package org.modelvitals.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.TensorFiles;
import org.modelvitals.model.ValueInfo;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives the same tensor for every batch, read from a file once. */
final class TensorFileFiller extends GeneratedFiller {
  /** Keeps numbers as they are written: a double past its range would be infinite. */
  private static final JsonMapper EXACT =
      JsonCells.MAPPER.rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final String file;
  private final Cell values;

  private TensorFileFiller(Axes axes, List<Long> shape, String file, Cell values) {
    super(axes, shape, false);
    this.file = file;
    this.values = values;
  }

  static TensorFileFiller of(Axes axes, InputSpec.TensorFile spec, Function<String, Path> resolve) {
    Path path = resolve.apply(spec.file());
    boolean json = spec.at() != null || spec.file().toLowerCase(Locale.ROOT).endsWith(".json");
    Cell values = new Cell();
    values.begin();
    if (json) {
      json(path, spec, values);
    } else {
      proto(axes, path, spec, values);
    }
    List<Long> shape = spec.shape().isEmpty() ? shape(axes, spec.file(), values) : spec.shape();
    return new TensorFileFiller(axes, shape, spec.file(), values);
  }

  private static void proto(Axes axes, Path path, InputSpec.TensorFile spec, Cell values) {
    try {
      Tensor tensor = (Tensor) TensorFiles.read(path, ValueInfo.Kind.TENSOR);
      ElementType wanted = axes.input().type();
      if (tensor.type() != wanted) {
        throw new DataException(
            "%s: %s holds %s; expected %s".formatted(axes, spec.file(), tensor, wanted));
      }
      values.set(tensor);
    } catch (ModelException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void json(Path path, InputSpec.TensorFile spec, Cell values) {
    String pointer = spec.at() == null ? "" : spec.at();
    if (!pointer.isEmpty() && !pointer.startsWith("/")) {
      throw new DataException(
          "'%s' is no JSON pointer; it begins with '/', such as /outputs/0".formatted(pointer));
    }
    try {
      JsonNode node = EXACT.readTree(path).at(pointer);
      if (node.isMissingNode() || node.isObject()) {
        throw new DataException(
            "%s has %s at '%s'; expected an array or a single value"
                .formatted(spec.file(), node.isObject() ? "an object" : "nothing", pointer));
      }
      JsonCells.readArray(node.isArray() ? node.toString() : "[" + node + "]", values);
    } catch (JacksonException e) {
      throw new DataException(
          "%s is no JSON document: %s".formatted(spec.file(), e.getOriginalMessage()), e);
    }
  }

  private static List<Long> shape(Axes axes, String file, Cell values) {
    long[] found = values.shape();
    long @Nullable [] shape = Shapes.resolve(axes.sizes(), values.size(), found);
    if (shape == null) {
      throw new DataException(
          "%s: %s holds %s%s, which does not fit"
              .formatted(
                  axes,
                  file,
                  Wording.count(values.size(), "value"),
                  found == null ? "" : " of shape " + Wording.shape(found)));
    }
    return Arrays.stream(shape).boxed().toList();
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    if (values.size() != tensor.size()) {
      throw new DataException(
          "%s: %s holds %s; %s has %d"
              .formatted(
                  axes(),
                  file,
                  Wording.count(values.size(), "value"),
                  Wording.shape(tensor.shape()),
                  tensor.size()));
    }
    try {
      new Conversions(tensor, 1, "nan").write(values, 0);
    } catch (Misfit e) {
      throw new DataException(
          "%s: %s holds %s; expected %s"
              .formatted(
                  axes(), file, e.getMessage(), ColumnsFiller.wanted(axes().input().type())));
    }
  }
}
