package dev.serai.core.fair;

/** An element of a {@link Heap}. Not thread-safe. */
abstract class Node {
  /** The index in the heap; -1 while it is in none. */
  int place = -1;

  /** The element with the least is first; a change is followed by {@link Heap#update}. */
  double key;

  /** Decides between equal keys. */
  long tie;

  boolean isBefore(Node other) {
    return key < other.key || (key == other.key && tie < other.tie);
  }
}
