package dev.serai.processors.routing.figures;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.Choice;
import dev.serai.core.bandit.Option;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import dev.serai.processors.routing.strategy.Bandits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How well a bandit tells which questions an expensive model has to answer: RouteLLM's evaluation
 * of GPT-4 and Mixtral 8x7B ({@code routellm/rows.csv} has the source). The bandit learns from a
 * part of the questions; the others are ordered by how much more it expects of the expensive model.
 */
public final class RouteLlm {
  private static final List<Option> MODELS = List.of(new Option("weak"), new Option("strong"));
  private static final int LEVELS = 10;

  private RouteLlm() {}

  /**
   * A question.
   *
   * @param benchmark mmlu or gsm8k
   * @param weak 1 if the cheap model was right, else 0
   * @param strong the same of the expensive one
   */
  public record Row(String benchmark, PolicyFeatures features, int weak, int strong) {}

  /**
   * What is reached as more and more questions go to the expensive model.
   *
   * @param recovered the mean share of the difference between both models that is recovered, over
   *     all costs: RouteLLM's APGR, 0.5 for random mixing
   * @param half the share of questions for half of the difference: CPT(50 %)
   * @param most the same for 80 %
   * @param levels the shares that are recovered with 10 %, 20 % and so on of the questions
   */
  public record Curve(double recovered, double half, double most, double[] levels) {}

  /** All questions. */
  public static List<Row> rows() {
    try (InputStream in = RouteLlm.class.getResourceAsStream("/routellm/rows.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> row(line.split(",", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String[] cells) {
    Set<Trait> traits =
        Arrays.stream(cells[3].split(" "))
            .flatMap(label -> Trait.named(label).stream())
            .collect(Collectors.toSet());
    PolicyFeatures features = new PolicyFeatures(cells[1], Long.parseLong(cells[2]), 1, traits);
    return new Row(cells[0], features, cells[4].charAt(0) - '0', cells[4].charAt(1) - '0');
  }

  /** The mean of some runs, each of which learns from other questions. */
  public static Curve curve(List<Row> rows, int learned, BanditAlgorithm algorithm, int runs) {
    List<Curve> all =
        IntStream.range(0, runs)
            .parallel()
            .mapToObj(seed -> curve(rows, learned, algorithm, new Random(seed)))
            .toList();
    double[] levels =
        IntStream.range(0, LEVELS)
            .mapToDouble(
                level -> all.stream().mapToDouble(c -> c.levels[level]).average().orElse(0))
            .toArray();
    return new Curve(
        all.stream().mapToDouble(Curve::recovered).average().orElse(0),
        all.stream().mapToDouble(Curve::half).average().orElse(0),
        all.stream().mapToDouble(Curve::most).average().orElse(0),
        levels);
  }

  private static Curve curve(
      List<Row> rows, int learned, BanditAlgorithm algorithm, Random random) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    SplittableRandom samples = new SplittableRandom(random.nextLong());
    BanditRules rules =
        new BanditRules(algorithm, Duration.ZERO, 1e9, Double.POSITIVE_INFINITY, false);
    Bandit bandit = new Bandit(rules, () -> samples, InstantSource.fixed(Instant.EPOCH));
    for (Row row : shuffled.subList(0, learned)) {
      var context = Bandits.context(Optional.of(row.features));
      bandit.learn(context, "weak", row.weak);
      bandit.learn(context, "strong", row.strong);
    }
    record Expected(Row row, double more) {}
    // Sorting is stable and the rows are shuffled, so those of the same value come by chance.
    return recovered(
        shuffled.subList(learned, shuffled.size()).stream()
            .map(
                row -> {
                  Choice choice = bandit.choose(Bandits.context(Optional.of(row.features)), MODELS);
                  return new Expected(row, choice.mean(1) - choice.mean(0));
                })
            .sorted(Comparator.comparingDouble((Expected one) -> -one.more))
            .map(Expected::row)
            .toList());
  }

  private static Curve recovered(List<Row> order) {
    double gap = order.stream().mapToInt(row -> row.strong - row.weak).sum();
    double won = 0;
    double sum = 0;
    double half = 1;
    double most = 1;
    double[] levels = new double[LEVELS];
    for (int i = 0; i < order.size(); i++) {
      won += order.get(i).strong - order.get(i).weak;
      double share = (i + 1.0) / order.size();
      sum += won / gap;
      half = won / gap >= 0.5 ? Math.min(half, share) : half;
      most = won / gap >= 0.8 ? Math.min(most, share) : most;
      levels[Math.min(LEVELS - 1, (int) (share * LEVELS - 1e-9))] = won / gap;
    }
    return new Curve(sum / order.size(), half, most, levels);
  }
}
