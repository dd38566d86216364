package dev.serai.processors.experiments;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Admits a copy of a call, and ends its route if the price of its model is unknown. Thread-safe.
 */
final class AdmitShadow implements Processor {
  @Override
  public void process(Exchange exchange) {
    ShadowCall copy = exchange.getProperty(ExchangeProperties.SHADOW, ShadowCall.class);
    if (copy == null || !copy.admit(Calls.of(exchange))) {
      exchange.setRouteStop(true);
    }
  }
}
