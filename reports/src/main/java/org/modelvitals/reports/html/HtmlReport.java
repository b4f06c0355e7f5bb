package org.modelvitals.reports.html;

import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.modelvitals.record.RunRecord;

/**
 * Draws a run record as one self-contained HTML page: no script, no request, nothing to install.
 *
 * <p>The page stays usable for records of thousands of checks: long tables are cut, large confusion
 * matrices become a list of the worst confusions, and checks beyond the first few hundred, red ones
 * first, are told in brief. Wherever something is left out, the page says so; the run record has
 * everything.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /** The page as a text. */
  public static String render(RunRecord record) {
    StringWriter writer = new StringWriter();
    try {
      write(record, writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return writer.toString();
  }

  /**
   * Writes the page as it is made, in memory that does not grow with it. The writer should encode
   * UTF-8, as the page declares, and is not closed.
   *
   * @throws IOException as the writer threw it
   */
  @SuppressWarnings("NullAway") // templates may be called without an interceptor
  public static void write(RunRecord record, Writer writer) throws IOException {
    try {
      JtepageGenerated.render(
          new VisibleOutput(new WriterOutput(writer)), null, new Page(record, Detail.of(record)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
  }
}
