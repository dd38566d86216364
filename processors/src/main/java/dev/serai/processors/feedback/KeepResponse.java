package dev.serai.processors.feedback;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallLifecycle.ResponseUse;
import dev.serai.core.chat.ChatReply;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.stream.ObservedStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Keeps the response of a call that is to be scored, or compared with the format that was asked
 * for, until the call ends. Thread-safe.
 */
final class KeepResponse implements Processor {
  private final JudgedCalls judged;
  private final ImplicitFeedback implicit;

  KeepResponse(JudgedCalls judged, ImplicitFeedback implicit) {
    this.judged = judged;
    this.implicit = implicit;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (call.lifecycle().keepsResponse(ResponseUse.SCORE)) {
      keep(judged.keep(call), call, exchange);
    }
    if (call.lifecycle().keepsResponse(ResponseUse.FORMAT)) {
      keep(implicit.keep(call), call, exchange);
    }
  }

  private static void keep(KeptResponse kept, Call call, Exchange exchange) {
    call.hold(kept);
    switch (Calls.body(exchange, ChatReply.class)) {
      case ChatReply.Complete complete -> kept.take(complete.response());
      case ChatReply.Relayed relayed -> kept.take(relayed.bytes());
      case ChatReply.Streaming streaming ->
          exchange
              .getMessage()
              .setBody(new ChatReply.Streaming(new ObservedStream(streaming.stream(), kept::take)));
    }
  }
}
