package org.modelvitals.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.modelvitals.reports.SampleRecords;

/** What the page says, read by an HTML parser. */
final class HtmlReportTest {
  private static final Document RICH = Jsoup.parse(HtmlReport.render(SampleRecords.rich()));

  @Test
  void saysFirstHowTheRunWent() {
    assertThat(RICH.select("h1").text())
        .isEqualTo("Failed. 5 of 9 checks need attention, in 2 of 3 suites.");
    assertThat(RICH.select(".counts li").eachText())
        .containsExactly("2 failed", "2 errors", "1 inconclusive", "1 skipped", "3 passed");
  }

  @Test
  void loadsAndRunsNothing() {
    assertThat(RICH.select("script, iframe, object, embed, form, base, img, [src], [onclick]"))
        .isEmpty();
    assertThat(RICH.select("link").eachAttr("href")).containsExactly("data:,");
    for (Element link : RICH.select("a, use")) {
      assertThat(link.attr("href")).startsWith("#");
    }
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> targets = RICH.select("a, use").eachAttr("href");
    assertThat(targets).isNotEmpty();
    for (String target : targets) {
      assertThat(RICH.getElementById(target.substring(1))).as(target).isNotNull();
    }
  }
}
