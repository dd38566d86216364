package dev.serai.core.fair.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Quality of service: how much of a busy provider a tenant or a call gets, compared to others. */
public enum Qos {
  GOLD(5),
  SILVER(3),
  BRONZE(1);

  private final int weight;

  Qos(int weight) {
    this.weight = weight;
  }

  /** The share compared to other classes: 5, 3 or 1. */
  public int weight() {
    return weight;
  }

  /** The class with that label; empty if there is none. */
  public static Optional<Qos> of(String label) {
    return Arrays.stream(values()).filter(qos -> qos.label().equals(label)).findFirst();
  }

  /** The lower one of the two. */
  public Qos atMost(Qos most) {
    return compareTo(most) < 0 ? most : this;
  }

  /** Its name in settings, header fields and traces. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
