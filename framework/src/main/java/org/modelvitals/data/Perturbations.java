package org.modelvitals.data;

import java.util.List;

/**
 * Changes that are made one after the other.
 *
 * @param seed of what is random in them
 */
public record Perturbations(List<Perturbation> steps, long seed) {
  public static final Perturbations NONE = new Perturbations(List.of(), 0);

  public Perturbations {
    steps = List.copyOf(steps);
  }
}
