package org.modelvitals.reports.junitxml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements, one a line, and replaces what XML 1.0 cannot carry. */
final class XmlWriter {
  private final XMLStreamWriter out;

  /** For each open element, whether it has child elements. */
  private final Deque<Boolean> open = new ArrayDeque<>();

  XmlWriter(XMLStreamWriter out) throws XMLStreamException {
    this.out = out;
    out.writeStartDocument("UTF-8", "1.0");
  }

  static String fixed(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }

  XmlWriter open(String element) throws XMLStreamException {
    if (!open.isEmpty()) {
      open.pop();
      open.push(true);
    }
    newLine();
    out.writeStartElement(element);
    open.push(false);
    return this;
  }

  /** White space becomes single spaces: readers would turn line feeds into spaces anyway. */
  XmlWriter attribute(String name, String value) throws XMLStreamException {
    out.writeAttribute(name, legal(value).replaceAll("\\s+", " ").strip());
    return this;
  }

  XmlWriter attribute(String name, long value) throws XMLStreamException {
    return attribute(name, Long.toString(value));
  }

  /**
   * Text as CDATA, which is what Surefire writes: its own parser drops white space between
   * references. Lines end in a line feed, as every reader of XML would have it anyway.
   */
  XmlWriter text(String text) throws XMLStreamException {
    String rest = legal(text).replaceAll("\\r\\n?", "\n");
    for (int end = rest.indexOf("]]>"); end >= 0; end = rest.indexOf("]]>")) {
      out.writeCData(rest.substring(0, end + 2));
      rest = rest.substring(end + 2);
    }
    out.writeCData(rest);
    return this;
  }

  void close() throws XMLStreamException {
    if (open.pop()) {
      newLine();
    }
    out.writeEndElement();
  }

  void end() throws XMLStreamException {
    out.writeEndDocument();
    out.flush();
  }

  private void newLine() throws XMLStreamException {
    out.writeCharacters("\n" + "  ".repeat(open.size()));
  }

  /**
   * The text with U+FFFD for what is no character of <a
   * href="https://www.w3.org/TR/xml/#charsets">XML 1.0</a>.
   */
  static String legal(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c <= 0xd7ff)
                        || (c >= 0xe000 && c <= 0xfffd)
                        || c >= 0x10000
                    ? c
                    : 0xfffd)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }
}
