package dev.serai.gateway.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words of Camel's YAML DSL and what may be below each of them, from the JSON schema that
 * Camel's library has. Reading it takes some ten milliseconds: it is read for a file that is
 * refused, and not kept. Immutable.
 */
final class RouteGrammar {
  private static final String SCHEMA = "schema/camelYamlDsl.json";
  private static final String DEFINITIONS = "#/items/definitions/";

  private final JsonNode definitions;
  private final Rule entries;

  private RouteGrammar(JsonNode schema) {
    definitions = schema.path("items").path("definitions");
    entries = new Rule(schema);
  }

  /** The grammar of the Camel that runs. */
  static RouteGrammar read() {
    try (InputStream schema =
        Optional.ofNullable(RouteGrammar.class.getClassLoader().getResourceAsStream(SCHEMA))
            .orElseGet(InputStream::nullInputStream)) {
      return new RouteGrammar(new ObjectMapper().readTree(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file consists of. */
  Rule entries() {
    return entries;
  }

  /** What may be in one place. */
  final class Rule {
    private final JsonNode schema;
    private final Map<String, JsonNode> members = new LinkedHashMap<>();
    private final Set<String> required = new TreeSet<>();
    private boolean text;
    private boolean list;
    private boolean single;

    private Rule(JsonNode written) {
      schema = resolved(written);
      read(schema);
    }

    /** Adds what one part of the schema allows. */
    private void read(JsonNode part) {
      switch (part.path("type").asText("")) {
        case "string", "boolean", "number", "integer" -> text = true;
        case "array" -> list = true;
        default -> {
          // an object, or several alternatives
        }
      }
      single |= part.path("maxProperties").asInt(0) == 1;
      part.path("required").forEach(name -> required.add(name.asText()));
      part.path("properties")
          .properties()
          .forEach(each -> members.merge(each.getKey(), each.getValue(), Rule::richer));
      for (String alternatives : new String[] {"oneOf", "anyOf"}) {
        for (JsonNode one : part.path(alternatives)) {
          read(new Rule(one));
        }
      }
    }

    /** Adds what an alternative allows; none of its members has to be there. */
    private void read(Rule alternative) {
      text |= alternative.text;
      list |= alternative.list;
      alternative.members.forEach((name, one) -> members.merge(name, one, Rule::richer));
    }

    private static JsonNode richer(JsonNode a, JsonNode b) {
      return a.isEmpty() ? b : a;
    }

    /** Whether anything may be here. */
    boolean isFree() {
      return !text && !list && !isMapping();
    }

    boolean isText() {
      return text;
    }

    boolean isList() {
      return list;
    }

    /** Whether words with something below them may be here. */
    boolean isMapping() {
      return !members.isEmpty() || schema.path("type").asText("").equals("object");
    }

    /** Whether only one word may be here. */
    boolean isSingle() {
      return single;
    }

    Set<String> words() {
      return members.keySet();
    }

    Set<String> required() {
      return required;
    }

    /** What may be below a word. */
    Optional<Rule> below(String word) {
      return Optional.ofNullable(members.get(word)).map(Rule::new);
    }

    /** What an entry of the list may be. */
    Rule entry() {
      return new Rule(schema.path("items"));
    }
  }

  private JsonNode resolved(JsonNode written) {
    String reference = written.path("$ref").asText("");
    return reference.isEmpty()
        ? written
        : definitions.path(reference.substring(DEFINITIONS.length()));
  }
}
