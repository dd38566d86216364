package dev.serai.core.offpolicy;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Choices with replacement, by their positions in the log. */
record Sample(List<LoggedChoice> choices, int[] positions) {
  static Sample all(List<LoggedChoice> choices) {
    return new Sample(choices, IntStream.range(0, choices.size()).toArray());
  }

  static Sample drawn(List<LoggedChoice> choices, RandomGenerator random) {
    int[] drawn = new int[choices.size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextInt(drawn.length);
    }
    return new Sample(choices, drawn);
  }

  int size() {
    return positions.length;
  }

  LoggedChoice get(int index) {
    return choices.get(positions[index]);
  }
}
