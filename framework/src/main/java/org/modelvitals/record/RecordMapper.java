package org.modelvitals.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/** How run records and JSON map onto each other. */
final class RecordMapper {
  private RecordMapper() {}

  static JsonMapper create() {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
        .changeDefaultPropertyInclusion(
            include ->
                include
                    .withValueInclusion(JsonInclude.Include.NON_NULL)
                    .withContentInclusion(JsonInclude.Include.ALWAYS))
        .annotationIntrospector(new RequiredUnlessNullable())
        .addMixIn(Evidence.class, Shape.class)
        .registerSubtypes(
            Arrays.stream(Evidence.class.getPermittedSubclasses())
                .map(type -> new NamedType(type, shape(type)))
                .toArray(NamedType[]::new))
        .build();
  }

  /** The word for a shape of evidence: {@code table}. */
  static String shape(Class<?> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "shape")
  private interface Shape {}

  /** A component of a record must be there and not null, unless it is {@code @Nullable}. */
  private static final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return isRequired(member) ? Boolean.TRUE : super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
      return isRequired(annotated)
          ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
          : super.findSetterInfo(config, annotated);
    }

    private static boolean isRequired(Annotated annotated) {
      return annotated instanceof AnnotatedParameter parameter
          && parameter.getDeclaringClass().isRecord()
          && !parameter
              .getDeclaringClass()
              .getRecordComponents()[parameter.getIndex()]
              .getAnnotatedType()
              .isAnnotationPresent(Nullable.class);
    }
  }
}
