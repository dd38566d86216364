package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonExcerpt;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.features.OutlineBuilder;
import dev.serai.core.model.Modality;

/** Reads the messages of a request for its outline. For one request. */
final class MessageOutline {
  private static final byte[] ROLE = {'r', 'o', 'l', 'e'};
  private static final byte[] TYPE = {'t', 'y', 'p', 'e'};

  /** Contents nest a little, in results of tools; each level is walked once more. */
  private static final int MAX_DEPTH = 6;

  private final byte[] bytes;
  private final OutlineBuilder outline;
  private final ToolOutline tools;
  private final JsonCursor ahead = new JsonCursor();
  private int depth;
  private String role = "";
  private String type = "";
  private boolean inResult;

  MessageOutline(byte[] bytes, OutlineBuilder outline, ToolOutline tools) {
    this.bytes = bytes;
    this.outline = outline;
    this.tools = tools;
  }

  /**
   * Reads all messages: an array of them, or one text of the user.
   *
   * @param image whether an image belongs to the text
   */
  void read(JsonCursor cursor, boolean image) {
    if (cursor.peek() == '"') {
      prompt(cursor, image);
    } else if (cursor.peek() == '[') {
      cursor.enterArray();
      while (cursor.nextElement()) {
        switch (cursor.peek()) {
          case '{' -> message(cursor);
          case '"' -> prompt(cursor, false);
          default -> cursor.skip();
        }
      }
    }
  }

  private void prompt(JsonCursor cursor, boolean image) {
    outline.begin(Role.USER);
    if (image) {
      outline.media(Modality.IMAGE);
    }
    outline.text(JsonExcerpt.take(cursor, bytes));
    outline.end();
  }

  private void message(JsonCursor cursor) {
    lookAhead(cursor.offset());
    if (type.equals("additional_tools")) {
      members(cursor);
      return;
    }
    boolean call = type.equals("function_call") || type.equals("custom_tool_call");
    boolean result = type.endsWith("_output");
    boolean message = type.isEmpty() || type.equals("message");
    if (!message && !call && !result && !type.equals("reasoning")) {
      cursor.skip();
      return;
    }
    outline.begin(message ? author() : result ? Role.TOOL : Role.ASSISTANT);
    if (call) {
      call(cursor);
    } else {
      if (result || message && author() == Role.TOOL) {
        outline.result();
      }
      members(cursor);
    }
    outline.end();
  }

  /** A message without a role is the user's. */
  private Role author() {
    return switch (role) {
      case "system" -> Role.SYSTEM;
      case "developer" -> Role.DEVELOPER;
      case "assistant", "model" -> Role.ASSISTANT;
      case "tool", "function" -> Role.TOOL;
      default -> Role.USER;
    };
  }

  /** Finds the role and the type of an object, which may be behind its content. */
  private void lookAhead(int object) {
    role = "";
    type = "";
    ahead.over(bytes, object, bytes.length).enterObject();
    while (role.isEmpty() && ahead.nextMember()) {
      boolean text = ahead.peek() == '"';
      if (text && ahead.nameIs(ROLE)) {
        role = ahead.text();
      } else if (text && ahead.nameIs(TYPE)) {
        type = ahead.text();
      } else {
        ahead.skip();
      }
    }
  }

  private void members(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "content", "parts", "output", "summary" -> content(cursor);
        case "tool_calls" -> calls(cursor);
        case "function_call" -> call(cursor);
        case "images" -> images(cursor);
        case "tools" -> tools.read(cursor);
        case "thinking", "reasoning", "reasoning_content" ->
            JsonExcerpt.weigh(cursor, bytes, outline);
        default -> cursor.skip();
      }
    }
  }

  /** Reads the content of a message: text, or blocks. */
  void content(JsonCursor cursor) {
    depth++;
    switch (depth > MAX_DEPTH ? 0 : cursor.peek()) {
      case '"' -> text(cursor);
      case '{' -> block(cursor);
      case '[' -> {
        cursor.enterArray();
        while (cursor.nextElement()) {
          content(cursor);
        }
      }
      default -> cursor.skip();
    }
    depth--;
  }

  private void text(JsonCursor cursor) {
    JsonExcerpt text = JsonExcerpt.take(cursor, bytes);
    if (inResult) {
      outline.weigh(text);
    } else {
      outline.text(text);
    }
  }

  private void block(JsonCursor cursor) {
    lookAhead(cursor.offset());
    switch (type) {
      case "image", "image_url", "input_image" -> media(cursor, Modality.IMAGE);
      case "document", "file", "input_file" -> media(cursor, Modality.FILE);
      case "input_audio", "audio" -> media(cursor, Modality.AUDIO);
      case "video", "video_url", "input_video" -> media(cursor, Modality.VIDEO);
      case "tool_use", "server_tool_use" -> {
        outline.call();
        callMembers(cursor);
      }
      case "tool_result" -> result(cursor);
      case "tool_addition" -> addition(cursor);
      default -> blockMembers(cursor);
    }
  }

  private void blockMembers(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "text", "content", "parts" -> content(cursor);
        case "thinking" -> JsonExcerpt.weigh(cursor, bytes, outline);
        case "reasoningContent", "reasoningText" -> content(cursor);
        case "image" -> media(cursor, Modality.IMAGE);
        case "document" -> media(cursor, Modality.FILE);
        case "audio" -> media(cursor, Modality.AUDIO);
        case "video" -> media(cursor, Modality.VIDEO);
        case "inlineData", "inline_data", "fileData", "file_data" -> typedMedia(cursor);
        case "toolUse", "functionCall", "function_call" -> call(cursor);
        case "toolResult", "functionResponse", "function_response" -> result(cursor);
        default -> cursor.skip();
      }
    }
  }

  /** A tool that is offered from here on. */
  private void addition(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals("tool")) {
        tools.tool(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private void media(JsonCursor cursor, Modality kind) {
    cursor.skip();
    if (inResult) {
      outline.resultMedia(kind);
    } else {
      outline.media(kind);
    }
  }

  /** Media with their type beside them. */
  private void typedMedia(JsonCursor cursor) {
    Modality kind = Modality.FILE;
    if (cursor.peek() == '{') {
      ahead.over(bytes, cursor.offset(), bytes.length).enterObject();
      while (ahead.nextMember()) {
        boolean named = ahead.name().startsWith("mime") && ahead.peek() == '"';
        if (named) {
          kind = OutlineBuilder.kindOf(ahead.text());
        } else {
          ahead.skip();
        }
      }
    }
    media(cursor, kind);
  }

  private void result(JsonCursor cursor) {
    outline.result();
    if (cursor.peek() != '{') {
      cursor.skip();
      return;
    }
    boolean outer = inResult;
    inResult = true;
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "content", "parts" -> content(cursor);
        case "response" -> JsonExcerpt.weigh(cursor, bytes, outline);
        default -> cursor.skip();
      }
    }
    inResult = outer;
  }

  private void calls(JsonCursor cursor) {
    if (cursor.peek() != '[') {
      cursor.skip();
      return;
    }
    cursor.enterArray();
    while (cursor.nextElement()) {
      call(cursor);
    }
  }

  private void call(JsonCursor cursor) {
    if (cursor.peek() == '{') {
      outline.call();
      callMembers(cursor);
    } else {
      cursor.skip();
    }
  }

  private void callMembers(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "name", "arguments", "args", "input" -> JsonExcerpt.weigh(cursor, bytes, outline);
        case "function", "custom" -> {
          if (cursor.peek() == '{') {
            callMembers(cursor);
          } else {
            cursor.skip();
          }
        }
        default -> cursor.skip();
      }
    }
  }

  private void images(JsonCursor cursor) {
    if (cursor.peek() != '[') {
      cursor.skip();
      return;
    }
    cursor.enterArray();
    while (cursor.nextElement()) {
      media(cursor, Modality.IMAGE);
    }
  }
}
