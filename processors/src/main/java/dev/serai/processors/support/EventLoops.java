package dev.serai.processors.support;

import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;

/** Finds the event loop of an exchange. Thread-safe. */
@FunctionalInterface
public interface EventLoops {
  /** The loop of the client's connection, or one of the gateway's own if there is no connection. */
  ScheduledExecutorService of(Exchange exchange);
}
