package dev.serai.processors.support;

import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;

/** Finds the event loop that carries an exchange. Thread-safe. */
@FunctionalInterface
public interface EventLoops {
  /** The loop of the client's connection, or a loop of the gateway's own if there is none. */
  ScheduledExecutorService of(Exchange exchange);
}
