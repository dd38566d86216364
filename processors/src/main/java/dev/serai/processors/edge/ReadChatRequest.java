package dev.serai.processors.edge;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallTrace;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.call.Surface;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads an OpenAI chat completion request and begins the call. Thread-safe. */
public final class ReadChatRequest implements Processor {
  private final Surface surface;
  private final Ticker ticker;

  public ReadChatRequest(Surface surface, Ticker ticker) {
    this.surface = surface;
    this.ticker = ticker;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    String requestId = exchange.getProperty(ExchangeProperties.REQUEST_ID, "", String.class);
    Call call = new Call(requestId, surface.readRequest(inbound), surface, ticker);
    call.trace(exchange.getProperty(ExchangeProperties.TRACE, CallTrace.NONE, CallTrace.class));
    exchange.setProperty(ExchangeProperties.CALL, call);
  }
}
