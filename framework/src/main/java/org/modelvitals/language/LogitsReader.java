package org.modelvitals.language;

import java.nio.FloatBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Recurrence;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;

/**
 * Gives the runtime memory for the logits, and reads them there. The first call shows what they
 * look like: whether there are some after each token or after the last only, and how wide they are.
 */
final class LogitsReader {
  private final ValueInfo output;
  private final Room room;
  private final Scratch copy = new Scratch();
  private int rank;
  private int vocabulary;
  private @Nullable Boolean everywhere;
  private @Nullable Tensor read;
  private @Nullable FloatBuffer floats;

  LogitsReader(ValueInfo output) {
    this.output = output;
    this.room = new Room(output.type());
  }

  /** Before a call. */
  void prepare(Recurrence recurrence, Columns columns) {
    Boolean known = columns.added() == 1 ? Boolean.TRUE : everywhere;
    int places = Boolean.FALSE.equals(known) ? 1 : columns.added();
    requireRoom(columns, places);
    if (vocabulary == 0 || known == null) {
      recurrence.release(output.name());
      return;
    }
    recurrence.write(
        output.name(),
        rank == 2
            ? room.of(columns.rows(), vocabulary)
            : room.of(columns.rows(), places, vocabulary));
  }

  private void requireRoom(Columns columns, int places) {
    Dim declared = output.shape().get(output.shape().size() - 1);
    long width = Math.max(vocabulary, declared.size());
    long bytes = width * columns.rows() * places * output.type().bytes();
    if (output.shape().size() == 3 && bytes > Integer.MAX_VALUE) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          String.format(
              Locale.ROOT,
              "the logits of %d rows of %d tokens need %,d bytes, more than one buffer holds; feed"
                  + " fewer rows or tokens at once",
              columns.rows(),
              columns.added(),
              bytes));
    }
  }

  /**
   * After a call.
   *
   * @param counts how many tokens of each row the caller asks about: the last ones of the call
   */
  Logits read(Recurrence recurrence, Columns columns, int[] counts) {
    Value value = recurrence.read(output.name());
    if (!(value instanceof Tensor tensor) || tensor.rank() < 2) {
      throw failed("the output '%s' is no tensor with logits".formatted(output.name()));
    }
    int rows = columns.rows();
    int added = columns.added();
    long places = tensor.rank() == 3 ? tensor.dim(1) : 1;
    if (tensor.dim(0) != rows || tensor.rank() > 3 || (places != added && places != 1)) {
      throw failed(
          "the output '%s' is %s for %d rows of %d tokens; expected [%d, %d, vocabulary] or [%d, vocabulary]"
              .formatted(output.name(), tensor, rows, added, rows, added, rows));
    }
    rank = tensor.rank();
    vocabulary = Math.toIntExact(tensor.dim(-1));
    if (rank == 2) {
      everywhere = false;
    } else if (added > 1) {
      everywhere = places == added;
    }
    int[] first = columns.first();
    int[] own = columns.own();
    for (int row = 0; row < rows; row++) {
      if (places < added && first[row] + own[row] != added) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            "the model gives logits at the last place only, where row %d has padding; pad on the left"
                .formatted(row));
      }
      first[row] += own[row] - counts[row];
    }
    return new Logits(tensor, floats(tensor), copy, first, counts, (int) places, vocabulary);
  }

  private @Nullable FloatBuffer floats(Tensor tensor) {
    if (tensor != read) {
      read = tensor;
      floats =
          tensor.type() == ElementType.FLOAT32
              ? tensor.bytes().duplicate().order(tensor.bytes().order()).clear().asFloatBuffer()
              : null;
    }
    return floats;
  }

  private static ModelException failed(String sentence) {
    return new ModelException(ModelException.Reason.RUN_FAILED, sentence);
  }
}
