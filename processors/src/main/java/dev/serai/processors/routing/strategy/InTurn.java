package dev.serai.processors.routing.strategy;

import dev.serai.core.cache.RecentMap;
import dev.serai.core.model.ModelCatalogue.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every target in turn, as often as its weight says and as evenly as possible: weights 3 and 1 give
 * a a b a, not a a a b. Each model name has turns of its own, and so has each selection of its
 * targets: callers may not use, or rule out, different ones. The sequence is computed once, so that
 * one counter is all that calls share.
 */
final class InTurn implements Ordering {
  /** Callers choose what they rule out, so the number is bounded. */
  private static final int MAX_SELECTIONS = 1024;

  /** The sequence of larger weights is longer than is worth keeping, so they are made smaller. */
  private static final int MAX_TURNS = 1000;

  private final RecentMap<Selection, Turns> turns = new RecentMap<>(MAX_SELECTIONS);

  /** The targets of a model name that one of its calls may choose from. */
  private record Selection(String name, List<Target> targets) {}

  /**
   * Whose turn it is.
   *
   * @param sequence places in the targets
   */
  private record Turns(int[] sequence, AtomicLong next) {}

  @Override
  public List<Scored> order(List<Target> targets, RoutingRequest request) {
    Turns now = turns(targets, request.model());
    return order(targets, now, now.next.getAndIncrement());
  }

  /** The order of the next call, which has its turn still. */
  List<Scored> next(List<Target> targets, RoutingRequest request) {
    Turns now = turns(targets, request.model());
    return order(targets, now, now.next.get());
  }

  private static List<Scored> order(List<Target> targets, Turns now, long next) {
    int turn = (int) Math.floorMod(next, (long) now.sequence.length);
    List<Scored> order = new ArrayList<>(targets.size());
    boolean[] taken = new boolean[targets.size()];
    for (int i = 0; i < now.sequence.length && order.size() < targets.size(); i++) {
      int place = now.sequence[(turn + i) % now.sequence.length];
      if (!taken[place]) {
        taken[place] = true;
        order.add(new Scored(targets.get(place)));
      }
    }
    return order;
  }

  private Turns turns(List<Target> targets, String name) {
    return turns.computeIfAbsent(
        new Selection(name, List.copyOf(targets)),
        asked -> new Turns(sequence(weights(asked.targets)), new AtomicLong()));
  }

  private static int[] weights(List<Target> targets) {
    int[] weights = new int[targets.size()];
    long sum = 0;
    int divisor = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = targets.get(i).weight();
      sum += weights[i];
      divisor = gcd(weights[i], divisor);
    }
    double most = Math.max(MAX_TURNS, weights.length);
    double factor = sum / divisor > most ? most / sum : 1.0 / divisor;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (int) Math.max(1, Math.round(weights[i] * factor));
    }
    return weights;
  }

  private static int gcd(int one, int other) {
    return other == 0 ? one : gcd(other, one % other);
  }

  /** Smooth weighted round robin, as nginx describes it. */
  private static int[] sequence(int[] weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int[] credit = new int[weights.length];
    int[] sequence = new int[sum];
    for (int turn = 0; turn < sum; turn++) {
      int best = 0;
      for (int i = 0; i < credit.length; i++) {
        credit[i] += weights[i];
        best = credit[i] > credit[best] ? i : best;
      }
      credit[best] -= sum;
      sequence[turn] = best;
    }
    return sequence;
  }
}
