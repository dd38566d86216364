package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.responses.ResponseObjectWriter.Body;
import dev.serai.adapters.dialects.responses.ResponseObjectWriter.Head;
import dev.serai.adapters.dialects.responses.ToolMapping.Origin;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a non-streaming response from core types. For one response. */
final class ResponseWriter {
  private final ResponsesRequest request;
  private final List<byte[]> items = new ArrayList<>();
  private ResponseStatus outcome = ResponseStatus.FAILED;
  private @Nullable JsonWriter message;

  private ResponseWriter(ResponsesRequest request) {
    this.request = request;
  }

  /**
   * @param nowSeconds used where the provider gave no time
   */
  static byte[] write(ResponsesRequest request, ChatResponse response, long nowSeconds) {
    ResponseWriter writer = new ResponseWriter(request);
    if (!response.choices().isEmpty()) {
      writer.choice(response.choices().getFirst());
    }
    long created = response.createdSeconds() != 0 ? response.createdSeconds() : nowSeconds;
    Head head = new Head(ResponseIds.make("resp_"), response.model(), created);
    JsonWriter out = new JsonWriter(writer.size() + 2048);
    Body body = new Body(writer.outcome, writer.items, response.usage(), Optional.empty());
    ResponseObjectWriter.write(out, request, head, body);
    return out.bytes();
  }

  /** Of all items, in bytes: a buffer that has room for them is not copied while it grows. */
  private int size() {
    return items.stream().mapToInt(item -> item.length + 1).sum();
  }

  private void choice(Choice choice) {
    outcome = ResponseStatus.of(choice.finish());
    long all = Annotations.length(choice.text().orElse(""));
    long start = 0;
    for (Part part : choice.parts()) {
      switch (part) {
        case ReasoningPart reasoning -> {
          endMessage();
          JsonWriter out = new JsonWriter();
          ResponseItemWriter.reasoning(
              out, ResponseIds.make(ResponseIds.REASONING), reasoning.text(), reasoning.state());
          items.add(out.bytes());
        }
        case TextPart text -> {
          long end = start + Annotations.length(text.text());
          long until = end == all ? Long.MAX_VALUE : end;
          PartDetails details = PartDetails.of(choice.details(), start, until);
          ResponseItemWriter.text(message(text.text().length()), text.text(), details);
          start = end;
        }
        case ToolCallPart called -> {
          endMessage();
          call(called.call());
        }
        case ImagePart image when image.source() instanceof InlineSource inline -> {
          endMessage();
          image(inline);
        }
        default -> {}
      }
    }
    choice
        .refusalText()
        .ifPresent(text -> ResponseItemWriter.refusal(message(text.length()), text));
    endMessage();
  }

  private void call(ToolCall call) {
    Origin tool = request.tools().origin(call.name());
    String arguments = tool.custom() ? ToolArguments.text(call.arguments()) : call.arguments();
    String id = ResponseItemWriter.callItemId(tool);
    String callId = OpaqueStateCodec.callId(call.id(), call.state());
    JsonWriter out = new JsonWriter();
    ResponseItemWriter.call(
        out, new ResponseItemWriter.Call(id, callId, tool, arguments), outcome.itemStatus());
    items.add(out.bytes());
  }

  private void image(InlineSource image) {
    JsonWriter out = new JsonWriter();
    String id = ResponseIds.make(ResponseIds.prefix(ResponseItemWriter.IMAGE));
    ResponseItemWriter.image(out, id, "completed", Optional.of(image));
    items.add(out.bytes());
  }

  private JsonWriter message(int length) {
    JsonWriter open = message;
    if (open == null) {
      open =
          ResponseItemWriter.beginMessage(
              new JsonWriter(length + 512), ResponseIds.make("msg_"), outcome.itemStatus());
      message = open;
    }
    return open;
  }

  private void endMessage() {
    if (message != null) {
      items.add(ResponseItemWriter.endMessage(message).bytes());
      message = null;
    }
  }
}
