package dev.serai.adapters.upstream;

import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Finds out whether the reply to a request for a stream is one. Some servers do not stream, or not
 * every model: they send a whole response as JSON. A gateway with the wrong address may get a web
 * page. Both are collected like a non-streaming reply.
 */
final class StreamedReply {
  private static final String EVENTS = "text/event-stream";
  private static final String AWS_EVENTS = "application/vnd.amazon.eventstream";

  private StreamedReply() {}

  /** Whether the first bytes of the body decide: the type is not that of the stream. */
  static boolean mayBeWhole(ProviderRequest request, Headers reply) {
    String wanted = request.headers().first("accept").orElse("");
    Optional<String> type = reply.first("content-type");
    return (wanted.equals(EVENTS) || wanted.equals(AWS_EVENTS))
        && type.filter(sent -> sent.regionMatches(true, 0, wanted, 0, wanted.length())).isEmpty();
  }

  /** Whether a body that begins so is JSON or a page: no stream of events does. */
  static boolean isWhole(ByteBuf body) {
    for (int i = body.readerIndex(); i < body.writerIndex(); i++) {
      byte b = body.getByte(i);
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '<';
      }
    }
    return false;
  }
}
