package dev.serai.core.fair;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session of a tenant: its attempts wait in the order of their deadlines. Most deadlines are
 * later than those before them, so most attempts stand in a line, the others in a heap. An attempt
 * that leaves is only counted, and taken out of the line when it is first, or with others when half
 * of the line has left. Not thread-safe.
 */
final class SessionFlow extends Flow {
  private static final int MAX_LEFT = 8;

  private @Nullable Ticket first;
  private @Nullable Ticket last;
  private int inLine;
  private @Nullable TagHeap<Ticket> early;
  private long latest;
  private int size;
  private long order;

  SessionFlow(String name) {
    super(name);
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(Ticket ticket) {
    size++;
    long deadline = ticket.demand().deadlineNanos();
    if (last == null || deadline >= latest) {
      latest = deadline;
      append(ticket);
    } else {
      addEarly(ticket, deadline);
    }
  }

  private void append(Ticket ticket) {
    if (last == null) {
      first = ticket;
    } else {
      last.linkTo(ticket);
    }
    last = ticket;
    inLine++;
  }

  private void addEarly(Ticket ticket, long deadline) {
    TagHeap<Ticket> heap = early == null ? new TagHeap<>() : early;
    heap.add(ticket, deadline, order++);
    early = heap;
  }

  /** Takes the ticket that is next; there must be one. */
  Ticket take() {
    size--;
    Ticket inOrder = firstInLine();
    Optional<Ticket> next = firstEarly();
    if (next.isEmpty() || (inOrder != null && !isEarlier(next.get(), inOrder))) {
      return removeFirst();
    }
    Objects.requireNonNull(early).removeFirst();
    return next.get();
  }

  private static boolean isEarlier(Ticket ticket, Ticket other) {
    return ticket.demand().deadlineNanos() < other.demand().deadlineNanos();
  }

  private @Nullable Ticket firstInLine() {
    while (first != null && first.hasEnded()) {
      removeFirst();
    }
    return first;
  }

  private Ticket removeFirst() {
    Ticket removed = Objects.requireNonNull(first);
    first = removed.next();
    last = first == null ? null : last;
    removed.linkTo(null);
    inLine--;
    return removed;
  }

  private Optional<Ticket> firstEarly() {
    while (early != null && !early.isEmpty() && early.first().hasEnded()) {
      early.removeFirst();
    }
    return early == null || early.isEmpty() ? Optional.empty() : Optional.of(early.first());
  }

  /** A ticket that waited has ended. */
  void remove() {
    size--;
    if (inLine > 2 * size + MAX_LEFT) {
      removeEnded();
    }
    if (early != null && early.size() > 2 * size + MAX_LEFT) {
      early.removeIf(Ticket::hasEnded);
    }
  }

  private void removeEnded() {
    int left = inLine;
    for (int i = 0; i < left; i++) {
      Ticket ticket = removeFirst();
      if (!ticket.hasEnded()) {
        append(ticket);
      }
    }
  }
}
