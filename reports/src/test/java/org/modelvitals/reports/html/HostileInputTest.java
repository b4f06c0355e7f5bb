package org.modelvitals.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.DeviceRecord;
import org.modelvitals.record.ModelRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.reports.SampleRecords;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** Whatever stands in names and data: it is text on the page, and nothing but text. */
final class HostileInputTest {
  private static final List<String> PIECES =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "javascript:alert(1)",
          "</style><script>alert(1)</script>",
          "</title></svg></details></td>",
          "<!--",
          "-->",
          "]]>",
          "<![CDATA[",
          "&lt;&#60;&amp;",
          "\u0000",
          "\u202egnp.exe",
          "\u2028",
          "\uD800",
          "${7*7}{{7*7}}",
          "url(http://example.org/x)",
          "x".repeat(300),
          "\r\n");

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(20))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(pieces -> "a" + String.join("", pieces));
  }

  @Property(tries = 60)
  void nothingButTextChanges(@ForAll("hostile") String text) {
    Document harmless = Jsoup.parse(HtmlReport.render(record("a")));
    Document page = Jsoup.parse(HtmlReport.render(record(text)));
    assertThat(skeleton(page)).isEqualTo(skeleton(harmless));
    String shown = Visible.text(text);
    assertThat(page.expectFirst(".suite h3 bdi").wholeText()).isEqualTo(shown);
    assertThat(page.expectFirst("figure tbody td").wholeText()).isEqualTo(shown);
    assertThat(page.expectFirst(".bars tbody th span").attr("title")).isEqualTo(shown);
    assertThat(page.expectFirst("svg.chart > title").wholeText()).isEqualTo(shown);
  }

  /** Elements and the attributes that could act. */
  private static List<String> skeleton(Document page) {
    return page.getAllElements().stream()
        .map(
            element ->
                element.tagName()
                    + element.attributes().asList().stream()
                        .map(attribute -> attribute.getKey())
                        .toList()
                    + acting(element))
        .toList();
  }

  private static String acting(Element element) {
    return element.attr("href") + element.attr("class") + element.attr("id");
  }

  private static RunRecord record(String text) {
    Measurement measured = Measurement.text(text, text).note(text);
    Verdict verdict =
        new Verdict(
            Status.FAILED,
            text,
            List.of(new Outcome(text, text, Status.FAILED, measured, null, null, text)));
    List<Evidence> evidence =
        List.of(
            new Evidence.Table(text, text, List.of(text), List.of(List.of(text))),
            new Evidence.Matrix(
                text, text, text, text, List.of("long " + text), List.of(List.of(1L))),
            new Evidence.Histogram(
                text,
                text,
                Unit.BYTES,
                List.of(new Evidence.Histogram.Bin(0, 1, 1)),
                List.of(new Evidence.Histogram.Mark(text, 0.5))),
            new Evidence.Bars(
                text, text, Unit.NUMBER, List.of(new Evidence.Bars.Bar(text, 1, null))),
            new Evidence.Curve(
                text, text, text, text, true, List.of(new Evidence.Curve.Point(0, 1, 1))),
            new Evidence.Strip(
                text, text, Unit.NUMBER, List.of(new Evidence.Strip.Cell(text, -1.0, text)), 0));
    CheckRecord check = SampleRecords.check(text, verdict, List.of(measured), evidence);
    return SampleRecords.run(
        text,
        text,
        new SuiteRecord(
            text,
            text,
            text,
            text,
            Set.of(text),
            new ModelRecord(text, text, 1),
            new DeviceRecord(text, 1, Map.of(text, 1), Map.of(text, text)),
            List.of(
                new CheckRecord(
                    text,
                    text,
                    text,
                    Map.of(text, List.of(text, Map.of(text, text))),
                    Set.of(text),
                    check.startedAt(),
                    1,
                    text,
                    verdict,
                    check.measurements(),
                    evidence,
                    List.of(verdict)))));
  }
}
