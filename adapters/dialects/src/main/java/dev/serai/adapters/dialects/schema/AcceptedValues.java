package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which values of a keyword a vendor accepts. */
final class AcceptedValues {
  private static final Pattern INTRICATE = Pattern.compile("\\(\\?|\\\\[bB0-9kpPu]");

  private AcceptedValues() {}

  /** Whether a profile accepts a keyword with this value. */
  static boolean allows(SchemaProfile profile, String keyword, JsonNode value) {
    return switch (keyword) {
      case "format" -> value.isTextual() && profile.allowsFormat(value.textValue());
      case "pattern" -> value.isTextual() && allowsPattern(profile, value.textValue());
      case "minItems" -> !profile.has(Rule.MIN_ITEMS_ONE) || value.asDouble() <= 1;
      case "description" -> value.isTextual();
      default ->
          !profile.has(Rule.NO_ANNOTATIONS)
              || Keywords.constrains(keyword)
              || profile.keywords().contains(keyword);
    };
  }

  /** Whether a keyword with this value limits nothing. */
  static boolean isNeutral(String keyword, JsonNode value) {
    return switch (keyword) {
      case "minItems", "minLength", "minProperties" -> value.asDouble() <= 0;
      case "uniqueItems" -> !value.asBoolean();
      default -> false;
    };
  }

  private static boolean allowsPattern(SchemaProfile profile, String pattern) {
    if (profile.has(Rule.SIMPLE_PATTERNS) && INTRICATE.matcher(pattern).find()) {
      return false;
    }
    if (profile.has(Rule.ANCHORED_PATTERNS)
        && !(pattern.startsWith("^") && pattern.endsWith("$"))) {
      return false;
    }
    return compiles(pattern);
  }

  private static boolean compiles(String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
