package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.checks.slices.WeakSearch;
import org.modelvitals.data.DataRow;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

class HitSlicesTest {

  @Test
  void answers_are_counted_by_crossed_slices_and_the_weak_one_is_found() {
    List<DataRow> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(
          new DataRow(
              i,
              "q.jsonl:" + (i + 1),
              Map.of("kind", i % 2 == 0 ? "verb" : "noun", "length", i % 40)));
    }
    Slicing declared =
        Slicing.by("kind x length")
            .edges("length", 2, 20)
            .least(25)
            .search(WeakSearch.over("kind", "length"));
    Slicer slicer =
        Slicer.of(
            declared,
            visitor -> rows.forEach(row -> visitor.row(name -> row.value(name).orElse(null))));
    HitSlices hits = new HitSlices(slicer);
    // Of long verbs every second one is wrong, of all others one in ten.
    rows.forEach(
        row ->
            hits.add(
                row,
                (row.index() % 2 == 0 && row.index() % 40 >= 20)
                    ? row.index() % 4 == 0
                    : row.index() % 10 != 3));
    Reading.Builder reading = Reading.builder();
    List<Evidence> evidence = hits.measure(reading);
    Reading read = reading.build();
    Measurement worst = read.measurement("worst slice").orElseThrow();
    assertThat(worst.note()).isEqualTo("accuracy where kind=verb, length=20 and over");
    assertThat(worst.value()).isEqualTo(0.5);
    assertThat(read.measurement("accuracy[kind=noun, length=under 2]").orElseThrow().note())
        .isEqualTo("too few rows to say: 10, at least 25 are declared");
    assertThat(read.measurement("weak slices").orElseThrow().value()).isEqualTo(1);
    assertThat(read.measurement("weak slice gap[kind=verb, length=20 and over]")).isPresent();
    assertThat(evidence)
        .extracting(Evidence::title)
        .containsExactly("Weak slices", "Slices, the worst first", "The worst slices");
  }
}
