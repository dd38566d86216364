package dev.serai.processors.support;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;

/** Finds the event loop of an exchange. Thread-safe. */
@FunctionalInterface
public interface EventLoops {
  /** The loop of the client's connection, or one of the gateway's own if there is no connection. */
  ScheduledExecutorService of(Exchange exchange);

  /**
   * Runs {@code action} on an event loop, later.
   *
   * @return false if the loop is closed, because the gateway stops: its calls end with it
   */
  static boolean run(Executor loop, Runnable action) {
    try {
      loop.execute(action);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /**
   * Runs {@code action} on the event loop if the client's connection closes while the exchange
   * waits. Does nothing for an exchange without a connection.
   *
   * @return to be run on the event loop when the exchange no longer waits
   */
  default Runnable onDisconnect(Exchange exchange, Runnable action) {
    return () -> {};
  }
}
