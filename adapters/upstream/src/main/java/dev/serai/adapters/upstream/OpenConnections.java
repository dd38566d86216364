package dev.serai.adapters.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The connections of one event loop to a provider that can take a request now or later: HTTP/1.1
 * connections that are unused, and all HTTP/2 connections.
 *
 * <p>The HTTP/1.1 connection that became unused last is taken first, so that the others become idle
 * and close. A connection that carries a request over HTTP/1.1 is not here: its call knows it.
 *
 * <p>Confined to the event loop, except for {@link #unusedCount}.
 */
final class OpenConnections {
  private final ArrayDeque<Http1Connection> unused = new ArrayDeque<>();
  private final ArrayList<Http2Connection> shared = new ArrayList<>(1);
  private volatile int unusedCount;

  /** The number of unused connections. Safe to call on any thread. */
  int unusedCount() {
    return unusedCount;
  }

  boolean isEmpty() {
    return unused.isEmpty() && shared.isEmpty();
  }

  /** An HTTP/2 connection that can take a request now. */
  Optional<Http2Connection> withRoom() {
    for (int i = 0; i < shared.size(); i++) {
      if (shared.get(i).hasRoom()) {
        return Optional.of(shared.get(i));
      }
    }
    return Optional.empty();
  }

  /** Takes an HTTP/1.1 connection out. */
  Optional<Http1Connection> takeUnused() {
    Http1Connection newest = unused.pollFirst();
    while (newest != null && !newest.usable()) {
      newest.close();
      newest = unused.pollFirst();
    }
    recount();
    return Optional.ofNullable(newest);
  }

  void add(Http2Connection connection) {
    shared.add(connection);
  }

  void addUnused(Http1Connection connection) {
    unused.addFirst(connection);
    recount();
  }

  /** Forgets a connection that has closed. */
  void remove(Http1Connection connection) {
    if (unused.remove(connection)) {
      recount();
    }
  }

  /** Forgets a connection that takes no more requests. */
  void remove(Http2Connection connection) {
    shared.remove(connection);
    recount();
  }

  /** Updates the number of unused connections. */
  void recount() {
    int count = unused.size();
    for (int i = 0; i < shared.size(); i++) {
      count += shared.get(i).inUse() ? 0 : 1;
    }
    unusedCount = count;
  }

  /** Closes the connection that has been unused for longest. */
  void closeOldest() {
    Http1Connection oldest = unused.peekLast();
    if (oldest != null) {
      oldest.close();
    } else {
      List.copyOf(shared).stream()
          .filter(connection -> !connection.inUse())
          .findFirst()
          .ifPresent(Http2Connection::retire);
    }
  }

  /** Closes every connection that is not in use; the others close after their last request. */
  void closeUnused() {
    List.copyOf(unused).forEach(Http1Connection::close);
    List.copyOf(shared).forEach(Http2Connection::retire);
  }

  /** Closes connections that have been unused for that time. */
  void closeIdle(long now, long idleNanos) {
    for (Http1Connection oldest = unused.peekLast();
        oldest != null && oldest.idleFor(now) > idleNanos;
        oldest = unused.peekLast()) {
      oldest.close();
      unused.remove(oldest);
    }
    recount();
    for (int i = shared.size() - 1; i >= 0; i--) {
      if (shared.get(i).idleFor(now) > idleNanos) {
        shared.get(i).retire();
      }
    }
  }
}
