package org.modelvitals.checks.generation;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Template;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataRows;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.ModelException;

/** The prompts of a declaration, one after the other. A dataset is streamed. For one thread. */
public final class PromptRows implements AutoCloseable {
  private final PromptedModel model;
  private final Template template;
  private final @Nullable DataRows data;
  private final Iterator<String> written;
  private final long total;
  private long index;

  private PromptRows(
      PromptedModel model, Template template, @Nullable DataRows data, List<String> written) {
    this.model = model;
    this.template = template;
    this.data = data;
    this.written = written.iterator();
    this.total = data == null ? written.size() : data.total();
  }

  /**
   * A prompt.
   *
   * @param row what it was made of; it says where that stands
   */
  public record Prompt(DataRow row, String text) {

    /**
     * What the model makes of the prompt.
     *
     * @throws ModelException naming the row, if the model throws one
     */
    public <T> T named(Supplier<T> work) {
      try {
        return work.get();
      } catch (ModelException e) {
        throw e.reason() == ModelException.Reason.CANCELLED
            ? e
            : new ModelException(e.reason(), row.where() + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * Opens the prompts of a declaration; the caller closes them.
   *
   * @param resolve turns a path of the suite into one that exists
   * @param model that the prompts are put to
   * @throws org.modelvitals.data.DataException if the dataset cannot be read
   */
  public static PromptRows open(
      PromptSource source, Function<String, Path> resolve, PromptedModel model) {
    DataSpec data = source.data();
    return new PromptRows(
        model,
        Template.of(source.template()),
        data == null ? null : DataRows.open(data, resolve),
        source.prompts());
  }

  /**
   * The next prompt; empty at the end.
   *
   * @throws org.modelvitals.data.DataException naming the row, if no prompt can be made of it
   */
  public Optional<Prompt> next() {
    return row().map(row -> new Prompt(row, template.fill(row)));
  }

  private Optional<DataRow> row() {
    if (data != null) {
      return data.next().map(model::readable);
    }
    if (!written.hasNext()) {
      return Optional.empty();
    }
    String where = "prompt " + (index + 1);
    return Optional.of(new DataRow(index++, where, Map.of(PromptSource.COLUMN, written.next())));
  }

  /** How many prompts there are, or -1 if that is not known without reading them. */
  public long total() {
    return total;
  }

  @Override
  public void close() {
    if (data != null) {
      data.close();
    }
  }
}
