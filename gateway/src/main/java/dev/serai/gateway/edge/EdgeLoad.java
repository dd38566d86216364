package dev.serai.gateway.edge;

/** Counts what the edge serves at this moment. Thread-safe. */
public interface EdgeLoad {
  /** Open client connections. */
  int connections();

  /** Requests whose route has begun and whose reply is not yet completely written. */
  int inFlight();

  /** Replies that are being streamed; {@link #inFlight} includes them. */
  int streams();
}
