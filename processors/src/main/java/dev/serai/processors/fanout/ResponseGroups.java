package dev.serai.processors.fanout;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups responses that agree. A response belongs to the first group whose first response it agrees
 * with, so the order of the responses decides, and the result is always the same. Not thread-safe.
 */
final class ResponseGroups {
  private final List<Group> groups = new ArrayList<>();
  private int responses;
  private long total;

  private static final class Group {
    private final ComparedResponse first;
    private final int place;
    private long weight;

    Group(ComparedResponse first, int place) {
      this.first = first;
      this.place = place;
    }
  }

  /** Adds the next response. One without content has no vote. */
  void add(ComparedResponse response, int votes) {
    int weight = response.isEmpty() ? 0 : votes;
    Group found = null;
    for (Group group : groups) {
      if (group.first.agrees(response)) {
        found = group;
        break;
      }
    }
    if (found == null) {
      found = new Group(response, responses);
      groups.add(found);
    }
    found.weight += weight;
    total += weight;
    responses++;
  }

  /** The place of the first response of the largest group; of equal groups the first one counts. */
  int representative() {
    return largest().place;
  }

  /** The votes of all. */
  long total() {
    return total;
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
