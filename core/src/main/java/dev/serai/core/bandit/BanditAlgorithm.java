package dev.serai.core.bandit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a {@link Bandit} chooses. All but LINUCB learn the same, so that a change keeps what is
 * known.
 */
public enum BanditAlgorithm {
  /** UCB1-TUNED (Auer, Cesa-Bianchi, Fischer, 2002), for each cluster alone. */
  UCB,
  /** Thompson sampling with Beta distributions (Thompson, 1933), for each cluster alone. */
  THOMPSON,
  /**
   * Thompson sampling that learns over all clusters where an arm is as good in each, and for each
   * cluster alone where it is not. Which of both holds is weighed by the evidence of each arm.
   */
  POOLED,
  /** LinUCB with a model for each arm (Li, Chu, Langford, Schapire, 2010), over the features. */
  LINUCB;

  /** The name in settings, such as {@code ucb}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The algorithm that a setting names.
   *
   * @param text such as {@code ucb}, in any case
   * @throws IllegalArgumentException if there is no such algorithm; the message has those that
   *     exist
   */
  public static BanditAlgorithm of(String text) {
    for (BanditAlgorithm each : values()) {
      if (each.text().equals(text.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    String known =
        Arrays.stream(values()).map(BanditAlgorithm::text).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "there is no bandit algorithm \"" + text + "\"; use one of " + known);
  }
}
