package dev.serai.adapters.minilm;

import dev.serai.adapters.minilm.PromptPairs.Kind;
import dev.serai.adapters.minilm.PromptPairs.Pair;
import dev.serai.core.cache.meaning.PromptSignature;
import dev.serai.core.embedding.TextEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the cache finds about pairs of prompts: their similarity, and whether their words agree. */
final class ComparedPairs {
  static final double THRESHOLD = 0.85;

  private final List<Compared> all;

  /** A pair, how near the embeddings are, and whether the words agree. */
  record Compared(Pair pair, double similarity, boolean agrees) {
    boolean isServed(boolean guarded, double threshold) {
      return similarity >= threshold && (agrees || !guarded);
    }
  }

  private ComparedPairs(List<Compared> all) {
    this.all = List.copyOf(all);
  }

  static ComparedPairs compare(List<Pair> pairs) throws IOException {
    List<Compared> all = new ArrayList<>();
    Map<String, float[]> known = new HashMap<>();
    try (TextEncoder encoder = new MiniLmProvider().open()) {
      for (Pair pair : pairs) {
        float[] first = known.computeIfAbsent(pair.first(), encoder::encode);
        float[] second = known.computeIfAbsent(pair.second(), encoder::encode);
        double similarity = 0;
        for (int i = 0; i < first.length; i++) {
          similarity += (double) first[i] * second[i];
        }
        boolean agrees =
            PromptSignature.of(pair.first())
                .flatMap(one -> PromptSignature.of(pair.second()).map(one::agreesWith))
                .orElse(false);
        all.add(new Compared(pair, similarity, agrees));
      }
    }
    return new ComparedPairs(all);
  }

  List<Compared> all() {
    return all;
  }

  long nearMisses() {
    return all.stream().filter(ComparedPairs::isNearMiss).count();
  }

  long count(Kind kind) {
    return all.stream().filter(one -> one.pair().kind() == kind).count();
  }

  long served(Kind kind) {
    return all.stream()
        .filter(one -> one.pair().kind() == kind && one.isServed(true, THRESHOLD))
        .count();
  }

  /** The part of the paraphrases that is served. */
  double hits(boolean guarded, double threshold) {
    return part(one -> !isNearMiss(one), guarded, threshold);
  }

  /** The part of the near misses that is served. */
  double falseHits(boolean guarded, double threshold) {
    return part(ComparedPairs::isNearMiss, guarded, threshold);
  }

  private double part(Predicate<Compared> of, boolean guarded, double threshold) {
    List<Compared> some = all.stream().filter(of).toList();
    return (double) some.stream().filter(one -> one.isServed(guarded, threshold)).count()
        / some.size();
  }

  private static boolean isNearMiss(Compared one) {
    return one.pair().kind() != Kind.PARAPHRASE;
  }

  /**
   * The upper end of the one-sided interval of 95 % of the false hits, after Clopper and Pearson.
   */
  double bound() {
    long n = nearMisses();
    long k = Math.round(falseHits(true, THRESHOLD) * n);
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double p = (low + high) / 2;
      if (atMost(k, n, p) > 0.05) {
        low = p;
      } else {
        high = p;
      }
    }
    return high;
  }

  /** The probability of at most k of n, each with the probability p. */
  private static double atMost(long k, long n, double p) {
    double sum = 0;
    double term = Math.exp(n * Math.log1p(-p));
    for (long i = 0; i <= k; i++) {
      sum += term;
      term *= (n - i) / (i + 1.0) * p / (1 - p);
    }
    return sum;
  }
}
