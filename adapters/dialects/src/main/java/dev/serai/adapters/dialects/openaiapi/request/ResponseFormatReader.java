package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the format of a response, which OpenAI's two APIs have in different places. Stateless. */
public final class ResponseFormatReader {
  private ResponseFormatReader() {}

  /**
   * Reads the format.
   *
   * @param schema finds the object with the schema in that of the format
   * @throws CallerProblem 400 if the format is unknown, or its schema has no name
   */
  public static ResponseFormat read(
      Optional<RequestFields> format, UnaryOperator<RequestFields> schema) {
    if (format.isEmpty()) {
      return new ResponseFormat.Unset();
    }
    RequestFields given = format.get();
    return switch (given.requiredText("type")) {
      case "text" -> new ResponseFormat.PlainText();
      case "json_object" -> new ResponseFormat.JsonObject();
      case "json_schema" -> schema(schema.apply(given));
      default ->
          throw RequestFields.wrongValue(
              given.pathOf("type"), "'text', 'json_object' or 'json_schema'");
    };
  }

  private static ResponseFormat schema(RequestFields given) {
    return new ResponseFormat.JsonSchema(
        given.requiredText("name"),
        given.json("schema", SchemaFitter.EMPTY_OBJECT),
        given.flag("strict").orElse(false));
  }
}
