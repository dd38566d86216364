package dev.serai.core.offpolicy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Clicks on 80 items in three positions, which two policies have shown to people: one at random,
 * the other as Thompson sampling has drawn them. {@code offpolicy/clicks.csv} has the source.
 */
final class Clicks {
  static final int ITEMS = 80;
  private static final int POSITIONS = 3;
  private static final double UNIFORM = 1.0 / ITEMS;
  private static final List<Shown> ALL = read();

  private final List<List<Shown>> random = cells('r');
  private final double[][] thompson = shares();

  private Clicks() {}

  static Clicks load() {
    return new Clicks();
  }

  /** An item that was shown. */
  record Shown(char policy, int item, int position, int click, double propensity) {}

  private static List<Shown> read() {
    try (InputStream in = Clicks.class.getResourceAsStream("/offpolicy/clicks.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(","))
          .map(
              cells ->
                  new Shown(
                      cells[0].charAt(0),
                      Integer.parseInt(cells[1]),
                      Integer.parseInt(cells[2]) - 1,
                      Integer.parseInt(cells[3]),
                      Double.parseDouble(cells[4])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<Shown>> cells(char policy) {
    List<List<Shown>> cells = new ArrayList<>();
    for (int i = 0; i < ITEMS * POSITIONS; i++) {
      cells.add(new ArrayList<>());
    }
    ALL.stream()
        .filter(one -> one.policy == policy)
        .forEach(one -> cells.get(one.position * ITEMS + one.item).add(one));
    return cells;
  }

  /** How often Thompson sampling has shown each item in each position; none is never shown. */
  private static double[][] shares() {
    double[][] shares = new double[POSITIONS][ITEMS];
    List<List<Shown>> shown = cells('b');
    for (int position = 0; position < POSITIONS; position++) {
      double all = ITEMS;
      for (int item = 0; item < ITEMS; item++) {
        all += shown.get(position * ITEMS + item).size();
      }
      for (int item = 0; item < ITEMS; item++) {
        shares[position][item] = (1 + shown.get(position * ITEMS + item).size()) / all;
      }
    }
    return shares;
  }

  /** The share of clicks of the random policy. */
  static double random() {
    return ALL.stream()
        .filter(one -> one.policy == 'r')
        .mapToInt(Shown::click)
        .average()
        .orElseThrow();
  }

  /** What Thompson sampling has shown, of the random policy, with the propensities of the log. */
  static List<LoggedChoice> logged() {
    List<Shown> log = ALL.stream().filter(one -> one.policy == 'b').toList();
    return choices(log);
  }

  /** The value of the random policy if the clicks of its log are all that there are. */
  double truth() {
    double sum = 0;
    for (int position = 0; position < POSITIONS; position++) {
      for (int item = 0; item < ITEMS; item++) {
        sum += mean(random.get(position * ITEMS + item)) * UNIFORM / POSITIONS;
      }
    }
    return sum;
  }

  private static double mean(List<Shown> cell) {
    return cell.stream().mapToInt(Shown::click).average().orElse(0);
  }

  /** A log of a policy that shows items as often as Thompson sampling; people click as they did. */
  List<LoggedChoice> drawn(int size, RandomGenerator chance) {
    List<Shown> log = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int position = chance.nextInt(POSITIONS);
      int item = draw(thompson[position], chance.nextDouble());
      List<Shown> cell = random.get(position * ITEMS + item);
      int click = cell.isEmpty() ? 0 : cell.get(chance.nextInt(cell.size())).click;
      log.add(new Shown('d', item, position, click, thompson[position][item]));
    }
    return choices(log);
  }

  private static int draw(double[] shares, double at) {
    int item = 0;
    double left = at - shares[0];
    while (left >= 0 && item < ITEMS - 1) {
      left -= shares[++item];
    }
    return item;
  }

  /** With the means of the items as a model: each half of the log is predicted by the other one. */
  private static List<LoggedChoice> choices(List<Shown> log) {
    double[][] means = {means(log, 1), means(log, 0)};
    List<LoggedChoice> choices = new ArrayList<>(log.size());
    for (int i = 0; i < log.size(); i++) {
      Shown one = log.get(i);
      double[] model = means[i % 2];
      double expected = 0;
      for (double mean : model) {
        expected += mean * UNIFORM;
      }
      choices.add(new LoggedChoice(one.click, one.propensity, UNIFORM, model[one.item], expected));
    }
    return choices;
  }

  /** Of an item that was seldom shown it is near the mean of all. */
  private static double[] means(List<Shown> log, int half) {
    double[] clicks = new double[ITEMS];
    double[] shown = new double[ITEMS];
    double all = 0;
    for (int i = half; i < log.size(); i += 2) {
      clicks[log.get(i).item] += log.get(i).click;
      shown[log.get(i).item]++;
      all += log.get(i).click;
    }
    double overall = all / (log.size() / 2.0);
    for (int item = 0; item < ITEMS; item++) {
      clicks[item] = (clicks[item] + 100 * overall) / (shown[item] + 100);
    }
    return clicks;
  }
}
