package dev.serai.gateway.edge;

import dev.serai.core.time.Ticker;
import dev.serai.gateway.telemetry.RequestMeters.RouteMeter;

/**
 * Takes the time of the request that a connection serves, and tells it once. Lives on the
 * connection's event loop.
 */
final class RequestTimer {
  /** Nothing was sent: the caller had gone. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

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
    status = CLIENT_CLOSED_REQUEST;
  }

  /** Its head has been read, and where it goes is known. */
  void goesTo(String asked, Dispatch admission) {
    method = asked;
    meter = admission instanceof EdgeRoute route ? route.meter() : unrouted;
  }

  void replied(int code) {
    status = code;
  }

  /** The request is over; only the first time counts. */
  void ends() {
    if (running) {
      running = false;
      meter.ended(method, status, ticker.nanos() - begun);
    }
  }
}
