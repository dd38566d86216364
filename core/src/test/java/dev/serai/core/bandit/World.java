package dev.serai.core.bandit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Thirteen models that succeed as often at ten kinds of tasks as was measured, and cost as much.
 * What changes while it runs depends on the kind of the world.
 */
final class World {
  /** What happens in a world. */
  enum Kind {
    /** Each kind of tasks has its own success rates. */
    CONTEXTUAL,
    /** The kind of a task does not matter: all have a model's average rate. */
    STATIONARY,
    /** In the middle, the best model begins to fail always. */
    PROVIDER_FAILS,
    /** The model that is best on average loses 45 % of its success, and later the next one. */
    LEADER_DEGRADES
  }

  static final int ROUNDS = 10_000;
  static final int FAILS_AT = ROUNDS / 2;
  private static final double COST_WEIGHT = 0.15;
  private static final List<double[]> TABLE = table();
  static final int CLUSTERS = TABLE.getFirst().length - 1;
  static final List<Option> MODELS = models();

  private final Kind kind;
  private final double[][] success;
  private int leader;

  World(Kind kind) {
    this.kind = kind;
    success = new double[TABLE.size()][];
    for (int i = 0; i < success.length; i++) {
      success[i] = Arrays.stream(TABLE.get(i)).limit(CLUSTERS).map(each -> each / 100).toArray();
      if (kind == Kind.STATIONARY) {
        Arrays.fill(success[i], average(success[i]));
      }
    }
  }

  private static List<double[]> table() {
    try (InputStream in = World.class.getResourceAsStream("/bandit/models.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Option> models() {
    double highest = TABLE.stream().mapToDouble(row -> row[CLUSTERS]).max().orElseThrow();
    return TABLE.stream()
        .map(
            row ->
                new Option(
                    "model-" + TABLE.indexOf(row), COST_WEIGHT * row[CLUSTERS] / highest, 0.01))
        .toList();
  }

  private static double average(double[] rates) {
    return Arrays.stream(rates).average().orElseThrow();
  }

  /** What happens before a round. */
  void before(int round) {
    boolean fails = kind == Kind.PROVIDER_FAILS && round == FAILS_AT;
    boolean degrades =
        kind == Kind.LEADER_DEGRADES && (round == ROUNDS / 3 || round == 2 * ROUNDS / 3);
    if (fails || degrades) {
      leader = leader();
      double remains = fails ? 0 : 0.55;
      success[leader] = Arrays.stream(success[leader]).map(rate -> remains * rate).toArray();
    }
  }

  private int leader() {
    int first = 0;
    for (int i = 1; i < success.length; i++) {
      first = average(success[i]) > average(success[first]) ? i : first;
    }
    return first;
  }

  /** The model that has failed or become worse last. */
  int changed() {
    return leader;
  }

  /** Whether a model succeeds at a task. */
  double reward(int model, int cluster, RandomGenerator random) {
    return random.nextDouble() < success[model][cluster] ? 1 : 0;
  }

  /** How much better the best model would have been, on average. */
  double regret(int model, int cluster) {
    double best = 0;
    for (int i = 0; i < success.length; i++) {
      best = Math.max(best, value(i, cluster));
    }
    return best - value(model, cluster);
  }

  private double value(int model, int cluster) {
    return success[model][cluster] - MODELS.get(model).penalty();
  }
}
