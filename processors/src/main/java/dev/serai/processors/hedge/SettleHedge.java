package dev.serai.processors.hedge;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Ends the hedge of a call whose first attempt has a response: the second attempt, if there is one,
 * is cancelled. Does nothing without hedging. Thread-safe.
 */
public final class SettleHedge implements Processor {
  @Override
  public void process(Exchange exchange) {
    CallHedger.race(exchange).ifPresent(HedgeRace::firstResponded);
  }
}
