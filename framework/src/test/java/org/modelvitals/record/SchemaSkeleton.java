package org.modelvitals.record;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the JSON Schema of run records must say, derived from the records: everything but the words
 * for people.
 */
final class SchemaSkeleton {
  private static final Set<Class<?>> INTEGERS =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  private SchemaSkeleton() {}

  static ObjectNode create() {
    SchemaSkeleton skeleton = new SchemaSkeleton();
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.setAll(skeleton.object(RunRecord.class, null));
    root.withObject("/properties").putObject("schema").put("const", RunRecord.SCHEMA);
    ObjectNode defs = root.putObject("$defs");
    skeleton.definitions.forEach(defs::set);
    return root;
  }

  private ObjectNode object(Class<?> type, @Nullable String shape) {
    ObjectNode object = JSON.createObjectNode();
    object.put("type", "object");
    ObjectNode properties = object.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    if (shape != null) {
      properties.putObject("shape").put("const", shape);
      required.add("shape");
    }
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(component.getName(), schema(component.getAnnotatedType()));
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
    }
    object.set("required", required);
    object.put("additionalProperties", false);
    return object;
  }

  private ObjectNode schema(AnnotatedType annotated) {
    Type type = annotated.getType();
    Class<?> raw =
        type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
    ObjectNode schema = JSON.createObjectNode();
    if (raw == List.class || raw == Set.class) {
      schema.put("type", "array").set("items", schema(arguments(annotated)[0]));
      if (raw == Set.class) {
        schema.put("uniqueItems", true);
      }
    } else if (raw == Map.class) {
      schema.put("type", "object");
      if (arguments(annotated)[1].getType() != Object.class) {
        schema.set("additionalProperties", schema(arguments(annotated)[1]));
      }
    } else if (raw == String.class) {
      schema.put("type", "string");
    } else if (raw == Instant.class) {
      schema.put("type", "string").put("format", "date-time");
    } else if (raw == boolean.class || raw == Boolean.class) {
      schema.put("type", "boolean");
    } else if (INTEGERS.contains(raw)) {
      schema.put("type", "integer");
    } else {
      schema.put("$ref", "#/$defs/" + define(raw));
    }
    return schema;
  }

  private static AnnotatedType[] arguments(AnnotatedType type) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments();
  }

  private String define(Class<?> type) {
    String name = type == double.class || type == Double.class ? "Double" : type.getSimpleName();
    if (!definitions.containsKey(name)) {
      definitions.put(name, JSON.createObjectNode());
      definitions.put(name, definition(type));
    }
    return name;
  }

  private ObjectNode definition(Class<?> type) {
    ObjectNode definition = JSON.createObjectNode();
    if (type == double.class || type == Double.class) {
      definition.putArray("type").add("number").add("string");
      definition.put("pattern", "^(NaN|-?Infinity)$");
    } else if (type.isEnum()) {
      ArrayNode words = definition.putArray("enum");
      Arrays.stream(type.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
          .forEach(words::add);
    } else if (type.isSealed()) {
      ArrayNode variants = definition.putArray("oneOf");
      for (Class<?> variant : type.getPermittedSubclasses()) {
        String name = variant.getSimpleName();
        definitions.put(name, object(variant, RecordMapper.shape(variant)));
        variants.addObject().put("$ref", "#/$defs/" + name);
      }
    } else {
      return object(type, null);
    }
    return definition;
  }
}
