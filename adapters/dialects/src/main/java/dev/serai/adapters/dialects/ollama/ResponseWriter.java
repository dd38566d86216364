package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.ollama.OllamaRequest.Form;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a non-streaming response, and the lines of a stream, which have the same form: a message
 * or a text, and in the last one {@code done} with the token counts and the durations in
 * nanoseconds. Tool calls are complete, with their arguments as objects. For one response; not
 * thread-safe.
 */
final class ResponseWriter {
  private final OllamaRequest request;
  private final InstantSource clock;
  private final boolean chat;
  private final List<String> images = new ArrayList<>(0);
  private final List<String> logprobs = new ArrayList<>(0);
  private int callsWritten;

  ResponseWriter(OllamaRequest request, InstantSource clock) {
    this.request = request;
    this.clock = clock;
    this.chat = request.form() == Form.CHAT;
  }

  /** What the last line of a response reports. */
  record Summary(
      Optional<FinishReason> finish, Optional<Usage> usage, Optional<Instant> firstToken) {}

  /** Writes a non-streaming response. */
  byte[] write(ChatResponse response) {
    JsonWriter out = begin(new JsonWriter(1024));
    Optional<FinishReason> finish = Optional.empty();
    if (response.choices().isEmpty()) {
      piece(out, "", "", List.of());
    } else {
      Choice choice = response.choices().getFirst();
      finish = Optional.of(choice.finish());
      String text = choice.text().or(choice::refusal).orElse("");
      choice.parts().forEach(this::addImage);
      addLogprobs(choice.details());
      piece(out, text, choice.reasoning().orElse(""), choice.toolCalls());
    }
    return end(out, new Summary(finish, response.usage(), Optional.empty())).bytes();
  }

  /** The next {@link #piece} carries this part if it is an image. */
  void addImage(Part part) {
    if (part instanceof ImagePart(InlineSource image, var _, var _)) {
      images.add(image.base64());
    }
  }

  /** The next {@link #piece} carries these log probabilities of its tokens. */
  void addLogprobs(TextDetails details) {
    logprobs.addAll(details.logprobs());
  }

  /** Begins an object. */
  JsonWriter begin(JsonWriter out) {
    out.beginObject().member("model", request.model());
    return out.member("created_at", clock.instant().toString());
  }

  /** Writes a piece of the response as members of an object. */
  void piece(JsonWriter out, String text, String thinking, List<ToolCall> made) {
    if (!chat) {
      out.member("response", text);
    } else {
      out.name("message").beginObject().member("role", "assistant").member("content", text);
    }
    if (!thinking.isEmpty()) {
      out.member("thinking", thinking);
    }
    if (chat) {
      if (!images.isEmpty()) {
        out.member("images", images);
        images.clear();
      }
      if (!made.isEmpty()) {
        calls(out, made);
      }
      out.endObject();
    }
    if (!logprobs.isEmpty()) {
      out.name("logprobs").beginArray();
      logprobs.forEach(out::json);
      out.endArray();
      logprobs.clear();
    }
  }

  private void calls(JsonWriter out, List<ToolCall> made) {
    out.name("tool_calls").beginArray();
    for (ToolCall call : made) {
      out.beginObject().member("id", OpaqueStateCodec.callId(call.id(), call.state()));
      out.name("function").beginObject().member("index", callsWritten++);
      out.member("name", call.name()).name("arguments");
      ToolArguments.write(out, call.arguments());
      out.endObject().endObject();
    }
    out.endArray();
  }

  /** Ends the last object of the response. */
  JsonWriter end(JsonWriter out, Summary summary) {
    Instant now = clock.instant();
    Instant begun = summary.firstToken().orElse(now);
    out.member("done", true);
    summary.finish().ifPresent(reason -> out.member("done_reason", word(reason)));
    out.member("total_duration", nanos(request.arrived(), now)).member("load_duration", 0);
    summary.usage().ifPresent(counted -> out.member("prompt_eval_count", counted.input()));
    out.member("prompt_eval_duration", nanos(request.arrived(), begun));
    summary.usage().ifPresent(counted -> out.member("eval_count", counted.output()));
    return out.member("eval_duration", nanos(begun, now)).endObject();
  }

  private static long nanos(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos());
  }

  /**
   * Ollama reports "stop" for calls too, and has no reasons but "stop" and "length": the latter
   * says that the response may be incomplete.
   */
  private static String word(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP, TOOL_CALLS, REFUSAL -> "stop";
      case LENGTH, CONTENT_FILTER, CONTEXT_FULL, PAUSED, OTHER -> "length";
    };
  }
}
