package dev.serai.processors.routing.strategy;

import dev.serai.processors.routing.strategy.Ranking.Ranked;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts candidates whose circuit breaker is open behind those that would be asked, whatever has
 * ordered them. A breaker counts before a quality target, since it keeps the candidate from being
 * asked; what a candidate lacks for the content of the request counts before a breaker, since it
 * would be asked and refuse. Has no state.
 */
final class Health {
  private Health() {}

  /**
   * Sorts an order, and says of those that are stopped why. If none of the others could serve the
   * request, the order stays as it is.
   *
   * @return whether a candidate is stopped
   */
  static boolean sort(List<Ranked> order, CandidateStats stats, Requirements requirements) {
    int first = firstStopped(order, stats);
    if (first < 0) {
      return false;
    }
    List<Ranked> stopped = new ArrayList<>();
    List<Ranked> others = new ArrayList<>(order.size());
    int lastAble = -1;
    for (int place = 0; place < order.size(); place++) {
      Ranked one = order.get(place);
      boolean able = !requirements.isUnable(one.candidate());
      if (able && place >= first && stats.isStopped(one.candidate())) {
        stopped.add(one.because(Ranking.STOPPED));
        order.set(place, one.remark().isEmpty() ? one.because(Ranking.STOPPED) : one);
      } else {
        others.add(one);
        lastAble = able ? others.size() - 1 : lastAble;
      }
    }
    if (lastAble >= 0 && !stopped.isEmpty()) {
      others.addAll(lastAble + 1, stopped);
      order.clear();
      order.addAll(others);
    }
    return true;
  }

  private static int firstStopped(List<Ranked> order, CandidateStats stats) {
    for (int place = 0; place < order.size(); place++) {
      if (stats.isStopped(order.get(place).candidate())) {
        return place;
      }
    }
    return -1;
  }
}
