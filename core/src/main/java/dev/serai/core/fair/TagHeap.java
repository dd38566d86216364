package dev.serai.core.fair;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A heap with four children for each element, whose keys are in an array: a decision compares what
 * is next to each other in memory, and reads no element but the first. Not thread-safe.
 */
final class TagHeap<T> {
  private static final int WIDTH = 4;

  /** For each element its tag, then its tie, which decides between equal tags. */
  private double[] keys = new double[2 * WIDTH];

  private Object[] items = new Object[WIDTH];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The element with the least tag; there must be one. */
  @SuppressWarnings("unchecked") // only a T is added
  T first() {
    return (T) items[0];
  }

  double firstTag() {
    return keys[0];
  }

  long firstTie() {
    return (long) keys[1];
  }

  /**
   * @param tie is exact up to 2^53
   */
  void add(T item, double tag, long tie) {
    if (size == items.length) {
      keys = Arrays.copyOf(keys, 4 * size);
      items = Arrays.copyOf(items, 2 * size);
    }
    int at = size++;
    while (at > 0 && isBefore(tag, tie, (at - 1) / WIDTH)) {
      move((at - 1) / WIDTH, at);
      at = (at - 1) / WIDTH;
    }
    put(at, item, tag, tie);
  }

  /** Gives the first element a later tag. */
  void postponeFirst(double tag, long tie) {
    down(items[0], tag, tie);
  }

  void removeFirst() {
    size--;
    Object last = items[size];
    items[size] = Boolean.FALSE; // keeps nothing alive
    if (size > 0) {
      down(last, keys[2 * size], keys[2 * size + 1]);
    }
  }

  /** Removes many elements, in O(n log n). */
  @SuppressWarnings("unchecked") // only a T is added
  void removeIf(Predicate<T> unwanted) {
    int before = size;
    Object[] old = Arrays.copyOf(items, before);
    size = 0;
    for (int i = 0; i < before; i++) {
      T item = (T) old[i];
      if (!unwanted.test(item)) {
        add(item, keys[2 * i], (long) keys[2 * i + 1]);
      }
    }
    Arrays.fill(items, size, before, Boolean.FALSE);
  }

  private void down(Object item, double tag, double tie) {
    int at = 0;
    int child = leastChild(at);
    while (child < size && !isBefore(tag, tie, child)) {
      move(child, at);
      at = child;
      child = leastChild(at);
    }
    put(at, item, tag, tie);
  }

  /** At or above the size if there is none. */
  private int leastChild(int parent) {
    int least = WIDTH * parent + 1;
    int end = Math.min(least + WIDTH, size);
    for (int i = least + 1; i < end; i++) {
      if (isBefore(keys[2 * i], keys[2 * i + 1], least)) {
        least = i;
      }
    }
    return least;
  }

  private boolean isBefore(double tag, double tie, int other) {
    double otherTag = keys[2 * other];
    return tag < otherTag || (tag == otherTag && tie < keys[2 * other + 1]);
  }

  private void move(int from, int to) {
    put(to, items[from], keys[2 * from], keys[2 * from + 1]);
  }

  private void put(int at, Object item, double tag, double tie) {
    keys[2 * at] = tag;
    keys[2 * at + 1] = tie;
    items[at] = item;
  }
}
