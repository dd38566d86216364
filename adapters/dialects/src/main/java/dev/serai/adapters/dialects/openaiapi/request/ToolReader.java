package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.TextInput;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/** Reads tools, which OpenAI's two APIs have alike but for their place. Stateless. */
public final class ToolReader {
  private ToolReader() {}

  /** A function; its name for other dialects may be another than the client's. */
  public static Tool function(String name, RequestFields function, Optional<CacheMark> mark) {
    return new Tool(
        name,
        function.text("description"),
        function.json("parameters", SchemaFitter.EMPTY_OBJECT),
        function.flag("strict").orElse(false),
        mark);
  }

  /**
   * The input of a tool that takes plain text.
   *
   * @param grammar that the text must follow
   */
  public static TextInput textInput(RequestFields tool, Optional<RequestFields> grammar) {
    return new TextInput(
        tool.text("description"),
        grammar.flatMap(of -> of.text("syntax")).orElse("lark"),
        grammar.flatMap(of -> of.text("definition")));
  }

  /**
   * A choice that names no tool.
   *
   * @param path of the choice in the request
   * @param named what the choice may be besides these words
   * @throws CallerProblem 400 if it is another word
   */
  public static ToolChoice choice(
      String word, Optional<Boolean> parallel, String path, String named) {
    return switch (word) {
      case "auto" -> new ToolChoice.Auto(parallel);
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required(parallel);
      default -> throw RequestFields.wrongValue(path, "'auto', 'none', 'required' or " + named);
    };
  }
}
