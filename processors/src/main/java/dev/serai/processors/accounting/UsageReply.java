package dev.serai.processors.accounting;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.processors.support.JsonReply;
import org.apache.camel.Exchange;

/** Replies with usage, which must not be cached. */
final class UsageReply {
  private UsageReply() {}

  static void json(Exchange exchange, byte[] body) {
    exchange.getMessage().setBody(JsonReply.uncached(body));
  }

  static void csv(Exchange exchange, byte[] body) {
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", "text/csv; charset=utf-8; header=present")
            .add("cache-control", "no-store");
    exchange.getMessage().setBody(new Reply.Complete(200, headers, body));
  }
}
