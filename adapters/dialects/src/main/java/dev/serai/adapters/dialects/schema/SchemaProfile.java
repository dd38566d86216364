package dev.serai.adapters.dialects.schema;

import java.util.HashSet;
import java.util.Set;

/**
 * What one vendor accepts as a JSON Schema. Immutable.
 *
 * @param keywords the keywords that may be sent; empty for all
 * @param formats the values of {@code format} that may be sent; empty for all
 * @param rules further rules
 */
public record SchemaProfile(Set<String> keywords, Set<String> formats, Set<Rule> rules) {
  private static final Set<String> COMMON =
      Set.of(
          "type",
          "description",
          "enum",
          "properties",
          "required",
          "items",
          "minItems",
          "anyOf",
          "format");

  /** A rule that a fitted schema follows. */
  public enum Rule {
    /**
     * Every schema has one type (or one and null), is a union under {@code anyOf} alone, or is a
     * reference alone. {@code allOf} is merged, {@code oneOf} becomes {@code anyOf}.
     */
    NORMAL_FORM,
    /**
     * References to {@code $defs} are kept; without this rule they are replaced by their target.
     */
    REFERENCES,
    /** A reference that is part of a cycle is only used in properties that are not required. */
    OPTIONAL_RECURSION,
    /** The root is an object without a union. */
    OBJECT_ROOT,
    /** Every object has {@code additionalProperties: false}. */
    CLOSED_OBJECTS,
    /** Every property is required; one that was not is also nullable. */
    ALL_REQUIRED,
    /** {@code required} only names properties that are defined. */
    KNOWN_REQUIRED,
    /** Every array has {@code items}. */
    ARRAY_ITEMS,
    /** A schema that allows any value is not accepted. */
    TYPED,
    /** Values of {@code enum} are neither objects nor arrays. */
    SCALAR_ENUMS,
    /** Values of {@code enum} are strings that are not empty. */
    STRING_ENUMS,
    /** {@code minItems} is at most 1. */
    MIN_ITEMS_ONE,
    /** {@code pattern} has no lookaround, word boundary or backreference. */
    SIMPLE_PATTERNS,
    /** {@code pattern} starts with {@code ^} and ends with {@code $}. */
    ANCHORED_PATTERNS,
    /** The schema is not larger than OpenAI's strict mode accepts. */
    OPENAI_SIZE,
    /** Keywords that do not constrain values, other than {@code description}, are left out. */
    NO_ANNOTATIONS
  }

  public SchemaProfile {
    keywords = Set.copyOf(keywords);
    formats = Set.copyOf(formats);
    rules = Set.copyOf(rules);
  }

  /** The keywords that every vendor accepts, and these. */
  public static Set<String> commonKeywordsAnd(String... more) {
    Set<String> all = new HashSet<>(COMMON);
    all.addAll(Set.of(more));
    return all;
  }

  /** A profile for all keywords and formats. */
  public static SchemaProfile of(Rule... rules) {
    return new SchemaProfile(Set.of(), Set.of(), Set.of(rules));
  }

  /** The same profile with further rules. */
  public SchemaProfile with(Rule... more) {
    Set<Rule> all = new HashSet<>(rules);
    all.addAll(Set.of(more));
    return new SchemaProfile(keywords, formats, all);
  }

  boolean has(Rule rule) {
    return rules.contains(rule);
  }

  boolean allowsKeyword(String keyword) {
    return keywords.isEmpty() || keywords.contains(keyword);
  }

  boolean allowsFormat(String format) {
    return formats.isEmpty() || formats.contains(format);
  }
}
