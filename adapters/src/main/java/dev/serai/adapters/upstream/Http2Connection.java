package dev.serai.adapters.upstream;

/** Placeholder until the stream multiplexing lands. */
final class Http2Connection {
  boolean hasRoom() {
    return false;
  }

  void send(Hop hop) {
    throw new IllegalStateException();
  }

  void retire() {}

  long idleFor(long now) {
    return 0;
  }
}
