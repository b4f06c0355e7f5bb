package org.modelvitals.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageGraph.Input;
import org.modelvitals.language.LanguageInputs.Role;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Recurrence;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.ValueInfo;

/** Fills the inputs of a graph that are no caches, in memory that is used again. */
final class Feed {
  private final boolean knowsPadding;
  private final boolean hasStaticCache;
  private final List<Slot> slots = new ArrayList<>();
  private @Nullable Columns masked;

  private record Slot(Input input, Room room) {}

  Feed(LanguageGraph graph) {
    this.hasStaticCache = graph.has(Role.CACHE_POSITIONS) && !graph.caches().isEmpty();
    this.knowsPadding = graph.has(Role.ATTENTION_MASK) || graph.has(Role.LAST_INDEX);
    graph.inputs().forEach(input -> slots.add(new Slot(input, new Room(input.info().type()))));
  }

  /**
   * Feeds the tokens of the last call.
   *
   * @param encoded the encoder's states; null for a model without one
   */
  void feed(Recurrence recurrence, Columns columns, @Nullable Encoded encoded) {
    if (!knowsPadding && columns.isPaddedBefore()) {
      throw bad(
          "the model takes no attention mask, so tokens cannot stand behind padding; feed rows of"
              + " one length, or one row at a time");
    }
    for (Slot slot : slots) {
      recurrence.feed(slot.input.info().name(), tensor(slot, columns, encoded));
    }
  }

  private Tensor tensor(Slot slot, Columns columns, @Nullable Encoded encoded) {
    ValueInfo info = slot.input.info();
    return switch (slot.input.role()) {
      case TOKEN_IDS -> {
        Tensor tensor = places(slot, columns);
        columns.fillIds(tensor);
        yield tensor;
      }
      case POSITIONS -> {
        Tensor tensor = places(slot, columns);
        columns.fillPositions(tensor);
        yield tensor;
      }
      // Zeros, which nobody writes over.
      case TOKEN_TYPES -> places(slot, columns);
      case ATTENTION_MASK -> mask(slot, columns);
      case CACHE_POSITIONS -> {
        Tensor tensor = slot.room.of(columns.added());
        columns.fillCachePositions(tensor);
        yield tensor;
      }
      case LAST_INDEX -> {
        Tensor tensor =
            info.shape().size() == 1
                ? slot.room.of(columns.rows())
                : slot.room.of(columns.rows(), 1);
        columns.fillLastIndex(tensor);
        yield tensor;
      }
      case USE_CACHE -> filled(slot, columns.past() > 0 ? 1 : 0);
      case PAST_LENGTH -> filled(slot, columns.past());
      case TOTAL_LENGTH -> filled(slot, columns.total());
      case CONSTANT -> filled(slot, slot.input.constant());
      case ENCODER_STATES -> required(encoded, info).states();
      case ENCODER_MASK -> required(encoded, info).mask(info.type());
    };
  }

  private static Encoded required(@Nullable Encoded encoded, ValueInfo input) {
    if (encoded == null) {
      throw bad(
          "the input '%s' comes from an encoder; this decoder cannot be run without it"
              .formatted(input.name()));
    }
    return encoded;
  }

  /** [rows, places], or [n, rows, places]. */
  private static Tensor places(Slot slot, Columns columns) {
    ValueInfo info = slot.input.info();
    int rows = columns.rows();
    int added = columns.added();
    requireLength(info, info.shape().size() - 1, added);
    if (info.shape().size() == 2) {
      return slot.room.of(rows, added);
    }
    Dim repeat = info.shape().get(0);
    return slot.room.of(repeat.isFree() ? 3 : repeat.size(), rows, added);
  }

  private Tensor mask(Slot slot, Columns columns) {
    int total = columns.total();
    Dim declared = slot.input.info().shape().get(1);
    if (hasStaticCache && declared.size() > total) {
      total = Math.toIntExact(declared.size()); // one for each place that the cache will have
    }
    requireLength(slot.input.info(), 1, total);
    // Of one row, what was filled for earlier places is where it was.
    boolean kept =
        masked == columns && columns.rows() == 1 && columns.past() > 0 && slot.room.holds(total);
    Tensor tensor = slot.room.of(columns.rows(), total);
    columns.fillMask(tensor, kept ? columns.past() : 0, total);
    masked = columns;
    return tensor;
  }

  private static Tensor filled(Slot slot, double value) {
    List<Dim> dims = slot.input.info().shape();
    long[] shape = new long[dims.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dims.get(i).isFree() ? 1 : dims.get(i).size();
    }
    Tensor tensor = slot.room.of(shape);
    Columns.fill(tensor, value);
    return tensor;
  }

  private static void requireLength(ValueInfo info, int axis, int wanted) {
    Dim length = info.shape().get(axis);
    if (!length.isFree() && length.size() != wanted) {
      throw bad(
          "the input '%s' takes exactly %d tokens, and there are %d"
              .formatted(info.name(), length.size(), wanted));
    }
  }

  private static ModelException bad(String sentence) {
    return new ModelException(ModelException.Reason.BAD_INPUT, sentence);
  }
}
