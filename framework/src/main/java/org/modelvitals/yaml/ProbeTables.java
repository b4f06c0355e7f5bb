package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.unit.Unit;

/** The tables of a probe's docs page, in Markdown, from the same records as everything else. */
public final class ProbeTables {
  private ProbeTables() {}

  /** The parameters of a probe. */
  public static String parameters(ProbeType<?> probe) {
    return fields(probe.specification());
  }

  /** The keys of any record that suites contain, such as {@code DataSpec}. */
  public static String fields(Class<?> type) {
    Shape.Fields shape = Shapes.record(type);
    if (shape.fields().isEmpty()) {
      return "This probe has no parameters.\n";
    }
    List<List<String>> rows = new ArrayList<>();
    for (Shape.Field field : shape.fields().values()) {
      rows.add(
          List.of(
              code(field.name()),
              kind(field.shape().get()),
              field.required()
                  ? "required"
                  : field.defaultText() == null ? "" : code(field.defaultText()),
              field.doc()
                  + (field.example().isEmpty() ? "" : " Example: " + code(field.example()) + ".")));
    }
    return table(List.of("Key", "Value", "Default", "Meaning"), rows)
        + shape
            .shorthand()
            .map(field -> "\nA value without braces stands for %s.\n".formatted(code(field.name())))
            .orElse("");
  }

  /** The variants of a sealed declaration, such as {@code InputSpec}, each with its keys. */
  public static String variants(Class<?> type) {
    if (!(Shapes.of(type) instanceof Shape.Variants shape)) {
      throw new IllegalArgumentException(type + " has no variants");
    }
    List<List<String>> rows = new ArrayList<>();
    shape
        .variants()
        .forEach(
            (keyword, fields) ->
                fields
                    .fields()
                    .values()
                    .forEach(
                        field ->
                            rows.add(
                                List.of(
                                    code(keyword),
                                    code(field.name()),
                                    kind(field.shape().get()),
                                    field.required()
                                        ? "required"
                                        : field.defaultText() == null
                                            ? ""
                                            : code(field.defaultText()),
                                    field.doc()))));
    return table(List.of("Kind", "Key", "Value", "Default", "Meaning"), rows)
        + shape
            .shorthand()
            .map(keyword -> "\nA value without braces stands for %s.\n".formatted(code(keyword)))
            .orElse("");
  }

  /** The measurements of a probe. */
  public static String measurements(ProbeType<?> probe) {
    List<List<String>> rows = new ArrayList<>();
    for (MeasurementInfo info : probe.measurements()) {
      String withPart = info.name() + "[" + info.part() + "]";
      rows.add(
          List.of(
              info.part().isEmpty()
                  ? code(info.name())
                  : info.partRequired()
                      ? code(withPart)
                      : code(info.name()) + ", " + code(withPart),
              info.text() ? "text" : unit(info.unit()),
              info.description()));
    }
    return table(List.of("Measurement", "Unit", "Meaning"), rows);
  }

  private static String unit(Unit unit) {
    return unit == Unit.FRACTION
        ? "0 to 1, or %"
        : unit.symbol().isEmpty() ? "number" : unit.symbol();
  }

  private static String kind(Shape shape) {
    if (shape instanceof Shape.Sequence sequence) {
      return "list of " + kind(sequence.items());
    } else if (shape instanceof Shape.Mapping mapping) {
      return "map to " + kind(mapping.values());
    } else if (shape instanceof Shape.Choice choice) {
      return String.join(
          ", ", choice.constants().keySet().stream().map(ProbeTables::code).toList());
    } else if (shape instanceof Shape.Fields fields) {
      return Words.kebab(fields.type().getSimpleName()).replaceFirst("-spec$", "");
    } else if (shape instanceof Shape.Variants variants) {
      return Words.kebab(variants.type().getSimpleName()).replaceFirst("-spec$", "");
    }
    return Shape.expected(shape).replaceFirst("^a ", "");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String table(List<String> head, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(head));
    table.append(row(head.stream().map(title -> "---").toList()));
    rows.forEach(row -> table.append(row(row)));
    return table.toString();
  }

  private static String row(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |\n";
  }
}
