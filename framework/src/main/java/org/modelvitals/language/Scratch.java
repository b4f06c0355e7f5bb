package org.modelvitals.language;

/** Room for the logits of one position, made when it is needed first and then used again. */
final class Scratch {
  private float[] floats = {};

  float[] of(int size) {
    if (floats.length != size) {
      floats = new float[size];
    }
    return floats;
  }
}
