package dev.serai.processors.routing.strategy;

import dev.serai.core.bandit.Situation;
import dev.serai.core.features.Language;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;

/** Turns the features of a request into numbers of about 1 for a linear model. Pure. */
final class BanditFeatures {
  private static final double LARGE_LOG = 5; // of a prompt of 100,000 tokens
  private static final double MANY_TURNS = 20;

  private BanditFeatures() {}

  static Situation situation(RequestFeatures features) {
    int cluster = features.task().cluster().ordinal();
    double[] numbers = new double[8 + TaskCluster.values().length];
    numbers[0] = 1;
    numbers[1] = Math.log10(1.0 + features.promptTokens()) / LARGE_LOG;
    numbers[2] = Math.min(1, features.turns() / MANY_TURNS);
    numbers[3] = number(features.needs().contains(Capability.TOOLS));
    numbers[4] = number(features.inputs().contains(Modality.IMAGE));
    numbers[5] = number(features.needs().contains(Capability.STRUCTURED_OUTPUT));
    numbers[6] = number(features.needs().contains(Capability.REASONING));
    numbers[7] = number(features.language().language() != Language.EN);
    numbers[8 + cluster] = 1;
    return Situation.of(cluster, numbers);
  }

  private static double number(boolean present) {
    return present ? 1 : 0;
  }
}
