package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openaiapi.ErrorWriter;
import dev.serai.adapters.dialects.stream.RelayingEventWriter;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;

/**
 * Writes {@code text_completion} objects, complete and streamed, from responses of other dialects.
 * They hold text only: reasoning and tool calls are left out. For one response; not thread-safe.
 */
final class CompletionWriter extends RelayingEventWriter {
  private final boolean wantsUsage;
  private final long nowSeconds;
  private ChatEvent.Started head = new ChatEvent.Started("", "", 0);
  private Optional<Usage> usage = Optional.empty();

  /**
   * @param nowSeconds used where the provider gave no time
   */
  CompletionWriter(boolean wantsUsage, long nowSeconds) {
    this.wantsUsage = wantsUsage;
    this.nowSeconds = nowSeconds;
  }

  /** Writes a non-streaming response. */
  static byte[] writeResponse(ChatResponse response, long nowSeconds) {
    CompletionWriter writer = new CompletionWriter(false, nowSeconds);
    writer.head = new ChatEvent.Started(response.id(), response.model(), response.createdSeconds());
    JsonWriter out = new JsonWriter(1024);
    writer.begin(out);
    for (Choice choice : response.choices()) {
      String text = choice.text().or(choice::refusal).orElse("");
      choice(out, choice.index(), text, Optional.of(choice.finish()));
    }
    out.endArray();
    response.usage().ifPresent(counted -> ResponseParts.usage(out, counted));
    return out.endObject().bytes();
  }

  @Override
  protected byte[] failure(GatewayProblem problem) {
    return ServerSentEvents.end(
            ServerSentEvents.begin(new JsonWriter(256)).json(ErrorWriter.write(problem)))
        .bytes();
  }

  @Override
  protected byte[] translated(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Started started -> {
        head = started;
        yield NOTHING;
      }
      case ChatEvent.TextDelta text -> chunk(text.choice(), text.text(), Optional.empty());
      case ChatEvent.RefusalDelta text -> chunk(text.choice(), text.text(), Optional.empty());
      case ChatEvent.Finished end -> chunk(end.choice(), "", Optional.of(end.reason()));
      case ChatEvent.UsageReported reported -> {
        usage = Optional.of(reported.usage());
        yield NOTHING;
      }
      case ChatEvent.Ended _ -> end();
      default -> NOTHING;
    };
  }

  private byte[] chunk(int index, String text, Optional<FinishReason> finish) {
    JsonWriter out = ServerSentEvents.begin(new JsonWriter(256));
    begin(out);
    choice(out, index, text, finish);
    return ServerSentEvents.end(out.endArray().endObject()).bytes();
  }

  private byte[] end() {
    JsonWriter out = new JsonWriter(256);
    if (wantsUsage && usage.isPresent()) {
      begin(ServerSentEvents.begin(out)).endArray();
      ResponseParts.usage(out, usage.get());
      ServerSentEvents.end(out.endObject());
    }
    return out.raw(ServerSentEvents.done()).bytes();
  }

  private JsonWriter begin(JsonWriter out) {
    if (head.id().isEmpty()) {
      head = new ChatEvent.Started(ResponseParts.id(""), head.model(), head.createdSeconds());
    }
    out.beginObject().member("id", head.id()).member("object", "text_completion");
    out.member("created", head.createdSeconds() != 0 ? head.createdSeconds() : nowSeconds);
    return out.member("model", head.model()).name("choices").beginArray();
  }

  private static void choice(
      JsonWriter out, int index, String text, Optional<FinishReason> finish) {
    out.beginObject().member("text", text).member("index", index);
    out.name("logprobs").nullValue();
    if (finish.isPresent()) {
      FinishReasons.write(out, finish.get());
    } else {
      out.name("finish_reason").nullValue();
    }
    out.endObject();
  }
}
