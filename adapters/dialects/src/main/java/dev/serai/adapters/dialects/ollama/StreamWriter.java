package dev.serai.adapters.dialects.ollama;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.ollama.OllamaRequest.Form;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.tool.ToolCallAssembler;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.surface.Surface;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer as OllamaDialect does: a line for each piece, the last one {@code done}, with
 * the counts and how long it took in nanoseconds; or all of it in one. Tool calls come whole, as
 * objects. A failure is a line with nothing after it. For one answer; not thread-safe.
 */
final class StreamWriter implements Surface.ChatEventWriter {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] LINE_END = ascii("\n");

  private final OllamaRequest request;
  private final InstantSource clock;
  private final boolean chat;
  private final ToolCallAssembler calls = new ToolCallAssembler();
  private final List<String> pictures = new ArrayList<>(0);
  private int told;
  private @Nullable Instant firstToken;
  private Optional<FinishReason> finish = Optional.empty();
  private Optional<Usage> usage = Optional.empty();
  private boolean relayed;

  StreamWriter(OllamaRequest request, InstantSource clock) {
    this.request = request;
    this.clock = clock;
    this.chat = request.form() == Form.CHAT;
  }

  /** A whole answer. */
  byte[] whole(ChatResponse response) {
    JsonWriter out = begin(new JsonWriter(1024));
    if (response.choices().isEmpty()) {
      piece(out, "", "", List.of());
    } else {
      Choice choice = response.choices().getFirst();
      finish = Optional.of(choice.finish());
      String text = choice.text().or(choice::refusal).orElse("");
      choice.parts().forEach(this::keep);
      piece(out, text, choice.reasoning().orElse(""), choice.toolCalls());
    }
    usage = response.usage();
    return end(out).bytes();
  }

  private void keep(Part part) {
    if (part instanceof ImagePart(InlineSource picture, var _, var _)) {
      pictures.add(picture.base64());
    }
  }

  @Override
  public byte[] write(ChatEvent event) {
    if (event instanceof ChatEvent.Relayed bytes) {
      relayed = true;
      return bytes.bytes();
    }
    if (event instanceof ChatEvent.Failed failed) {
      return new JsonWriter(256)
          .json(OllamaSurface.problemText(failed.problem()))
          .raw(LINE_END)
          .bytes();
    }
    if (firstToken == null && event.carriesToken()) {
      firstToken = clock.instant();
    }
    return relayed ? NOTHING : translated(event);
  }

  private byte[] translated(ChatEvent event) {
    return switch (event) {
      case ChatEvent.TextDelta text -> isFirst(text.choice()) ? line(text.text(), "") : NOTHING;
      case ChatEvent.RefusalDelta text -> isFirst(text.choice()) ? line(text.text(), "") : NOTHING;
      case ChatEvent.ReasoningDelta text ->
          isFirst(text.choice()) ? line("", text.text()) : NOTHING;
      case ChatEvent.ImageGenerated shown -> {
        if (!chat || !isFirst(shown.choice())) {
          yield NOTHING;
        }
        keep(shown.image());
        yield line("", "");
      }
      case ChatEvent.ToolCallStarted started -> {
        if (isFirst(started.choice())) {
          calls.begin(started);
        }
        yield NOTHING;
      }
      case ChatEvent.ToolArgumentsDelta delta -> {
        if (isFirst(delta.choice())) {
          calls.add(delta);
        }
        yield NOTHING;
      }
      case ChatEvent.Finished finished -> {
        finish = isFirst(finished.choice()) ? Optional.of(finished.reason()) : finish;
        yield openCalls();
      }
      case ChatEvent.UsageReported reported -> {
        usage = Optional.of(reported.usage());
        yield NOTHING;
      }
      case ChatEvent.Ended _ -> last();
      default -> NOTHING;
    };
  }

  /** There is room for one answer only. */
  private static boolean isFirst(int choice) {
    return choice == 0;
  }

  private byte[] openCalls() {
    List<ToolCall> made = calls.take();
    if (made.isEmpty()) {
      return NOTHING;
    }
    JsonWriter lines = new JsonWriter(320 * made.size());
    for (ToolCall call : made) {
      JsonWriter out = begin(new JsonWriter(320));
      piece(out, "", "", List.of(call));
      lines.raw(out.member("done", false).endObject().raw(LINE_END).bytes());
    }
    return lines.bytes();
  }

  private byte[] line(String text, String thinking) {
    JsonWriter out = begin(new JsonWriter(256));
    piece(out, text, thinking, List.of());
    return out.member("done", false).endObject().raw(LINE_END).bytes();
  }

  private byte[] last() {
    JsonWriter out = new JsonWriter(512).raw(openCalls());
    piece(begin(out), "", "", List.of());
    return end(out).raw(LINE_END).bytes();
  }

  private JsonWriter begin(JsonWriter out) {
    out.beginObject().member("model", request.model());
    return out.member("created_at", clock.instant().toString());
  }

  private void piece(JsonWriter out, String text, String thinking, List<ToolCall> made) {
    if (!chat) {
      out.member("response", text);
    } else {
      out.name("message").beginObject().member("role", "assistant").member("content", text);
    }
    if (!thinking.isEmpty()) {
      out.member("thinking", thinking);
    }
    if (chat) {
      if (!pictures.isEmpty()) {
        out.name("images").beginArray();
        pictures.forEach(out::value);
        out.endArray();
        pictures.clear();
      }
      if (!made.isEmpty()) {
        calls(out, made);
      }
      out.endObject();
    }
  }

  private void calls(JsonWriter out, List<ToolCall> made) {
    out.name("tool_calls").beginArray();
    for (ToolCall call : made) {
      out.beginObject().member("id", OpaqueStateCodec.callId(call.id(), call.state()));
      out.name("function").beginObject().member("index", told++);
      out.member("name", call.name()).name("arguments");
      ToolArguments.write(out, call.arguments());
      out.endObject().endObject();
    }
    out.endArray();
  }

  private JsonWriter end(JsonWriter out) {
    Instant now = clock.instant();
    Instant begun = firstToken == null ? now : firstToken;
    out.member("done", true);
    finish.ifPresent(reason -> out.member("done_reason", word(reason)));
    out.member("total_duration", nanos(request.arrived(), now)).member("load_duration", 0);
    usage.ifPresent(counted -> out.member("prompt_eval_count", counted.input()));
    out.member("prompt_eval_duration", nanos(request.arrived(), begun));
    usage.ifPresent(counted -> out.member("eval_count", counted.output()));
    return out.member("eval_duration", nanos(begun, now)).endObject();
  }

  private static long nanos(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos());
  }

  /**
   * OllamaDialect says "stop" for calls too; what it has no word for goes out as the provider said
   * it.
   */
  private static String word(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP, TOOL_CALLS -> "stop";
      case LENGTH -> "length";
      default -> reason.raw();
    };
  }
}
