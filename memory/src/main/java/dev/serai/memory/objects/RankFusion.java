package dev.serai.memory.objects;

import dev.serai.core.memory.search.MemoryHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins lists of hits whose scores cannot be compared, by their places in the lists (reciprocal
 * rank fusion, Cormack, Clarke and Buettcher, SIGIR 2009, with their constant 60). Pure.
 */
final class RankFusion {
  private static final int CONSTANT = 60;

  private RankFusion() {}

  /** The hits of all lists, the best first; the order of equal ones is that of the lists. */
  static List<MemoryHit> fuse(List<List<MemoryHit>> lists) {
    Map<String, MemoryHit> fused = new LinkedHashMap<>();
    for (List<MemoryHit> list : lists) {
      for (int place = 0; place < list.size(); place++) {
        MemoryHit hit = list.get(place);
        MemoryHit counted = new MemoryHit(hit.path(), hit.version(), 1.0 / (CONSTANT + place + 1));
        fused.merge(hit.path(), counted, RankFusion::sum);
      }
    }
    List<MemoryHit> best = new ArrayList<>(fused.values());
    best.sort(Comparator.comparingDouble(MemoryHit::score).reversed());
    return best;
  }

  private static MemoryHit sum(MemoryHit one, MemoryHit other) {
    long version = Math.max(one.version(), other.version());
    return new MemoryHit(one.path(), version, one.score() + other.score());
  }
}
