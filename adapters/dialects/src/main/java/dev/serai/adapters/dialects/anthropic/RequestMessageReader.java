package dev.serai.adapters.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the system prompt and the messages of a request: the reverse of {@link
 * RequestMessageWriter}. Tool results in a user's message become messages of their own, before the
 * rest of it. Blocks of types that only Anthropic has are reported and skipped.
 */
final class RequestMessageReader {
  /** What citations are named as where they are left out. */
  private static final String CITATIONS = "messages.content.citations";

  private static final String DOCUMENT_CITATIONS = "messages.content.document.citations";

  private final Map<String, String> unknown;
  private final OfferedTools offered;

  /**
   * @param unknown receives the names of skipped blocks
   * @param offered receives the blocks that change the tools
   */
  RequestMessageReader(Map<String, String> unknown, OfferedTools offered) {
    this.unknown = unknown;
    this.offered = offered;
  }

  List<Message> read(RequestFields request) {
    List<Message> messages = new ArrayList<>();
    List<Part> system = content(request, "system");
    if (!system.isEmpty()) {
      messages.add(Message.of(Role.SYSTEM, system));
    }
    for (RequestFields message : request.objects("messages")) {
      switch (message.requiredText("role")) {
        case "user" -> user(message, messages);
        case "assistant" -> messages.add(Message.of(Role.ASSISTANT, content(message, "content")));
        case "system" -> system(message, messages);
        default -> throw RequestFields.wrongValue(message.pathOf("role"), "'user' or 'assistant'");
      }
    }
    return List.copyOf(messages);
  }

  private void system(RequestFields message, List<Message> messages) {
    List<Part> parts = content(message, "content");
    if (!parts.isEmpty()) {
      messages.add(Message.of(Role.SYSTEM, parts));
    }
  }

  private void user(RequestFields message, List<Message> messages) {
    if (isText(message, "content")) {
      messages.add(Message.of(Role.USER, content(message, "content")));
      return;
    }
    List<Part> parts = new ArrayList<>();
    boolean empty = true;
    for (RequestFields block : message.objects("content")) {
      switch (block.requiredText("type")) {
        case "tool_result" -> {
          empty = false;
          messages.add(toolResult(block));
        }
        case OfferedTools.ADDITION, OfferedTools.REMOVAL -> {
          empty = false;
          offered.change(block);
        }
        default -> block(block, parts);
      }
    }
    if (!parts.isEmpty() || empty) {
      messages.add(Message.of(Role.USER, parts));
    }
  }

  private Message toolResult(RequestFields block) {
    ToolResult answered =
        new ToolResult(
            OpaqueStateCodec.callId(block.requiredText("tool_use_id")).id(),
            block.flag("is_error").orElse(false),
            CacheMarks.read(block));
    return new Message(
        Role.TOOL,
        content(block, "content"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(answered));
  }

  private static boolean isText(RequestFields fields, String name) {
    return fields.any(name).filter(JsonNode::isTextual).isPresent();
  }

  /** Reads a member that is a string or an array of blocks. */
  private List<Part> content(RequestFields fields, String name) {
    if (isText(fields, name)) {
      return List.of(new TextPart(fields.requiredText(name)));
    }
    List<Part> parts = new ArrayList<>();
    for (RequestFields block : fields.objects(name)) {
      block(block, parts);
    }
    return parts;
  }

  private void block(RequestFields block, List<Part> parts) {
    String type = block.requiredText("type");
    switch (type) {
      case "text" -> parts.add(text(block));
      case "thinking" -> thinking(block, parts);
      case "redacted_thinking" ->
          parts.add(
              new ReasoningPart(
                  "",
                  Optional.of(state(ReasoningSignatures.REDACTED, block.requiredText("data")))));
      case "tool_use" -> parts.add(toolUse(block));
      case "image" ->
          parts.add(
              InlineMedia.part(
                  media(block.requiredObject("source")), Optional.empty(), CacheMarks.read(block)));
      case "document" -> document(block, parts);
      // A result of a search for tools: all tools are sent, so the name says which was found.
      case "tool_reference" -> parts.add(new TextPart(block.requiredText("tool_name")));
      // The summary of what was said before; it is null if there is none.
      case "compaction" ->
          block
              .text("content")
              .filter(summary -> !summary.isEmpty())
              .ifPresent(summary -> parts.add(new TextPart(summary, CacheMarks.read(block))));
      case OfferedTools.ADDITION, OfferedTools.REMOVAL -> offered.change(block);
      case "search_result" -> {
        parts.add(new TextPart(block.requiredText("title") + "\n" + block.requiredText("source")));
        parts.addAll(content(block, "content"));
        CacheMarks.moveToLast(block, parts);
        name("messages.content.search_result.citations", asksForCitations(block));
      }
      default -> unknown.put("messages.content." + type, block.node().toString());
    }
  }

  /** Reads text, with its citations in a history. */
  private TextPart text(RequestFields block) {
    List<String> citations =
        block.objects("citations").stream().map(one -> one.node().toString()).toList();
    block.ignore("citations");
    if (!citations.isEmpty()) {
      unknown.put(CITATIONS, citations.toString());
    }
    return new TextPart(block.requiredText("text"), CacheMarks.read(block), citations);
  }

  private static void thinking(RequestFields block, List<Part> parts) {
    String text = block.text("thinking").orElse("");
    String signature = block.text(ReasoningSignatures.SIGNATURE).orElse("");
    if (!signature.isBlank() && !signature.equals(ReasoningSignatures.UNSIGNED)) {
      parts.add(
          new ReasoningPart(text, Optional.of(state(ReasoningSignatures.SIGNATURE, signature))));
    } else if (!text.isEmpty()) {
      parts.add(new ReasoningPart(text));
    }
  }

  /** The state that a signature carries for another dialect, or Anthropic's of any account. */
  private static OpaqueState state(String kind, String data) {
    return OpaqueStateCodec.decode(data).orElseGet(() -> ReasoningSignatures.state("", kind, data));
  }

  private static ToolCallPart toolUse(RequestFields block) {
    OpaqueStateCodec.CallId id = OpaqueStateCodec.callId(block.requiredText("id"));
    String input = block.json("input", "{}");
    return new ToolCallPart(
        new ToolCall(id.id(), block.requiredText("name"), input, id.state()),
        CacheMarks.read(block));
  }

  private void document(RequestFields block, List<Part> parts) {
    block
        .any("context")
        .ifPresent(value -> unknown.put("messages.content.document.context", value.toString()));
    boolean cited = asksForCitations(block);
    RequestFields source = block.requiredObject("source");
    if (source.requiredText("type").equals("content")) {
      parts.addAll(content(source, "content"));
      name("messages.content.document.content.citations", cited);
    } else {
      parts.add(new FilePart(media(source), block.text("title"), CacheMarks.read(block), cited));
      name(DOCUMENT_CITATIONS, cited);
    }
  }

  private static boolean asksForCitations(RequestFields block) {
    return block.object("citations").flatMap(asked -> asked.flag("enabled")).orElse(false);
  }

  private void name(String name, boolean cited) {
    if (cited) {
      unknown.put(name, "{\"enabled\":true}");
    }
  }

  private static MediaSource media(RequestFields source) {
    return switch (source.requiredText("type")) {
      case "base64" ->
          InlineMedia.of(
              source.requiredText("media_type"), source.requiredText("data"), Optional.empty());
      case "url" -> new UrlSource(source.requiredText("url"));
      case "file" -> new UploadedSource(source.requiredText("file_id"));
      case "text" -> {
        source.ignore("media_type");
        byte[] text = source.requiredText("data").getBytes(StandardCharsets.UTF_8);
        yield new InlineSource("text/plain", Base64.getEncoder().encodeToString(text));
      }
      default ->
          throw RequestFields.wrongValue(
              source.pathOf("type"), "'base64', 'url', 'file', 'text' or 'content'");
    };
  }
}
