package org.modelvitals.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.reports.SampleRecords;

/**
 * Every colour that carries text or meaning stands out from what lies behind it: <a
 * href="https://www.w3.org/TR/WCAG22/#contrast-minimum">WCAG 2.2, 1.4.3 and 1.4.11</a>, level AA.
 */
final class PaletteTest {
  private static final List<String> VERDICTS =
      List.of("passed", "failed", "error", "inconclusive", "skipped");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textIsReadable(boolean dark) {
    Map<String, String> colours = colours(dark);
    List<String[]> pairs = new ArrayList<>();
    for (String background : List.of("paper", "card")) {
      for (String text : List.of("ink", "muted", "link")) {
        pairs.add(new String[] {text, background});
      }
      VERDICTS.forEach(verdict -> pairs.add(new String[] {verdict, background}));
    }
    VERDICTS.forEach(verdict -> pairs.add(new String[] {verdict, verdict + "-tint"}));
    for (int step = 1; step <= 5; step++) {
      pairs.add(new String[] {"ink", "hit" + step});
      pairs.add(new String[] {"ink", "miss" + step});
    }
    assertThat(pairs)
        .allSatisfy(
            pair ->
                assertThat(contrast(colours, pair[0], pair[1]))
                    .as("%s on %s", pair[0], pair[1])
                    .isGreaterThanOrEqualTo(4.5));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shapesAreVisible(boolean dark) {
    Map<String, String> colours = colours(dark);
    for (String shape : List.of("bar", "limit", "axis", "focus")) {
      assertThat(contrast(colours, shape, "card")).as(shape).isGreaterThanOrEqualTo(3);
    }
    for (String shape : List.of("limit", "passed", "failed", "inconclusive", "error")) {
      assertThat(contrast(colours, shape, "zone"))
          .as("%s on the allowed zone", shape)
          .isGreaterThanOrEqualTo(3);
    }
  }

  private static Map<String, String> colours(boolean dark) {
    String css =
        Jsoup.parse(HtmlReport.render(SampleRecords.healthy())).expectFirst("style").data();
    String block = css.substring(css.indexOf(dark ? "prefers-color-scheme:dark" : ":root{"));
    Map<String, String> colours = new HashMap<>();
    Matcher matcher =
        Pattern.compile("--([a-z0-9-]+):(#[0-9a-f]{6})")
            .matcher(block.substring(0, block.indexOf('}')));
    while (matcher.find()) {
      colours.put(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  private static double contrast(Map<String, String> colours, String a, String b) {
    double one = luminance(Objects.requireNonNull(colours.get(a), a));
    double two = luminance(Objects.requireNonNull(colours.get(b), b));
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
  }

  private static double channel(String colour, int at) {
    double share = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
