package org.modelvitals.checks.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.modelvitals.probe.ProbeException;

class SlicerTest {

  private static Map<String, @Nullable Object> row(@Nullable Object age, @Nullable Object sex) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("age", age);
    row.put("sex", sex);
    return row;
  }

  private static final List<Map<String, @Nullable Object>> ROWS =
      List.of(
          row("29.9", "f"),
          row(30L, "m"),
          row(49.5, "f"),
          row("50", "f"),
          row("", "m"),
          row(70, null),
          row(7, "f"));

  private static Map<String, Integer> counted(
      Slicing declared, List<Map<String, @Nullable Object>> rows) {
    Slicer slicer = Slicer.of(declared, visitor -> rows.forEach(row -> visitor.row(row::get)));
    Slices<int[]> slices = slicer.slices(() -> new int[1]);
    Slices<int[]> later = slicer.slices(() -> new int[1]);
    for (int i = 0; i < rows.size(); i++) {
      (i < 2 ? slices : later).add(rows.get(i)::get, count -> count[0]++);
    }
    slices.merge(later, (mine, theirs) -> mine[0] += theirs[0]);
    Map<String, Integer> all = new LinkedHashMap<>();
    slices.forEach((name, count) -> all.put(name, count[0]));
    return all;
  }

  @Test
  void values_are_slices_numbers_first() {
    assertThat(counted(Slicing.by("age"), ROWS).keySet())
        .containsExactly(
            "age=7", "age=29.9", "age=30", "age=49.5", "age=50", "age=70", "age=(none)");
  }

  @Test
  void edges_cut_and_belong_to_the_slice_above() {
    assertThat(counted(Slicing.by("age").edges("age", 30, 50), ROWS))
        .containsExactly(
            Map.entry("age=under 30", 2),
            Map.entry("age=30 to 50", 2),
            Map.entry("age=50 and over", 2),
            Map.entry("age=(none)", 1));
  }

  @Test
  void columns_are_crossed() {
    assertThat(counted(Slicing.by("sex", "age x sex").edges("age", 50), ROWS))
        .containsExactly(
            Map.entry("sex=(none)", 1),
            Map.entry("sex=f", 4),
            Map.entry("sex=m", 2),
            Map.entry("age=under 50, sex=f", 3),
            Map.entry("age=under 50, sex=m", 1),
            Map.entry("age=50 and over, sex=(none)", 1),
            Map.entry("age=50 and over, sex=f", 1),
            Map.entry("age=(none), sex=m", 1));
  }

  @Test
  void quantiles_have_equally_many_rows() {
    List<Map<String, @Nullable Object>> rows =
        IntStream.range(0, 102).mapToObj(i -> row((i * 37) % 102, "f")).toList();
    assertThat(counted(Slicing.by("age").quantiles("age", 4), rows))
        .containsExactly(
            Map.entry("age=1 of 4", 26),
            Map.entry("age=2 of 4", 25),
            Map.entry("age=3 of 4", 26),
            Map.entry("age=4 of 4", 25));
  }

  @Test
  void quantiles_of_equal_numbers_are_fewer() {
    List<Map<String, @Nullable Object>> rows =
        IntStream.range(0, 100).mapToObj(i -> row(i < 80 ? 0 : i, "f")).toList();
    assertThat(counted(Slicing.by("age").quantiles("age", 5), rows))
        .containsExactly(Map.entry("age=1 of 5", 80), Map.entry("age=5 of 5", 20));
  }

  @Test
  void texts_cannot_be_cut() {
    assertThatThrownBy(() -> counted(Slicing.by("sex").edges("sex", 1), ROWS))
        .isInstanceOf(ProbeException.class)
        .hasMessage("the column 'sex' has 'f', and bins need numbers");
    assertThatThrownBy(() -> counted(Slicing.by("sex").quantiles("sex", 2), ROWS))
        .isInstanceOf(ProbeException.class)
        .hasMessage("the column 'sex' has 'f', and bins need numbers");
  }

  @Test
  void too_many_values_are_refused() {
    List<Map<String, @Nullable Object>> rows =
        IntStream.range(0, 1001).mapToObj(i -> row(i, "f")).toList();
    assertThatThrownBy(() -> counted(Slicing.by("age"), rows))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("'age' has more than 1000 different values");
  }

  @Test
  void mistakes_in_the_declaration_are_told() {
    assertThatThrownBy(() -> Slicing.by("age").edges("agee", 3))
        .hasMessage("bins: no slice is by the column 'agee'; did you mean 'age'?");
    assertThatThrownBy(() -> Slicing.by("age x age")).hasMessageContaining("with itself");
    assertThatThrownBy(() -> Slicing.by("age x ")).hasMessageContaining("lacks a column");
    assertThatThrownBy(() -> Slicing.by("age").edges("age", 3, 3))
        .hasMessageContaining("not finite and ascending");
    assertThatThrownBy(() -> new Bins(List.of(1.0), 3)).hasMessageContaining("not both");
  }
}
