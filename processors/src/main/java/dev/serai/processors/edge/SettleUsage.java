package dev.serai.processors.edge;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallListener;
import dev.serai.processors.support.Calls;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the call once it has ended, by calling every listener: now for a non-streaming response,
 * at the end of the stream for a streaming one. Thread-safe.
 */
public final class SettleUsage implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(SettleUsage.class);

  private final List<CallListener> listeners;

  public SettleUsage(List<CallListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void process(Exchange exchange) {
    Optional<Call> carried = Calls.find(exchange);
    if (carried.isPresent()) {
      settle(carried.get());
    }
  }

  private void settle(Call call) {
    call.lifecycle()
        .onEnd(
            () -> {
              boolean recorded = true;
              for (CallListener listener : listeners) {
                recorded &= settle(call, listener);
              }
              return recorded;
            });
    if (!call.streaming()) {
      call.end(Outcome.FAILED, Optional.empty());
    }
  }

  /** A listener that fails keeps no other one from settling the call. */
  private static boolean settle(Call call, CallListener listener) {
    try {
      listener.settled(call);
      return true;
    } catch (RuntimeException e) {
      LOG.error("request {}: its usage or trace is not recorded in full", call.requestId(), e);
      return false;
    }
  }
}
