package org.modelvitals.language;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** Puts the logits of calls with one token each side by side, in memory that is used again. */
final class SideBySide {
  private final Scratch copy = new Scratch();
  private @Nullable Room room;
  private @Nullable Tensor all;
  private int vocabulary;

  /**
   * Takes in the logits of a call.
   *
   * @param place the place of its tokens
   * @param places how many places there will be
   */
  void add(Logits one, int place, int places) {
    ElementType type = one.type();
    if (room == null) {
      room = new Room(type);
    }
    vocabulary = one.vocabulary();
    Tensor to = room.of(one.rows(), places, vocabulary);
    all = to;
    int bytes = vocabulary * type.bytes();
    ByteBuffer from = one.tensor().bytes();
    for (int row = 0; row < one.rows(); row++) {
      to.bytes().put((row * places + place) * bytes, from, row * bytes, bytes);
    }
  }

  /** The logits of all places. */
  Logits logits(TokenRows rows) {
    Tensor tensor = java.util.Objects.requireNonNull(all);
    int[] first = new int[rows.rows().size()];
    int[] counts = new int[first.length];
    for (int row = 0; row < first.length; row++) {
      first[row] = rows.first(row);
      counts[row] = rows.rows().get(row).length;
    }
    return new Logits(tensor, floats(tensor), copy, first, counts, rows.width(), vocabulary);
  }

  private static @Nullable FloatBuffer floats(Tensor tensor) {
    return tensor.type() == ElementType.FLOAT32
        ? tensor.bytes().duplicate().order(tensor.bytes().order()).clear().asFloatBuffer()
        : null;
  }
}
