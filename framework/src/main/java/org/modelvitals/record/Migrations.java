package org.modelvitals.record;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns documents of older versions into today's, one version at a time. */
final class Migrations {
  /**
   * The step at index {@code n} turns a document of version {@code n} into one of {@code n + 1}.
   */
  private static final List<Consumer<ObjectNode>> STEPS =
      List.of(Migrations::from0, Migrations::from1, Migrations::from2, Migrations::from3);

  private Migrations() {}

  static ObjectNode toCurrent(ObjectNode document, String what) {
    int version = version(document, what);
    for (int v = version; v < RunRecord.SCHEMA; v++) {
      STEPS.get(v).accept(document);
      document.put("schema", v + 1);
    }
    return document;
  }

  private static int version(ObjectNode document, String what) {
    JsonNode schema = document.get("schema");
    if (schema == null || !schema.isInt() || schema.intValue() < 0) {
      throw new RecordException(
          "%s is JSON, but not a run record: its 'schema' should be a version such as %d, but is %s"
              .formatted(what, RunRecord.SCHEMA, schema == null ? "missing" : schema));
    }
    if (schema.intValue() > RunRecord.SCHEMA) {
      throw new RecordException(
          "%s is a run record of version %d, but this ModelVitals knows versions up to %d; read it with a newer ModelVitals"
              .formatted(what, schema.intValue(), RunRecord.SCHEMA));
    }
    return schema.intValue();
  }

  /**
   * Version 0 was never released: it stands for the drafts, in which a check had neither earlier
   * attempts nor a reading shared with others, and a device was a word.
   */
  private static void from0(ObjectNode document) {
    for (JsonNode suite : document.path("suites")) {
      if (suite instanceof ObjectNode object && object.path("device").isString()) {
        String asked = object.get("device").stringValue();
        ObjectNode device = object.putObject("device");
        device.put("asked", asked).put("index", 0);
        device.putObject("nodes");
        device.putObject("session");
      }
      for (JsonNode check : suite.path("checks")) {
        if (check instanceof ObjectNode object) {
          object.put("sharedWith", "");
          object.putArray("attempts");
        }
      }
    }
  }

  /** Version 1 did not say in which module's folder a suite ran. */
  private static void from1(ObjectNode document) {
    for (JsonNode suite : document.path("suites")) {
      if (suite instanceof ObjectNode object) {
        object.put("directory", "");
      }
    }
  }

  /** Version 2 had all of today's fields, but not the shape "strip" of evidence. */
  private static void from2(ObjectNode document) {}

  /** Version 3 knew no approved runs; what a suite and an outcome say of one may be left out. */
  private static void from3(ObjectNode document) {}
}
