package dev.serai.processors.routing.strategy;

import dev.serai.core.bandit.BanditContext;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import java.util.Optional;

/** Turns the features of a request into numbers of about 1 for a linear model. Pure. */
final class BanditFeatures {
  private static final double LARGE_LOG = 5; // of a prompt of 100,000 tokens
  private static final double MANY_TURNS = 20;

  private BanditFeatures() {}

  /** The context of a request; of one whose features could not be read that of a chat. */
  static BanditContext context(Optional<PolicyFeatures> features) {
    return features
        .map(BanditFeatures::context)
        .orElse(BanditContext.of(TaskCluster.CHAT.ordinal()));
  }

  private static BanditContext context(PolicyFeatures features) {
    int cluster = TaskCluster.named(features.task()).orElse(TaskCluster.CHAT).ordinal();
    double[] numbers = new double[8 + TaskCluster.values().length];
    numbers[0] = 1;
    numbers[1] = Math.log10(1.0 + features.promptTokens()) / LARGE_LOG;
    numbers[2] = Math.min(1, features.turns() / MANY_TURNS);
    numbers[3] = number(features, Trait.TOOLS);
    numbers[4] = number(features, Trait.IMAGES);
    numbers[5] = number(features, Trait.STRUCTURED_OUTPUT);
    numbers[6] = number(features, Trait.REASONING);
    numbers[7] = number(features, Trait.OTHER_LANGUAGE);
    numbers[8 + cluster] = 1;
    return BanditContext.of(cluster, numbers);
  }

  private static double number(PolicyFeatures features, Trait trait) {
    return features.traits().contains(trait) ? 1 : 0;
  }
}
