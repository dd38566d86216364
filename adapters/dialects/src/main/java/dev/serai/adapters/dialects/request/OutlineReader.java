package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.features.OutlineBuilder;
import dev.serai.core.features.PromptOutline;
import dev.serai.core.model.Capability;
import java.util.List;

/**
 * Reads the outline of a chat request from its bytes, without a tree. The messages are walked
 * again, which takes about as long as checking them did; of their texts only the ends are decoded.
 *
 * <p>All surfaces write messages with the same few names, so one reader reads them all. A member
 * that it does not know is skipped. Pure.
 */
final class OutlineReader {
  private static final List<String> SYSTEM =
      List.of("system", "systemInstruction", "system_instruction", "instructions");
  private static final List<String> MESSAGES = List.of("messages", "contents", "input", "prompt");

  private OutlineReader() {}

  static PromptOutline read(JsonMembers request, boolean streaming) {
    OutlineBuilder outline = new OutlineBuilder();
    ToolOutline tools = new ToolOutline(request.bytes(), outline);
    MessageOutline messages = new MessageOutline(request.bytes(), outline, tools);
    for (String name : SYSTEM) {
      int place = request.find(name);
      if (place >= 0) {
        outline.begin(Role.SYSTEM);
        messages.content(at(request, place));
        outline.end();
      }
    }
    for (String name : MESSAGES) {
      int place = request.find(name);
      if (place >= 0) {
        messages.read(at(request, place), request.find("images") >= 0);
      }
    }
    new NeedOutline(request, outline, tools).read();
    if (streaming) {
      outline.need(Capability.STREAMING);
    }
    return outline.build();
  }

  private static JsonCursor at(JsonMembers request, int place) {
    return new JsonCursor()
        .over(request.bytes(), request.valueStart(place), request.valueEnd(place));
  }
}
