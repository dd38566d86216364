package dev.serai.processors.accounting;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import org.apache.camel.Exchange;

/** Replies with usage, which must not be cached. */
final class UsageReply {
  private UsageReply() {}

  static void json(Exchange exchange, byte[] body) {
    reply(exchange, "application/json", body);
  }

  static void csv(Exchange exchange, byte[] body) {
    reply(exchange, "text/csv; charset=utf-8; header=present", body);
  }

  private static void reply(Exchange exchange, String type, byte[] body) {
    HeaderFields headers =
        new HeaderFields().add("content-type", type).add("cache-control", "no-store");
    exchange.getMessage().setBody(new Reply.Complete(200, headers, body));
  }
}
