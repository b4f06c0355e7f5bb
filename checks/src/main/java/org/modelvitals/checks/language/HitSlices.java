package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.FRACTION;

import java.util.List;
import java.util.Optional;
import org.modelvitals.checks.slices.SliceFindings;
import org.modelvitals.checks.slices.SliceRanking;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Slices;
import org.modelvitals.checks.slices.WeakSlices;
import org.modelvitals.data.DataRow;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;

/** Right answers by slice: their shares, the worst of them, and those that a search finds weak. */
final class HitSlices {
  /** A slice whose accuracy is not known better than this says nothing. */
  private static final double WIDEST_INTERVAL = 0.25;

  private final Slicer slicer;
  private final Slices<Hits> slices;
  private final Optional<WeakSlices> weak;
  private long right;
  private long all;

  private static final class Hits {
    private long right;
    private long all;
  }

  HitSlices(Slicer slicer) {
    this.slicer = slicer;
    this.slices = slicer.slices(Hits::new);
    this.weak = slicer.search();
  }

  void add(DataRow row, boolean hit) {
    right += hit ? 1 : 0;
    all++;
    slices.add(
        row::text,
        part -> {
          part.right += hit ? 1 : 0;
          part.all++;
        });
    weak.ifPresent(search -> search.add(row::text, hit ? 0 : 1));
  }

  /** Adds the measurements; returns what backs them. */
  List<Evidence> measure(Reading.Builder reading) {
    SliceRanking ranking =
        new SliceRanking("accuracy", FRACTION, true, (double) right / all, WIDEST_INTERVAL);
    slices.forEach(
        (slice, part) -> {
          long hits = part.right;
          long rows = part.all;
          Measurement accuracy =
              Measurement.sampled(
                  "accuracy[" + slice + "]",
                  (double) hits / rows,
                  FRACTION,
                  rows,
                  Intervals.wilson(hits, rows));
          reading.add(slicer.unlessTooFew(accuracy, rows));
          ranking.add(
              slice,
              rows,
              (double) hits / rows,
              level -> Intervals.wilson(hits, rows, level),
              slicer.tooFew(rows));
        });
    return SliceFindings.add(
        reading,
        weak.map(search -> search.findings("share of wrong answers", FRACTION))
            .orElse(SliceFindings.NONE),
        ranking.findings());
  }
}
