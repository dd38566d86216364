package dev.serai.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the text of a response, or the arguments of the calls of one tool, is JSON that
 * matches a JSON Schema of the draft 2020-12. A response that only calls tools has no text to
 * check. Nothing is fetched. What a comparison costs is bounded; beyond that nothing is checked.
 * Thread-safe.
 */
public final class SchemaCheck implements GuardCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaCheck.class);
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .regularExpressionFactory(new CountedExpressions())
                      .build()));

  /** One text of each type, to find a schema that cannot be used on any text. */
  private static final List<String> SAMPLES = List.of("null", "{}", "[]", "\"\"", "0");

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
    SCHEMAS.getSchema(SchemaLocation.of(SchemaReferences.DRAFT)).validate(tree).stream()
        .findFirst()
        .ifPresent(
            error -> {
              throw new IllegalArgumentException("schema is not a JSON Schema: " + error);
            });
    SchemaReferences.requireOwn(tree);
    try {
      schema = SCHEMAS.getSchema(tree);
      schema.initializeValidators();
      SAMPLES.forEach(sample -> errors(tree(sample), sample));
    } catch (SchemaException e) {
      throw new IllegalArgumentException("schema cannot be used: " + e.getMessage(), e);
    } catch (StackOverflowError | Effort.ExceededException e) {
      throw new IllegalArgumentException("schema refers to itself without an end", e);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedInput e) {
      throw new IllegalArgumentException("schema is not JSON: " + e.getMessage(), e);
    }
  }

  @Override
  public Outcome check(Subject subject) {
    try {
      return fault(subject.response().map(ChatResponse::choices).orElse(List.of()))
          .<Outcome>map(Outcome.Objected::new)
          .orElseGet(Outcome.Passed::new);
    } catch (SchemaException | StackOverflowError | Effort.ExceededException e) {
      LOG.warn(
          "request {}: a response cannot be compared with the schema of a guard: {}",
          subject.requestId(),
          e instanceof StackOverflowError ? "it is nested too deeply" : e.getMessage());
      return new Outcome.NotChecked("the comparison with its schema takes too long.");
    }
  }

  /**
   * What is wrong with the first choice that does not match; empty if all match.
   *
   * @throws SchemaException and others of {@link #check} if a choice cannot be compared
   */
  Optional<String> fault(List<Choice> choices) {
    return texts(choices).stream().flatMap(json -> fault(json).stream()).findFirst();
  }

  private List<String> texts(List<Choice> choices) {
    List<String> texts = new ArrayList<>();
    for (Choice choice : choices) {
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
    return errors(tree, json).stream()
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

  /** Stops at the first error, and at the end of what a comparison may cost. */
  private List<Error> errors(JsonNode tree, String json) {
    return CountedExpressions.counted(
        json.length(),
        () -> schema.validate(new CountingContext(json.length()), tree, OutputFormat.DEFAULT));
  }

  private String what() {
    return tool.map(name -> "The JSON for the tool '" + name + "'").orElse("The text");
  }
}
