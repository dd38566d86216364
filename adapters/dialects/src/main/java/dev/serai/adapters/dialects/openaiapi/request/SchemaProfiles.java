package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.adapters.dialects.schema.SchemaProfile;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.Set;

/** The JSON Schemas that OpenAI accepts ("Structured Outputs", platform.openai.com/docs). */
final class SchemaProfiles {
  /** With {@code strict: true}. */
  public static final SchemaProfile STRICT =
      new SchemaProfile(
          SchemaProfile.commonKeywordsAnd(
              "$ref",
              "title",
              "additionalProperties",
              "maxItems",
              "pattern",
              "multipleOf",
              "minimum",
              "maximum",
              "exclusiveMinimum",
              "exclusiveMaximum"),
          Set.of(
              "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"),
          Set.of(
              Rule.NORMAL_FORM,
              Rule.REFERENCES,
              Rule.OBJECT_ROOT,
              Rule.CLOSED_OBJECTS,
              Rule.ALL_REQUIRED,
              Rule.KNOWN_REQUIRED,
              Rule.ARRAY_ITEMS,
              Rule.TYPED,
              Rule.SCALAR_ENUMS,
              Rule.OPENAI_SIZE));

  /** With {@code strict: false}. */
  public static final SchemaProfile LOOSE = SchemaProfile.of(Rule.OBJECT_ROOT, Rule.ARRAY_ITEMS);

  private SchemaProfiles() {}
}
