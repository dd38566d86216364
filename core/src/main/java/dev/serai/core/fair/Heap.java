package dev.serai.core.fair;

import java.util.ArrayList;
import java.util.List;

/**
 * A binary heap whose elements know their place, so that any of them can be removed in O(log n).
 * Not thread-safe.
 */
final class Heap<T extends Node> {
  private final List<T> nodes = new ArrayList<>(2);

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** The first element; there must be one. */
  T first() {
    return nodes.getFirst();
  }

  void add(T node) {
    node.place = nodes.size();
    nodes.add(node);
    up(node);
  }

  void remove(T node) {
    int hole = node.place;
    T last = nodes.removeLast();
    node.place = -1;
    if (last != node) {
      put(last, hole);
      update(last);
    }
  }

  /** The key of an element has changed. */
  void update(T node) {
    up(node);
    down(node);
  }

  private void put(T node, int place) {
    nodes.set(place, node);
    node.place = place;
  }

  private void up(T node) {
    while (node.place > 0) {
      int above = (node.place - 1) / 2;
      T parent = nodes.get(above);
      if (!node.isBefore(parent)) {
        return;
      }
      put(parent, node.place);
      put(node, above);
    }
  }

  private void down(T node) {
    while (true) {
      int below = 2 * node.place + 1;
      if (below >= nodes.size()) {
        return;
      }
      if (below + 1 < nodes.size() && nodes.get(below + 1).isBefore(nodes.get(below))) {
        below++;
      }
      T child = nodes.get(below);
      if (!child.isBefore(node)) {
        return;
      }
      put(child, node.place);
      put(node, below);
    }
  }
}
