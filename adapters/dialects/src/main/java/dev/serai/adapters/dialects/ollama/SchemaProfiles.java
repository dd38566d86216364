package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.schema.SchemaProfile;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.Set;

/**
 * The JSON Schemas that Ollama accepts: it reads tools into a structure of its own, without
 * references, and turns {@code format} into a grammar (api/types.go and llama.cpp's
 * json-schema-to-grammar).
 */
final class SchemaProfiles {
  /** Of tools. */
  static final SchemaProfile TOOLS =
      new SchemaProfile(
          SchemaProfile.commonKeywordsAnd(
              "title",
              "default",
              "additionalProperties",
              "maxItems",
              "pattern",
              "minLength",
              "maxLength",
              "minimum",
              "maximum"),
          Set.of(),
          Set.of(Rule.NORMAL_FORM));

  /** Of {@code format}. */
  static final SchemaProfile FORMAT = SchemaProfile.of(Rule.ANCHORED_PATTERNS);

  private SchemaProfiles() {}
}
