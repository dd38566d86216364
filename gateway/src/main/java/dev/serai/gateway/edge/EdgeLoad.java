package dev.serai.gateway.edge;

/** What the edge carries at this moment. Thread-safe. */
public interface EdgeLoad {
  /** Open client connections. */
  int connections();

  /** Requests whose route has begun and whose reply has not been handed to the socket whole. */
  int inFlight();

  /** Replies that are being streamed; each is one of {@link #inFlight}. */
  int streams();
}
