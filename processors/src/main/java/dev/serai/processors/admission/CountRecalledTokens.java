package dev.serai.processors.admission;

import dev.serai.core.call.Call;
import dev.serai.core.session.OpenTurn;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts the messages that the session of a call has put before its request in the caller's limits
 * of tokens: they were not known when the call was admitted. Refuses nothing: what a window does
 * not have is owed. Thread-safe.
 */
public final class CountRecalledTokens implements Processor {
  private final RateLimit limit;

  /**
   * @param limit that has admitted the calls
   */
  public CountRecalledTokens(RateLimit limit) {
    this.limit = limit;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (call.request() instanceof OpenTurn) {
      limit.takeRecalled(call);
    }
  }
}
