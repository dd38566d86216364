package dev.serai.adapters.upstream;

/** What carries one call: an HTTP/1.1 connection or an HTTP/2 stream. Used on its event loop. */
interface Transport {
  /** Lets bytes in, or holds them back. */
  void flow(boolean on);

  /** Ends the request at once; the call hears nothing more from this transport. */
  void abort();
}
