package org.modelvitals.checks.budget;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelFiles;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.Progress;

/** A probe's surroundings without an engine, with inputs that are all 0.5. */
public class BudgetContext implements ProbeContext, AutoCloseable {
  private final Path file;
  private final DeviceSpec device;
  private final ModelPool pool = new ModelPool();
  private final List<Model> others = new ArrayList<>();
  private @Nullable Model model;

  public BudgetContext(Path file) {
    this(file, DeviceSpec.CPU);
  }

  public BudgetContext(Path file, DeviceSpec device) {
    this.file = file;
    this.device = device;
  }

  @Override
  public ModelFile modelFile() {
    return ModelFiles.identify(file);
  }

  @Override
  public DeviceSpec device() {
    return device;
  }

  @Override
  public SessionSpec session() {
    return SessionSpec.DEFAULT;
  }

  @Override
  public Model model() {
    Model known = model;
    if (known == null) {
      known = pool.acquire(file, device(), session());
      model = known;
    }
    return known;
  }

  @Override
  public Model model(String path) {
    Model other = pool.acquire(resolve(path), device(), session());
    others.add(other);
    return other;
  }

  @Override
  public Path resolve(String path) {
    return file.resolveSibling(path);
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
    if (GeneratedInputs.hasFeedback(data)) {
      return Feeds.open(data, this::resolve, fed.signature(), Map.of(), seed(), reserved);
    }
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    data.inputs()
        .forEach(
            (name, spec) -> {
              InputSpec.Random random = (InputSpec.Random) spec;
              long[] shape = random.shape().stream().mapToLong(Long::longValue).toArray();
              Tensor tensor =
                  Tensor.allocate(fed.signature().input(name).orElseThrow().type(), shape);
              for (int i = 0; i < tensor.size(); i++) {
                tensor.setDouble(i, 0.5);
              }
              inputs.put(name, tensor);
            });
    return new OneRow(inputs);
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Progress progress() {
    return Progress.unwatched();
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
    others.forEach(Model::close);
  }

  private record OneRow(Map<String, Tensor> inputs) implements Feed, Batch {
    @Override
    public Optional<Batch> next() {
      return Optional.of(this);
    }

    @Override
    public void feedback(Map<String, Value> outputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int batch() {
      return 1;
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public long index(int row) {
      return 0;
    }

    @Override
    public String where(int row) {
      return "the row";
    }

    @Override
    public @Nullable Object value(int row, String column) {
      throw new UnsupportedOperationException(column);
    }

    @Override
    public long totalRows() {
      return 1;
    }

    @Override
    public void close() {}
  }
}
