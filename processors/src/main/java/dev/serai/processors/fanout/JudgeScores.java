package dev.serai.processors.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scores that a judge gave. Immutable.
 *
 * @param scores of the responses, from 0 to 1, in the order of the plan
 */
record JudgeScores(List<Double> scores) {
  private static final double HIGHEST = 10;
  private static final Pattern SCORES =
      Pattern.compile("\"scores\"\\s{0,20}:\\s{0,20}\\[([-0-9.,\\s]{1,200})]");
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9](?:\\.[0-9]{1,6})?|10(?:\\.0{1,6})?)");

  JudgeScores {
    scores = List.copyOf(scores);
  }

  /**
   * Reads what a judge has written: {@code {"scores": [7, 9]}}, also within other text.
   *
   * @param order which response each score is of, as its place in the plan
   * @return empty unless there is a score from 0 to 10 for each response; the last scores count
   */
  static Optional<JudgeScores> of(String text, List<Integer> order) {
    Optional<String> last = Optional.empty();
    Matcher found = SCORES.matcher(text);
    while (found.find()) {
      last = Optional.of(found.group(1));
    }
    return last.flatMap(numbers -> read(numbers.split(",", -1), order));
  }

  private static Optional<JudgeScores> read(String[] numbers, List<Integer> order) {
    if (numbers.length != order.size()) {
      return Optional.empty();
    }
    List<Double> scores = new ArrayList<>(order.stream().map(_ -> 0d).toList());
    for (int i = 0; i < numbers.length; i++) {
      String number = numbers[i].strip();
      if (!NUMBER.matcher(number).matches()) {
        return Optional.empty();
      }
      scores.set(order.get(i), Double.parseDouble(number) / HIGHEST);
    }
    return Optional.of(new JudgeScores(scores));
  }

  /** The place of the highest score; of equal ones the first. */
  int best() {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      if (scores.get(i) > scores.get(best)) {
        best = i;
      }
    }
    return best;
  }
}
