package dev.serai.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.guard.GuardCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks that the text of a response, or the arguments of the calls of one tool, is JSON that
 * matches a JSON Schema of the draft 2020-12. A response that only calls tools has no text to
 * check. Nothing is fetched. Thread-safe.
 */
public final class SchemaCheck implements GuardCheck {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Schema schema;
  private final Optional<String> tool;

  /**
   * @param json a JSON Schema
   * @param tool whose arguments are checked; empty for the text of the response
   * @throws IllegalArgumentException if it cannot be used; the message begins with "schema"
   */
  public SchemaCheck(String json, Optional<String> tool) {
    this.tool = tool;
    JsonNode tree = tree(json);
    SCHEMAS.getSchema(SchemaLocation.of(DRAFT)).validate(tree).stream()
        .findFirst()
        .ifPresent(
            error -> {
              throw new IllegalArgumentException("schema is not a JSON Schema: " + error);
            });
    requireOwn(tree);
    try {
      schema = SCHEMAS.getSchema(tree);
      schema.initializeValidators();
    } catch (SchemaException e) {
      throw new IllegalArgumentException("schema cannot be used: " + e.getMessage(), e);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedInput e) {
      throw new IllegalArgumentException("schema is not JSON: " + e.getMessage(), e);
    }
  }

  private static void requireOwn(JsonNode tree) {
    for (JsonNode reference : tree.findValues("$ref")) {
      if (reference.isTextual() && !reference.textValue().startsWith("#")) {
        throw new IllegalArgumentException(
            "schema refers to " + reference.textValue() + "; a $ref must begin with #");
      }
    }
    String draft = tree.path("$schema").asText(DRAFT);
    if (!draft.startsWith(DRAFT)) {
      throw new IllegalArgumentException("schema must be of the draft 2020-12, not " + draft);
    }
  }

  @Override
  public Outcome check(Subject subject) {
    for (String json : texts(subject.response())) {
      Optional<String> fault = fault(json);
      if (fault.isPresent()) {
        return new Outcome.Objected(fault.get());
      }
    }
    return new Outcome.Passed();
  }

  private List<String> texts(Optional<ChatResponse> response) {
    List<String> texts = new ArrayList<>();
    for (Choice choice : response.map(ChatResponse::choices).orElse(List.of())) {
      if (tool.isPresent()) {
        choice.toolCalls().stream()
            .filter(call -> call.name().equals(tool.get()))
            .map(ToolCall::arguments)
            .forEach(texts::add);
      } else if (choice.text().isPresent() || choice.toolCalls().isEmpty()) {
        texts.add(choice.text().orElse(""));
      }
    }
    return texts;
  }

  /** Where the JSON does not match, and which rule it breaks; never its values. */
  private Optional<String> fault(String json) {
    JsonNode tree;
    try {
      tree = StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedInput _) {
      return Optional.of(what() + " is not JSON.");
    }
    return schema.validate(tree).stream()
        .findFirst()
        .map(
            error ->
                what()
                    + " does not match the schema: "
                    + error.getKeyword()
                    + " at '"
                    + error.getInstanceLocation()
                    + "'.");
  }

  private String what() {
    return tool.map(name -> "The JSON for the tool '" + name + "'").orElse("The text");
  }
}
