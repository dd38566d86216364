package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.schema.SchemaProfile;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.Set;

/** The schemas that Gemini accepts (ai.google.dev/api: Schema, FunctionDeclaration). */
final class SchemaProfiles {
  /** What its own {@code Schema} can express, still as JSON Schema. */
  static final SchemaProfile OWN =
      new SchemaProfile(
          SchemaProfile.commonKeywordsAnd(
              "minProperties",
              "maxProperties",
              "maxItems",
              "minLength",
              "maxLength",
              "pattern",
              "minimum",
              "maximum"),
          Set.of("date-time", "float", "double", "int32", "int64"),
          Set.of(
              Rule.NORMAL_FORM,
              Rule.OBJECT_ROOT,
              Rule.KNOWN_REQUIRED,
              Rule.ARRAY_ITEMS,
              Rule.TYPED,
              Rule.SCALAR_ENUMS,
              Rule.STRING_ENUMS,
              Rule.NO_ANNOTATIONS));

  /** Of {@code parametersJsonSchema}. */
  static final SchemaProfile PARAMETERS = SchemaProfile.of(Rule.OBJECT_ROOT, Rule.NO_ANNOTATIONS);

  /** Of {@code responseJsonSchema}: the keywords that the reference lists. */
  static final SchemaProfile RESPONSE =
      new SchemaProfile(
          SchemaProfile.commonKeywordsAnd(
              "$ref",
              "prefixItems",
              "maxItems",
              "minimum",
              "maximum",
              "additionalProperties",
              "propertyOrdering"),
          Set.of(),
          Set.of(
              Rule.NORMAL_FORM,
              Rule.REFERENCES,
              Rule.OPTIONAL_RECURSION,
              Rule.SCALAR_ENUMS,
              Rule.NO_ANNOTATIONS));

  private SchemaProfiles() {}
}
