package dev.serai.gateway.guard;

import com.networknt.schema.SchemaException;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.feedback.FormatCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares responses with the JSON, or the JSON Schema, that their request asked for. A schema that
 * cannot be used, or has more than 64 Ki characters, is not compared: the response must be JSON
 * then. The schemas that came last are kept. Thread-safe.
 */
public final class AskedFormat implements FormatCheck {
  private static final int MAX_SCHEMA = 64 * 1024;
  private static final int MAX_KEPT = 100;

  /** What every JSON text matches. */
  private static final SchemaCheck ANY = new SchemaCheck("{}", Optional.empty());

  private final Map<String, SchemaCheck> kept = new Recent();

  /** The schemas that came last. */
  private static final class Recent extends LinkedHashMap<String, SchemaCheck> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, SchemaCheck> eldest) {
      return size() > MAX_KEPT;
    }
  }

  @Override
  public boolean isBroken(ResponseFormat format, ChatResponse response) {
    Optional<SchemaCheck> check =
        switch (format) {
          case ResponseFormat.Unset _, ResponseFormat.PlainText _ -> Optional.empty();
          case ResponseFormat.JsonObject _ -> Optional.of(ANY);
          case ResponseFormat.JsonSchema asked -> Optional.of(check(asked.schemaJson()));
        };
    return check.isPresent() && objects(check.get(), response);
  }

  private static boolean objects(SchemaCheck check, ChatResponse response) {
    List<Choice> finished = response.choices().stream().filter(AskedFormat::isFinished).toList();
    try {
      return check.fault(finished).isPresent();
    } catch (SchemaException | StackOverflowError | Effort.ExceededException _) {
      return false;
    }
  }

  /** A response that was cut, refused or filtered, or that calls tools, is not wrong JSON. */
  private static boolean isFinished(Choice choice) {
    return choice.finish().kind() == Kind.STOP
        && choice.refusal().isEmpty()
        && choice.toolCalls().isEmpty();
  }

  private synchronized SchemaCheck check(String schema) {
    if (schema.length() > MAX_SCHEMA) {
      return ANY;
    }
    SchemaCheck known = kept.get(schema);
    if (known == null) {
      known = compiled(schema);
      kept.put(schema, known);
    }
    return known;
  }

  private static SchemaCheck compiled(String schema) {
    try {
      return new SchemaCheck(schema, Optional.empty());
    } catch (IllegalArgumentException _) {
      return ANY;
    }
  }
}
