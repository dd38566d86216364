package dev.serai.adapters.dialects.ollama;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.ollama.OllamaRequest.Form;
import dev.serai.adapters.dialects.stream.RelayingEventWriter;
import dev.serai.adapters.dialects.tool.ToolCallAssembler;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Writes a stream as Ollama does: a line for each piece, the last one {@code done}. Calls are
 * buffered until their choice is complete. A failure is the last line. For one response; not
 * thread-safe.
 */
final class StreamWriter extends RelayingEventWriter {
  private static final byte[] LINE_END = ascii("\n");

  private final ResponseWriter response;
  private final InstantSource clock;
  private final boolean chat;
  private final ToolCallAssembler calls = new ToolCallAssembler();
  private Optional<Instant> firstToken = Optional.empty();
  private Optional<FinishReason> finish = Optional.empty();
  private Optional<Usage> usage = Optional.empty();
  private boolean hasText;

  StreamWriter(OllamaRequest request, InstantSource clock) {
    this.response = new ResponseWriter(request, clock);
    this.clock = clock;
    this.chat = request.form() == Form.CHAT;
  }

  @Override
  protected byte[] failure(GatewayProblem problem) {
    return new JsonWriter(256).json(OllamaSurface.problemText(problem)).raw(LINE_END).bytes();
  }

  @Override
  protected byte[] translated(ChatEvent event) {
    if (firstToken.isEmpty() && event.carriesToken()) {
      firstToken = Optional.of(clock.instant());
    }
    return switch (event) {
      case ChatEvent.TextDelta text -> {
        hasText |= isFirst(text.choice());
        yield isFirst(text.choice()) ? line(text.text(), "") : NOTHING;
      }
      case ChatEvent.TextDetailed detailed -> {
        if (isFirst(detailed.choice())) {
          response.addLogprobs(detailed.details());
        }
        yield NOTHING;
      }
      case ChatEvent.TextCited _ -> NOTHING;
      case ChatEvent.RefusalDelta text ->
          isFirst(text.choice()) && !hasText ? line(text.text(), "") : NOTHING;
      case ChatEvent.ReasoningDelta text ->
          isFirst(text.choice()) ? line("", text.text()) : NOTHING;
      case ChatEvent.ImageGenerated shown -> {
        if (!chat || !isFirst(shown.choice())) {
          yield NOTHING;
        }
        response.addImage(shown.image());
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
      case ChatEvent.Started _,
          ChatEvent.ReasoningState _,
          ChatEvent.Dropped _,
          ChatEvent.Relayed _,
          ChatEvent.Failed _ ->
          NOTHING;
    };
  }

  /** Ollama responds with one choice. */
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
      JsonWriter out = response.begin(new JsonWriter(320));
      response.piece(out, "", "", List.of(call));
      lines.raw(out.member("done", false).endObject().raw(LINE_END).bytes());
    }
    return lines.bytes();
  }

  private byte[] line(String text, String thinking) {
    JsonWriter out = response.begin(new JsonWriter(256));
    response.piece(out, text, thinking, List.of());
    return out.member("done", false).endObject().raw(LINE_END).bytes();
  }

  private byte[] last() {
    JsonWriter out = new JsonWriter(512).raw(openCalls());
    response.piece(response.begin(out), "", "", List.of());
    return response
        .end(out, new ResponseWriter.Summary(finish, usage, firstToken))
        .raw(LINE_END)
        .bytes();
  }
}
