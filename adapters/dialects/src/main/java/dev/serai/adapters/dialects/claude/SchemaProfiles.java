package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.schema.SchemaProfile;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.Set;

/**
 * The JSON Schemas that Claude models accept ("Structured outputs", JSON Schema limitations,
 * platform.claude.com/docs). Immutable.
 */
public final class SchemaProfiles {
  /** Of structured outputs and strict tools. */
  public static final SchemaProfile STRUCTURED =
      new SchemaProfile(
          SchemaProfile.commonKeywordsAnd("title", "default", "additionalProperties", "pattern"),
          Set.of(
              "date-time",
              "time",
              "date",
              "duration",
              "email",
              "hostname",
              "uri",
              "ipv4",
              "ipv6",
              "uuid"),
          Set.of(
              Rule.NORMAL_FORM,
              Rule.CLOSED_OBJECTS,
              Rule.KNOWN_REQUIRED,
              Rule.ARRAY_ITEMS,
              Rule.TYPED,
              Rule.SCALAR_ENUMS,
              Rule.MIN_ITEMS_ONE,
              Rule.SIMPLE_PATTERNS));

  /** Of other tools. */
  public static final SchemaProfile TOOLS = SchemaProfile.of(Rule.OBJECT_ROOT);

  private SchemaProfiles() {}
}
