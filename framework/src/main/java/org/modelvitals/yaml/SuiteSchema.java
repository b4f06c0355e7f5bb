package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.spec.Matching;
import org.modelvitals.spec.Minimum;
import org.snakeyaml.engine.v2.nodes.Node;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema (2020-12) of suites, for editors: from the same shapes that read and write them.
 * It rejects what {@link SuiteYaml#read} rejects, as far as a schema can say it.
 */
public final class SuiteSchema {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  /** YAML makes numbers and booleans of texts like 7 and true; suites take them as written. */
  private static final List<String> TEXT_TYPES = List.of("string", "number", "boolean");

  private static final Map<String, Object> TEXT = Map.of("type", TEXT_TYPES);

  private final Map<String, Object> definitions = new TreeMap<>();
  private final Map<String, Class<?>> defined = new LinkedHashMap<>();

  private SuiteSchema() {}

  /** The schema for suites with these probes, as a JSON document that ends with a line break. */
  public static String of(ProbeRegistry registry) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance());
    return JsonMapper.builder()
            .defaultPrettyPrinter(printer)
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(new SuiteSchema().suite(registry))
        + "\n";
  }

  private Map<String, Object> suite(ProbeRegistry registry) {
    definitions.put("check", check(registry));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DRAFT);
    schema.put("title", "Health suite of an ONNX model");
    schema.putAll(object(SuiteForm.SHAPE));
    schema.put(
        "anyOf",
        List.of(
            Map.of("required", List.of("checks")),
            Map.of("required", List.of(SuiteReader.INCLUDE))));
    schema.put("$defs", definitions);
    return schema;
  }

  private Map<String, Object> check(ProbeRegistry registry) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<Object> one = new ArrayList<>();
    List<Object> conditions = new ArrayList<>();
    for (ProbeType<?> type : registry.types()) {
      Shape.Fields shape = Shapes.record(type.specification());
      properties.put(type.keyword(), described(schema(shape), shape.doc()));
      one.add(Map.of("required", List.of(type.keyword())));
      String expectations = "expect-" + type.keyword();
      definitions.put(expectations, expectations(type));
      conditions.add(
          ordered(
              "if", Map.of("required", List.of(type.keyword())),
              "then", Map.of("properties", Map.of(SuiteReader.EXPECT, ref(expectations)))));
    }
    properties.put(
        SuiteReader.EXPECT,
        described(Map.of("type", "object"), "Conditions on the probe's measurements."));
    properties.put(
        SuiteReader.TAGS, described(schema(Shapes.tags()), "JUnit Platform tags of this check."));
    properties.put(SuiteReader.EARLY, schema(SuiteReader.EARLY_SHAPE));
    properties.put(
        SuiteReader.ISOLATED,
        described(
            schema(SuiteReader.ISOLATED_SHAPE),
            "Whether the model runs in a process of its own, whatever the suite says."));
    properties.put(SuiteReader.TIMEOUT, schema(SuiteReader.TIMEOUT_SHAPE));
    return ordered(
        "description",
        "A probe with its expectations.",
        "type",
        "object",
        "properties",
        properties,
        "additionalProperties",
        false,
        "oneOf",
        one,
        "allOf",
        conditions);
  }

  private Map<String, Object> expectations(ProbeType<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    Map<String, Object> patterns = new LinkedHashMap<>();
    for (MeasurementInfo info : type.measurements()) {
      Map<String, Object> condition = described(condition(info), info.description());
      if (!info.partRequired()) {
        properties.put(info.name(), condition);
      }
      if (!info.part().isEmpty()) {
        patterns.put(
            "^" + info.name().replaceAll("[.^$*+?()\\[{|\\\\]", "\\\\$0") + "\\s*\\[.*\\S.*\\]$",
            condition);
      }
    }
    return ordered(
        "type",
        "object",
        "properties",
        properties,
        "patternProperties",
        patterns,
        "additionalProperties",
        false);
  }

  /** A condition, or a list of conditions. */
  private Map<String, Object> condition(MeasurementInfo info) {
    String name =
        "condition-" + (info.text() ? "text" : Words.kebab(info.unit().dimension().name()));
    definitions.computeIfAbsent(
        name, key -> info.text() ? ConditionSchema.text() : ConditionSchema.number(info.unit()));
    Map<String, Object> list = ordered("type", "array", "items", ref(name), "minItems", 1);
    Map<String, Object> schema = ordered("anyOf", List.of(ref(name), list));
    schema.put(
        "examples", List.of(info.text() ? "is " + "…" : ExpectationRules.example(info.unit())));
    return schema;
  }

  private Map<String, Object> schema(Shape shape) {
    if (shape instanceof Shape.Text) {
      return TEXT;
    } else if (shape instanceof Shape.Bool) {
      return Map.of("type", "boolean");
    } else if (shape instanceof Shape.Numeric number) {
      return Map.of("type", number.whole() ? "integer" : "number");
    } else if (shape instanceof Shape.Choice choice) {
      return Map.of("enum", List.copyOf(choice.constants().keySet()));
    } else if (shape instanceof Shape.Parsed parsed) {
      Matching form = parsed.type().getAnnotation(Matching.class);
      return form == null
          ? Map.of("type", "string")
          : ordered("type", TEXT_TYPES, "pattern", form.value());
    } else if (shape instanceof Shape.Sequence sequence) {
      Map<String, Object> list = ordered("type", "array", "items", schema(sequence.items()));
      return bare(sequence.items())
          .map(single -> ordered("anyOf", List.of(single, list)))
          .orElse(list);
    } else if (shape instanceof Shape.Mapping mapping) {
      return ordered("type", "object", "additionalProperties", schema(mapping.values()));
    } else if (shape instanceof Shape.Fields fields) {
      return define(fields.type(), () -> fields(fields));
    } else if (shape instanceof Shape.Variants variants) {
      return define(variants.type(), () -> variants(variants));
    }
    return ordered(
        "type",
        "object",
        "propertyNames",
        Map.of("pattern", "\\S"),
        "additionalProperties",
        ref("check"),
        "minProperties",
        1);
  }

  /** What may stand for a value of this shape without brackets or braces. */
  private Optional<Map<String, Object>> bare(Shape shape) {
    if (shape instanceof Shape.Fields fields) {
      return fields.shorthand().flatMap(field -> bare(field.shape().get()));
    } else if (shape instanceof Shape.Variants variants) {
      return variants.shorthand().flatMap(name -> bare(variant(variants, name)));
    } else if (shape instanceof Shape.Sequence sequence) {
      return bare(sequence.items());
    }
    return shape instanceof Shape.Mapping || shape instanceof Shape.Raw
        ? Optional.empty()
        : Optional.of(schema(shape));
  }

  private static Shape.Fields variant(Shape.Variants variants, String keyword) {
    return Optional.ofNullable(variants.variants().get(keyword)).orElseThrow();
  }

  private Map<String, Object> fields(Shape.Fields shape) {
    List<Object> forms = new ArrayList<>();
    forms.add(object(shape));
    shape.shorthand().ifPresent(field -> forms.add(schema(field.shape().get())));
    if (shape.needsNothing()) {
      forms.add(Map.of("type", "null"));
    }
    return forms.size() == 1 ? object(shape) : ordered("anyOf", forms);
  }

  private Map<String, Object> variants(Shape.Variants shape) {
    List<Object> forms = new ArrayList<>();
    shape
        .variants()
        .forEach(
            (keyword, fields) ->
                forms.add(
                    ordered(
                        "type",
                        "object",
                        "properties",
                        Map.of(keyword, described(schema(fields), fields.doc())),
                        "required",
                        List.of(keyword),
                        "additionalProperties",
                        false)));
    shape
        .shorthand()
        .flatMap(keyword -> variant(shape, keyword).shorthand())
        .ifPresent(field -> forms.add(schema(field.shape().get())));
    return ordered("anyOf", forms);
  }

  private Map<String, Object> object(Shape.Fields shape) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Shape.Field field : shape.fields().values()) {
      properties.put(field.name(), property(field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    if (!shape.doc().isEmpty()) {
      schema.put("description", shape.doc());
    }
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private Map<String, Object> property(Shape.Field field) {
    Map<String, Object> schema = described(bounded(field), field.doc());
    if (field.defaultText() != null) {
      schema.put(
          "default", ShapeWriter.write(field.fallback().get().orElseThrow(), field.shape().get()));
    }
    if (!field.example().isEmpty()) {
      schema.put("examples", List.of(example(field)));
    }
    return schema;
  }

  private Map<String, Object> bounded(Shape.Field field) {
    Shape shape = field.shape().get();
    return field.minimum().map(least -> bounded(shape, least)).orElseGet(() -> schema(shape));
  }

  private Map<String, Object> bounded(Shape shape, Minimum least) {
    if (shape instanceof Shape.Sequence sequence) {
      Map<String, Object> item = bounded(sequence.items(), least);
      return ordered("anyOf", List.of(item, ordered("type", "array", "items", item)));
    } else if (shape instanceof Shape.Mapping mapping) {
      return ordered("type", "object", "additionalProperties", bounded(mapping.values(), least));
    } else if (shape instanceof Shape.Numeric number) {
      Map<String, Object> schema = new LinkedHashMap<>(schema(shape));
      Object value = number.whole() ? (Object) (long) least.value() : (Object) least.value();
      schema.put(least.exclusive() ? "exclusiveMinimum" : "minimum", value);
      return schema;
    }
    throw new IllegalStateException("@Minimum is for numbers, not for " + shape);
  }

  /** The {@code @Doc} example as JSON; a mistake in it is one of the probe's author. */
  private static Object example(Shape.Field field) {
    Mistakes mistakes = new Mistakes();
    Optional<Node> node = YamlText.parse(field.example(), mistakes);
    Shape shape = field.shape().get();
    return node.flatMap(written -> new ShapeReader(mistakes).read(written, shape, field.name()))
        .map(value -> ShapeWriter.write(value, shape))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the example '%s' of '%s': %s"
                        .formatted(
                            field.example(), field.name(), mistakes.sorted().get(0).message())));
  }

  /** Defines a type once, so that types may contain themselves. */
  private Map<String, Object> define(
      Class<?> type, java.util.function.Supplier<Map<String, Object>> maker) {
    String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    Class<?> same = defined.putIfAbsent(name, type);
    if (same == null) {
      definitions.put(name, maker.get());
    } else if (same != type) {
      throw new IllegalStateException("%s and %s have one name".formatted(same, type));
    }
    return ref(name);
  }

  private static Map<String, Object> ref(String definition) {
    return ordered("$ref", "#/$defs/" + definition);
  }

  private static Map<String, Object> described(Map<String, Object> schema, String description) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (!description.isEmpty()) {
      described.put("description", description);
    }
    described.putAll(schema);
    return described;
  }

  static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
