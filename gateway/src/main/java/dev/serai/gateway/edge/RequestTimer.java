package dev.serai.gateway.edge;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.telemetry.RequestMeters.RouteMeter;

/**
 * Measures the current request of a connection and reports it once. Used on the connection's event
 * loop only.
 */
final class RequestTimer {
  private final Ticker ticker;
  private final RouteMeter unrouted;
  private RouteMeter meter;
  private String method = "";
  private int status;
  private long begun;
  private boolean running;

  RequestTimer(Ticker ticker, RouteMeter unrouted) {
    this.ticker = ticker;
    this.unrouted = unrouted;
    this.meter = unrouted;
  }

  void begins() {
    running = true;
    begun = ticker.nanos();
    meter = unrouted;
    method = "";
    status = CallerProblem.CLIENT_CLOSED_REQUEST;
  }

  /** The head has been read and dispatched. */
  void goesTo(String asked, Dispatch admission) {
    method = asked;
    meter = admission instanceof Dispatch.Admitted to ? to.route().meter() : unrouted;
  }

  void replied(int code) {
    status = code;
  }

  /** The request has ended; only the first call counts. */
  void ends() {
    if (running) {
      running = false;
      meter.ended(method, status, ticker.nanos() - begun);
    }
  }
}
