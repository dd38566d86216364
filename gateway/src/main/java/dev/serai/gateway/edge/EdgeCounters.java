package dev.serai.gateway.edge;

import java.util.concurrent.atomic.AtomicInteger;

/** Holds the counters of {@link EdgeLoad}. Thread-safe. */
final class EdgeCounters implements EdgeLoad {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();

  @Override
  public int connections() {
    return connections.get();
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public int streams() {
    return streams.get();
  }

  /** Returns the number of open connections, including this one. */
  int connectionOpened() {
    return connections.incrementAndGet();
  }

  void connectionClosed() {
    connections.decrementAndGet();
  }

  void requestBegun() {
    inFlight.incrementAndGet();
  }

  void requestEnded() {
    inFlight.decrementAndGet();
  }

  void streamBegun() {
    streams.incrementAndGet();
  }

  void streamEnded() {
    streams.decrementAndGet();
  }
}
