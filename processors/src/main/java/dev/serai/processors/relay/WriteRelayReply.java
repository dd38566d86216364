package dev.serai.processors.relay;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Forwards the provider's reply unchanged, with its content headers and its {@code openai-*}
 * headers, and adds the gateway's own headers. Thread-safe.
 */
public final class WriteRelayReply implements Processor {
  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    exchange.getMessage().setBody(reply(call, Calls.body(exchange, Reply.class)));
  }

  private static Reply reply(Call call, Reply provided) {
    return switch (provided) {
      case Reply.Complete whole -> {
        call.end(Outcome.ANSWERED, Optional.empty());
        yield new Reply.Complete(whole.status(), fields(call, whole.headers()), whole.body());
      }
      case Reply.Upgraded _ -> throw new IllegalStateException("no WebSocket was asked for");
      case Reply.Streaming streamed -> {
        call.markStreaming();
        yield new Reply.Streaming(
            streamed.status(), fields(call, streamed.headers()), streamed.stream());
      }
    };
  }

  private static HeaderFields fields(Call call, Headers provider) {
    HeaderFields fields = new HeaderFields();
    provider.forEach(
        (name, value) -> {
          if (isContents(name)) {
            fields.add(name.toLowerCase(Locale.ROOT), value);
          }
        });
    return ReplyFields.add(fields, call);
  }

  private static boolean isContents(String name) {
    return name.equalsIgnoreCase("content-type")
        || name.equalsIgnoreCase("content-disposition")
        || name.regionMatches(true, 0, "openai-", 0, 7);
  }
}
