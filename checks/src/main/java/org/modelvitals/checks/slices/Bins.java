package org.modelvitals.checks.slices;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.text.Bounds;

/**
 * How the numbers of a column are cut into slices: at edges, each of which belongs to the slice
 * above it, or at quantiles of the dataset.
 *
 * @param quantiles into how many slices with about equally many rows; 4 for quarters
 */
@Doc("How the numbers of a column are cut: at edges, or into slices with equally many rows.")
@Shorthand("edges")
public record Bins(
    @Doc(value = "Where the numbers are cut, in ascending order.", example = "[30, 50]")
        List<Double> edges,
    @Doc(value = "Into how many slices with about equally many rows.", example = "4") @Minimum(2)
        @Nullable Integer quantiles) {

  public Bins {
    Bounds.atLeast(2, "quantiles", quantiles);
    edges = List.copyOf(edges);
    if (edges.isEmpty() == (quantiles == null)) {
      throw new IllegalArgumentException(
          "bins: expected edges such as [30, 50], or quantiles such as 4, and not both");
    }
    for (int i = 0; i < edges.size(); i++) {
      if (!Double.isFinite(edges.get(i)) || (i > 0 && edges.get(i) <= edges.get(i - 1))) {
        throw new IllegalArgumentException(
            "bins: the edges %s are not finite and ascending".formatted(edges));
      }
    }
  }
}
