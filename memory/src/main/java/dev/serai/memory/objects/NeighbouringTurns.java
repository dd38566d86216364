package dev.serai.memory.objects;

import dev.serai.core.memory.search.MemoryHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Adds to the turns of conversations what a search has found beside them: an answer often has none
 * of the words of the question that it answers. A turn is an object in a namespace with a segment
 * {@code session} or {@code conversation} whose key ends in a number; its neighbours have the
 * numbers before and after it. Pure.
 */
final class NeighbouringTurns {
  /** Of what a turn adds to the score of a neighbour; between 0.3 and 0.7 it matters little. */
  private static final double WEIGHT = 0.5;

  private static final Pattern TURN =
      Pattern.compile("((?:.*/)?(?:sessions?|conversations?)/(?:.*\\D)?)(\\d{1,9})");

  private NeighbouringTurns() {}

  /** Looks up objects. */
  @FunctionalInterface
  interface Lookup {
    /**
     * Those of some paths that a search may find.
     *
     * @throws IOException if the index cannot be read
     */
    List<MemoryHit> of(Set<String> paths) throws IOException;
  }

  /**
   * The hits and their neighbours, the best first. Without turns the hits as they are.
   *
   * @param floor the score of what does not fit at all
   * @throws IOException if the index cannot be read
   */
  static List<MemoryHit> join(List<MemoryHit> hits, double floor, Lookup lookup)
      throws IOException {
    Map<String, MemoryHit> joined = new LinkedHashMap<>();
    hits.forEach(hit -> joined.put(hit.path(), hit));
    Set<String> others = new LinkedHashSet<>();
    for (MemoryHit hit : hits) {
      neighbours(hit.path()).filter(path -> !joined.containsKey(path)).forEach(others::add);
    }
    if (!others.isEmpty()) {
      for (MemoryHit other : lookup.of(others)) {
        joined.put(other.path(), new MemoryHit(other.path(), other.version(), floor));
      }
    }
    for (MemoryHit hit : hits) {
      double part = WEIGHT * (hit.score() - floor);
      neighbours(hit.path())
          .forEach(path -> joined.computeIfPresent(path, (_, found) -> raised(found, part)));
    }
    List<MemoryHit> best = new ArrayList<>(joined.values());
    best.sort(Comparator.comparingDouble(MemoryHit::score).reversed());
    return best;
  }

  private static MemoryHit raised(MemoryHit hit, double by) {
    return new MemoryHit(hit.path(), hit.version(), hit.score() + by);
  }

  /** The paths of the turns before and after; none if the path is not that of a turn. */
  static Stream<String> neighbours(String path) {
    Matcher turn = TURN.matcher(path);
    if (!turn.matches()) {
      return Stream.empty();
    }
    String digits = turn.group(2);
    int number = Integer.parseInt(digits);
    return Stream.of(number - 1, number + 1)
        .filter(other -> other >= 0)
        .map(other -> turn.group(1) + padded(other, digits));
  }

  /** With as many digits as the other number, if that begins with 0. */
  private static String padded(int number, String like) {
    String plain = Integer.toString(number);
    return like.length() > 1 && like.startsWith("0")
        ? "0".repeat(Math.max(0, like.length() - plain.length())) + plain
        : plain;
  }
}
