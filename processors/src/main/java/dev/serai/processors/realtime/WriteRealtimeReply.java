package dev.serai.processors.realtime;

import dev.serai.core.call.Call;
import dev.serai.core.dialect.RealtimeMeter;
import dev.serai.core.dialect.RelayDialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Joins the client with the realtime session that the provider has opened. The call ends with it.
 * Thread-safe.
 */
public final class WriteRealtimeReply implements Processor {
  private final RealtimeSurface realtime;
  private final RealtimeSession.Rules rules;

  /**
   * @param memory the memory limit of the bytes that are held
   */
  public WriteRealtimeReply(RealtimeSurface realtime, ByteLimit memory) {
    this.realtime = realtime;
    this.rules = new RealtimeSession.Rules(realtime, memory);
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    Reply.Upgraded opened = Calls.body(exchange, Reply.Upgraded.class);
    call.markStreaming();
    HeaderFields fields = new HeaderFields();
    realtime
        .subprotocol(call.clientHeaders())
        .ifPresent(protocol -> fields.add("sec-websocket-protocol", protocol));
    exchange
        .getMessage()
        .setBody(
            new Reply.Upgraded(
                ReplyFields.add(fields, call),
                new RealtimeSession(call, opened.socket(), rules, meter(call))));
  }

  private static RealtimeMeter meter(Call call) {
    return call.current()
        .dialect()
        .relay()
        .map(RelayDialect::realtimeMeter)
        .orElse(RealtimeMeter.NONE);
  }
}
