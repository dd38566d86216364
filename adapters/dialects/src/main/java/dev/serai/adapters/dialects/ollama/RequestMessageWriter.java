package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.media.UnsupportedContent;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.tool.ToolResultOrder;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the messages of a request: text as one string, images next to it, the result of a tool
 * with the name of the tool, which is looked up from its call. Images must be inline: Ollama does
 * not fetch URLs.
 */
final class RequestMessageWriter {
  private final JsonWriter out;
  private final DroppedFields dropped;
  private final Map<String, String> toolByCall = new HashMap<>();

  RequestMessageWriter(JsonWriter out, DroppedFields dropped) {
    this.out = out;
    this.dropped = dropped;
  }

  void write(List<Message> messages) {
    out.name("messages").beginArray();
    ToolResultOrder.of(messages).forEach(this::write);
    out.endArray();
  }

  private void write(Message message) {
    StringBuilder text = new StringBuilder();
    List<String> images = new ArrayList<>();
    for (Part part : message.parts()) {
      take(part, text, images);
    }
    message.refusal().ifPresent(refusal -> add(text, refusal));
    out.beginObject().member("role", role(message.role())).member("content", text.toString());
    writeThinking(message);
    if (!images.isEmpty()) {
      out.member("images", images);
    }
    if (!message.toolCalls().isEmpty()) {
      writeCalls(message.toolCalls());
    }
    if (message.role() == Role.TOOL) {
      writeCallOfResult(message);
    } else {
      dropped.addSpeaker(message);
    }
    out.endObject();
  }

  /** Reasoning with the opaque state of another provider is omitted. */
  private void writeThinking(Message message) {
    StringBuilder thinking = new StringBuilder();
    for (Part part : message.parts()) {
      if (part instanceof ReasoningPart thought) {
        if (thought.state().isEmpty()) {
          thinking.append(thought.text());
        } else {
          dropped.add("messages.reasoning_content");
        }
      }
    }
    if (!thinking.isEmpty()) {
      out.member("thinking", thinking.toString());
    }
  }

  private static String role(Role role) {
    return switch (role) {
      case SYSTEM, DEVELOPER -> "system";
      case USER -> "user";
      case ASSISTANT -> "assistant";
      case TOOL -> "tool";
    };
  }

  private void take(Part part, StringBuilder text, List<String> images) {
    switch (part) {
      case TextPart more -> add(text, more.text());
      case ReasoningPart _, ToolCallPart _ -> {
        // written as members of the message
      }
      case ImagePart image -> {
        if (image.detail().isPresent() && !image.detail().get().equals("auto")) {
          dropped.add("image_url.detail");
        }
        images.add(inline(image.source()).base64());
      }
      case FilePart file -> {
        InlineSource inline = inline(file.source());
        if (inline.mediaType().startsWith("image/")) {
          images.add(inline.base64());
        } else if (inline.isText()) {
          add(text, file.filename().filter(name -> !name.isBlank()).orElse(""));
          add(text, decoded(inline.base64()));
        } else {
          throw UnsupportedContent.notTaken("files of type " + inline.mediaType());
        }
      }
      case AudioPart _ -> throw UnsupportedContent.notTaken("audio");
    }
  }

  private static void add(StringBuilder text, String more) {
    if (!text.isEmpty() && !more.isEmpty()) {
      text.append('\n');
    }
    text.append(more);
  }

  private static InlineSource inline(MediaSource media) {
    if (media instanceof InlineSource inline) {
      return inline;
    }
    throw UnsupportedContent.notTaken("files by address or id: send their data");
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("messages", "A file's data is not base64.");
    }
  }

  private void writeCalls(List<ToolCall> calls) {
    out.name("tool_calls").beginArray();
    for (int i = 0; i < calls.size(); i++) {
      ToolCall call = calls.get(i);
      toolByCall.put(call.id(), call.name());
      out.beginObject().member("id", call.id()).name("function").beginObject();
      out.member("index", i).member("name", call.name()).name("arguments");
      ToolArguments.write(out, call.arguments());
      out.endObject().endObject();
    }
    out.endArray();
  }

  private void writeCallOfResult(Message message) {
    String callId = message.toolResult().map(ToolResult::callId).orElse("");
    String tool = toolByCall.getOrDefault(callId, message.name().orElse(""));
    if (!tool.isEmpty()) {
      out.member("tool_name", tool);
    }
    if (!callId.isEmpty()) {
      out.member("tool_call_id", callId);
    }
  }
}
