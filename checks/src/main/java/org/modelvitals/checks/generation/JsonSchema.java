package org.modelvitals.checks.generation;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DefaultDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import com.networknt.schema.resource.InputStreamSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelvitals.data.DataException;
import org.modelvitals.text.Nearest;
import org.modelvitals.text.Regex;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema of a file; of the draft that it names, of 2020-12 if it names none. It is held
 * against its draft's metaschema, and its references, which may be to files beside it, are resolved
 * when it is read.
 */
final class JsonSchema {
  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder().regularExpressionFactory(JsonSchema::regex).build();

  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws DataException if the file is no JSON or no schema
   */
  static JsonSchema read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      JsonNode node = JsonMapper.shared().readTree(file);
      if (!node.isObject() && !node.isBoolean()) {
        throw new DataException("%s: a JSON Schema is an object".formatted(name));
      }
      SpecificationVersion draft = draft(node, name);
      List<Error> mistakes =
          SchemaRegistry.withDefaultDialect(draft)
              .getSchema(SchemaLocation.of(draft.getDialectId()))
              .validate(node);
      if (!mistakes.isEmpty()) {
        throw new DataException("%s: no JSON Schema: %s".formatted(name, mistakes.get(0)));
      }
      Schema schema =
          SchemaRegistry.builder()
              .defaultDialectId(draft.getDialectId())
              .schemaRegistryConfig(CONFIG)
              .dialectRegistry(JsonSchema::spelt)
              .resourceLoaders(loaders -> loaders.add(JsonSchema::file))
              .build()
              .getSchema(SchemaLocation.of(file.toUri().toString()), node);
      schema.initializeValidators();
      return new JsonSchema(schema);
    } catch (JacksonException e) {
      throw new DataException("%s: no JSON: %s".formatted(name, e.getOriginalMessage()), e);
    } catch (SchemaException e) {
      throw new DataException("%s: no JSON Schema: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** As the library reads an expression, but matched with an end. */
  private static RegularExpression regex(String written) {
    return Regex.of(
            RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(written)))
        ::isIn;
  }

  private static SpecificationVersion draft(JsonNode schema, String name) {
    String declared = schema.path("$schema").asString(null);
    return declared == null
        ? SpecificationVersion.DRAFT_2020_12
        : Arrays.stream(SpecificationVersion.values())
            .filter(draft -> bare(draft.getDialectId()).equals(bare(declared)))
            .findFirst()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: $schema is '%s'; expected one of %s"
                            .formatted(
                                name,
                                declared,
                                Arrays.stream(SpecificationVersion.values())
                                    .map(SpecificationVersion::getDialectId)
                                    .collect(Collectors.joining(", ")))));
  }

  /** With an empty fragment and without, it is the same draft. */
  private static String bare(String id) {
    return id.endsWith("#") ? id.substring(0, id.length() - 1) : id;
  }

  /**
   * A draft whose unknown keywords are remarks, unless they are nearly one that means something.
   */
  private static Dialect spelt(String id, SchemaRegistry registry) {
    Dialect draft = DefaultDialectRegistry.getInstance().getDialect(id, registry);
    List<String> known =
        draft.getKeywords().entrySet().stream()
            .filter(entry -> !(entry.getValue() instanceof AnnotationKeyword))
            .map(Map.Entry::getKey)
            .toList();
    return Dialect.builder(draft)
        .unknownKeywordFactory((keyword, context) -> unknown(keyword, known))
        .build();
  }

  private static Keyword unknown(String keyword, List<String> known) {
    Optional<String> meant = Nearest.to(keyword, known);
    if (meant.isPresent()) {
      throw new SchemaException(
          "there is no keyword '%s'; did you mean '%s'?".formatted(keyword, meant.get()));
    }
    return new AnnotationKeyword(keyword);
  }

  /** Schemas beside the first are read from files; nothing is fetched. */
  private static InputStreamSource file(AbsoluteIri iri) {
    if (!"file".equals(iri.getScheme())) {
      throw new SchemaException("$ref: '%s' is no file; nothing is fetched".formatted(iri));
    }
    Path file = Path.of(URI.create(iri.toString()));
    if (!Files.isRegularFile(file)) {
      throw new SchemaException(
          "$ref: there is no file '%s' beside it".formatted(file.getFileName()));
    }
    return () -> Files.newInputStream(file);
  }

  /**
   * What is wrong with a value, a sentence each; nothing if it is valid.
   *
   * @throws Regex.EndlessException if a pattern does not come to an end for one of its texts
   */
  List<String> errors(JsonNode value) {
    return schema.validate(value).stream().map(Error::toString).toList();
  }
}
