package dev.serai.processors.attempt;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.http.Reply;
import dev.serai.processors.support.stream.StreamedResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reads a reply that is a stream, although a whole response was asked for, as one response: some
 * servers stream whatever the request says. The reply is in memory and its size is bounded. Pure.
 */
final class EventsAsResponse {
  private static final List<String> TYPES =
      List.of("text/event-stream", "application/x-ndjson", "application/vnd.amazon.eventstream");

  /** How a body of server-sent events begins, whatever its type says; no JSON does. */
  private static final List<String> STARTS = List.of("data:", "event:");

  private EventsAsResponse() {}

  /** Whether a successful reply is a stream. */
  static boolean isStream(Reply.Complete reply) {
    String type = reply.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    byte[] body = reply.body();
    String start =
        new String(Arrays.copyOf(body, Math.min(body.length, 8)), StandardCharsets.ISO_8859_1);
    return TYPES.stream().anyMatch(type::startsWith) || STARTS.stream().anyMatch(start::startsWith);
  }

  /**
   * Reads a whole stream.
   *
   * @throws dev.serai.core.problem.GatewayProblem if it reports a failure or is incomplete
   */
  static ChatResponse read(ChatStreamDecoder decoder, byte[] body) {
    StreamedResponse collected = new StreamedResponse();
    Consumer<ChatEvent> reader =
        event -> {
          if (event instanceof ChatEvent.Failed failed) {
            throw failed.problem();
          }
          collected.add(event);
        };
    decoder.read(body, reader);
    decoder.end(reader);
    return collected.whole();
  }
}
