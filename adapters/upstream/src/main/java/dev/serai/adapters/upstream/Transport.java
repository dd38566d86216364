package dev.serai.adapters.upstream;

/**
 * What carries one call: an HTTP/1.1 connection, an HTTP/2 stream, or the {@link Connector} before
 * there is either. Used on its event loop.
 */
interface Transport {
  /** Starts or stops reading from the provider. */
  void setReading(boolean on);

  /** Ends the request at once. The call receives nothing more from this transport. */
  void abort();
}
