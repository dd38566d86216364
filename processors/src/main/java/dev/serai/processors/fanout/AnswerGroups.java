package dev.serai.processors.fanout;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups answers that agree. An answer belongs to the first group whose first answer it agrees
 * with, so the order of the answers decides, and the result is always the same. Not thread-safe.
 */
final class AnswerGroups {
  private final List<Group> groups = new ArrayList<>();
  private int answers;
  private int total;

  private static final class Group {
    private final Answer first;
    private final int place;
    private int weight;

    Group(Answer first, int place) {
      this.first = first;
      this.place = place;
    }
  }

  /** Adds the next answer. One without content has no vote. */
  void add(Answer answer) {
    int weight = answer.isEmpty() ? 0 : 1;
    Group found = null;
    for (Group group : groups) {
      if (group.first.agrees(answer)) {
        found = group;
        break;
      }
    }
    if (found == null) {
      found = new Group(answer, answers);
      groups.add(found);
    }
    found.weight += weight;
    total += weight;
    answers++;
  }

  /** The place of the first answer of the largest group; of equal groups the first one counts. */
  int representative() {
    return largest().place;
  }

  /** The share of the largest group, from 0 to 1. */
  double agreement() {
    return total == 0 ? 0 : (double) largest().weight / total;
  }

  private Group largest() {
    Group largest = groups.getFirst();
    for (Group group : groups) {
      if (group.weight > largest.weight) {
        largest = group;
      }
    }
    return largest;
  }
}
