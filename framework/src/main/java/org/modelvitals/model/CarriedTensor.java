package org.modelvitals.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that goes from an output to an input. It lies in one of two buffers while the runtime
 * writes the other, so that a call allocates and copies nothing. Where the next shape cannot be
 * told, the runtime allocates.
 */
final class CarriedTensor {
  /** Room for further places, so that a buffer serves many calls. */
  private static final int SPARE_PLACES = 64;

  final String input;
  final String output;
  private final ElementType type;
  private Growth growth = Growth.UNKNOWN;
  private int axis;
  private long[] shape = {};
  private long[] next = {};
  private ByteBuffer front = ByteBuffer.allocateDirect(0);
  private ByteBuffer back = ByteBuffer.allocateDirect(0);

  private enum Growth {
    UNKNOWN,
    NONE,
    BY_PLACES,
    IRREGULAR
  }

  CarriedTensor(String input, String output, ElementType type) {
    this.input = input;
    this.output = output;
    this.type = type;
  }

  /** The next call is fed a tensor of this shape, from memory of somebody else. */
  void startAt(long[] fed) {
    shape = fed;
  }

  long[] shape() {
    return shape;
  }

  long bytes() {
    long bytes = type.bytes();
    for (long dim : shape) {
      bytes *= dim;
    }
    return bytes;
  }

  /**
   * A tensor that the runtime can write the output of the next call into, if its shape is known.
   */
  @Nullable OnnxTensor room(int places) throws OrtException {
    if (growth == Growth.UNKNOWN || growth == Growth.IRREGULAR || !OrtValues.isWritable(type)) {
      return null;
    }
    next = shape.clone();
    if (growth == Growth.BY_PLACES) {
      next[axis] += places;
    }
    long bytes = type.bytes();
    for (long dim : next) {
      bytes *= dim;
    }
    if (bytes == 0 || bytes > Integer.MAX_VALUE) {
      return null;
    }
    if (back.capacity() < bytes) {
      back = ByteBuffer.allocateDirect(withSpare((int) bytes)).order(ByteOrder.nativeOrder());
    }
    return OrtValues.over(type, back.duplicate().clear().limit((int) bytes), next);
  }

  private int withSpare(int bytes) {
    if (growth != Growth.BY_PLACES) {
      return bytes;
    }
    long place = bytes / next[axis];
    long places = Math.max(2 * next[axis], next[axis] + SPARE_PLACES);
    return (int) Math.min(place * places, Integer.MAX_VALUE);
  }

  /** The call wrote into the room that it was given. */
  void written() {
    shape = next;
    ByteBuffer other = front;
    front = back;
    back = other;
  }

  /** The call gave a tensor of a new shape, in memory of the runtime. */
  void allocated(long[] given, int places) {
    if (growth == Growth.UNKNOWN && places > 0) {
      growth = growth(given, places);
    }
    shape = given;
  }

  /** The runtime refused the room: from now on it allocates. */
  void giveUp() {
    growth = Growth.IRREGULAR;
  }

  private Growth growth(long[] given, int places) {
    if (Arrays.equals(given, shape)) {
      return Growth.NONE;
    }
    long[] grown = shape.clone();
    for (int i = 0; i < grown.length; i++) {
      grown[i] += places;
      if (Arrays.equals(given, grown)) {
        axis = i;
        return Growth.BY_PLACES;
      }
      grown[i] -= places;
    }
    return Growth.IRREGULAR;
  }
}
