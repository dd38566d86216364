package dev.serai.adapters.dialects.anthropic;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.claude.ClaudeStopReasons;
import dev.serai.adapters.dialects.stream.RelayingEventWriter;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Started;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes core events as a streamed message: {@code message_start}, a {@code ping}, blocks one after
 * the other, each with its start, deltas and stop, then {@code message_delta} with the stop reason
 * and the total usage, and {@code message_stop}. A failure is an {@code error} event and the last.
 *
 * <p>Model: at most one block is open. Other dialects interleave the fragments of several tool
 * calls; {@link StreamPartSequencer} holds back events that would interrupt a call. {@code
 * message_start} waits for the first block, so that it can include usage reported before. The
 * grammar has one choice: others are not written. For one stream; not thread-safe.
 */
final class StreamWriter extends RelayingEventWriter {
  private static final byte[] ERROR = ascii("event: error\ndata: ");
  private static final byte[] PING = ascii("event: ping\ndata: {\"type\":\"ping\"}\n\n");

  private enum Block {
    NONE,
    TEXT,
    THINKING,
    TOOL
  }

  private final StreamPartSequencer sequencer = new StreamPartSequencer();
  private final StringBuilder refusal = new StringBuilder();
  private JsonWriter out = new JsonWriter(0);
  private Started head = new Started("", "", 0);
  private Optional<Usage> usage = Optional.empty();
  private @Nullable FinishReason finish;
  private Block open = Block.NONE;
  private int index;
  private boolean begun;
  private boolean signed;
  private boolean calls;

  /** Whether the open block of text is complete: it stays open for more of its citations. */
  private boolean complete;

  /** An event without content, which keeps the connection alive. */
  static byte[] ping() {
    return PING.clone();
  }

  @Override
  protected byte[] failure(GatewayProblem problem) {
    JsonWriter event = new JsonWriter(256).raw(ERROR);
    return ServerSentEvents.end(event.json(ErrorWriter.write(problem, Optional.empty()))).bytes();
  }

  @Override
  protected byte[] translated(ChatEvent event) {
    out = new JsonWriter(256);
    switch (event) {
      case Started started -> head = started;
      case ChatEvent.UsageReported reported -> usage = Optional.of(reported.usage());
      case ChatEvent.Finished finished -> {
        if (finished.choice() == 0) {
          sequencer.flush(this::writePart);
          finish = finished.reason();
        }
      }
      case ChatEvent.Ended _ -> end();
      case ChatEvent.Dropped _, ChatEvent.ImageGenerated _, ChatEvent.TextDetailed _ -> {}
      default -> sequencer.accept(event, this::writePart);
    }
    return out.bytes();
  }

  private void writePart(ChatEvent event) {
    switch (event) {
      case ChatEvent.TextDelta delta -> text(delta.text());
      case ChatEvent.TextCited cited -> cited(cited);
      case ChatEvent.RefusalDelta delta -> {
        refusal.append(delta.text());
        text(delta.text());
      }
      case ChatEvent.ReasoningDelta delta -> {
        open(Block.THINKING, "thinking", "thinking");
        delta("thinking_delta", "thinking", delta.text());
      }
      case ChatEvent.ReasoningState block -> endReasoning(block.state());
      case ChatEvent.ToolCallStarted call -> toolCall(call);
      case ChatEvent.ToolArgumentsDelta delta ->
          delta("input_json_delta", "partial_json", delta.fragment());
      default -> throw new IllegalStateException("not a part of a block");
    }
  }

  private void cited(ChatEvent.TextCited cited) {
    if (open == Block.TEXT) {
      for (String citation : cited.citations()) {
        event("content_block_delta").member("index", index);
        out.name("delta").beginObject().member("type", "citations_delta");
        out.name("citation").json(citation).endObject();
        endEvent();
      }
      complete = true;
    }
  }

  private void text(String text) {
    if (complete) {
      close();
    }
    open(Block.TEXT, "text", "text");
    delta("text_delta", "text", text);
  }

  /** Opens a block of that kind if the open one is of another. */
  private void open(Block kind, String type, String member) {
    if (open == kind) {
      return;
    }
    startBlock().member("type", type).member(member, "");
    if (kind == Block.THINKING) {
      out.member(ReasoningSignatures.SIGNATURE, "");
    }
    out.endObject();
    endEvent();
    open = kind;
    signed = false;
    complete = false;
  }

  private void endReasoning(OpaqueState state) {
    if (open == Block.THINKING) {
      sign(OpaqueStateCodec.encode(state));
    } else {
      startBlock().member("type", ReasoningSignatures.REDACTED);
      out.member("data", OpaqueStateCodec.encode(state)).endObject();
      endEvent();
      open = Block.THINKING;
      signed = true;
    }
    close();
  }

  private void sign(String signature) {
    delta("signature_delta", ReasoningSignatures.SIGNATURE, signature);
    signed = true;
  }

  private void toolCall(ChatEvent.ToolCallStarted call) {
    calls = true;
    startBlock().member("type", "tool_use");
    out.member("id", OpaqueStateCodec.callId(call.id(), call.state())).member("name", call.name());
    out.name("input").beginObject().endObject().endObject();
    endEvent();
    open = Block.TOOL;
  }

  private JsonWriter startBlock() {
    begin();
    close();
    event("content_block_start").member("index", index);
    return out.name("content_block").beginObject();
  }

  private void delta(String type, String member, String text) {
    event("content_block_delta").member("index", index);
    out.name("delta").beginObject().member("type", type).member(member, text).endObject();
    endEvent();
  }

  private void close() {
    if (open == Block.THINKING && !signed) {
      sign(ReasoningSignatures.UNSIGNED);
    }
    if (open != Block.NONE) {
      event("content_block_stop").member("index", index);
      endEvent();
      open = Block.NONE;
      complete = false;
      index++;
    }
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    event("message_start").name("message").beginObject();
    ResponseParts.head(out, ResponseParts.id(head.id()), head.model());
    out.name("content").beginArray().endArray();
    out.name("stop_reason").nullValue().name("stop_sequence").nullValue();
    ResponseParts.usage(out, usage);
    out.endObject();
    endEvent();
    out.raw(PING);
  }

  private void end() {
    begin();
    close();
    event("message_delta").name("delta").beginObject();
    Optional<String> refused =
        refusal.isEmpty() ? Optional.empty() : Optional.of(refusal.toString());
    // Clients fail on a last event without a stop reason.
    FinishReason reason = finish != null ? finish : ClaudeStopReasons.unspecified(calls);
    ResponseParts.stop(out, reason, calls, refused);
    out.endObject();
    ResponseParts.usage(out, usage);
    endEvent();
    event("message_stop");
    endEvent();
  }

  private JsonWriter event(String type) {
    return ServerSentEvents.begin(out, type);
  }

  private void endEvent() {
    ServerSentEvents.end(out.endObject());
  }
}
