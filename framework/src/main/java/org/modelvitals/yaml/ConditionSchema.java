package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Unit;

/** The JSON Schema of conditions: what {@link ConditionText} reads, as regular expressions. */
final class ConditionSchema {
  private static final String NUMBER = "[-+]?(?:\\d[\\d_]*(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?";

  private static final String BASELINE =
      "(?:[\\d.]+(?:[eE][-+]?\\d+)?\\s*[x×*]\\s*)?baseline(?:\\s*[-+]\\s*Q)?";

  private ConditionSchema() {}

  static Map<String, Object> number(Unit unit) {
    String quantity = quantity(unit.dimension());
    List<Object> forms = new ArrayList<>();
    forms.add(
        SuiteSchema.ordered(
            "type",
            "string",
            "pattern",
            Stream.of(
                    "(?:surely\\s+)?(?:>=|<=|>|<|!=)\\s*Q",
                    "==?\\s*Q",
                    "(?:surely\\s+)?(?:>=|<=|>|<|==?|!=)\\s*B",
                    "(?:surely\\s+)?between\\s+Q\\s+and\\s+Q",
                    "(?:surely\\s+)?(?:=\\s*)?Q\\s*(?:±|\\+-|\\+/-)\\s*Q",
                    "Q")
                .collect(Collectors.joining("|", "^\\s*(?:", ")\\s*$"))
                .replace("B", BASELINE)
                .replace("Q", quantity)));
    forms.add(
        unit.dimension() == Dimension.NUMBER
            ? Map.of("type", "number")
            : SuiteSchema.ordered("const", 0));
    return SuiteSchema.ordered(
        "description",
        "Such as '%s', 'between … and …', '… +- …' or '>= baseline'; 'surely' before it asks for the"
                .formatted(ExpectationRules.example(unit))
            + " whole interval.",
        "anyOf",
        forms);
  }

  /** A number with a unit of the dimension; nothing is nothing in every unit. */
  private static String quantity(Dimension dimension) {
    String units =
        ExpectationRules.units(dimension).stream()
            .flatMap(unit -> unit.symbols().stream())
            .filter(symbol -> !symbol.isEmpty())
            .collect(Collectors.joining("|", "(?:", ")"));
    return dimension == Dimension.NUMBER
        ? "(?:" + NUMBER + "(?:\\s*" + units + ")?)"
        : "(?:" + NUMBER + "\\s*" + units + "|[-+]?0+(?:\\.0*)?)";
  }

  static Map<String, Object> text() {
    return SuiteSchema.ordered(
        "description",
        "The text itself, or 'is …', '= baseline', 'one of a, b', 'only a, b', 'none of a, b', 'contains"
            + " a, b' or 'matches <regular expression>'.",
        "anyOf",
        List.of(
            SuiteSchema.ordered(
                "type",
                "string",
                "not",
                Map.of("pattern", "^\\s*(?:surely\\s+)?(?:[<>=]|!=|between\\s)")),
            SuiteSchema.ordered("type", "string", "pattern", "^\\s*(?:==?|!=)\\s*baseline\\s*$"),
            Map.of("type", List.of("number", "boolean"))));
  }
}
