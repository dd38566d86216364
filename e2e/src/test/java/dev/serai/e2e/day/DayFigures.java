package dev.serai.e2e.day;

import dev.serai.e2e.day.DayOfTraffic.Day;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Prints what a day of mixed traffic costs and reaches with each model alone and with each
 * strategy. A program, not a test; {@code ./serai bench routing day} runs it. Its arguments are an
 * empty folder, the checkout, and the number of calls.
 */
public final class DayFigures {
  private DayFigures() {}

  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3_000;
    DayOfTraffic traffic = new DayOfTraffic(Path.of(arguments[0]), Path.of(arguments[1]), calls);
    List<Day> days = new ArrayList<>();
    for (Map.Entry<String, String> way : traffic.ways().entrySet()) {
      days.add(traffic.run(way.getKey(), way.getValue()));
    }
    List<Day> singles = days.subList(0, traffic.singles());
    Day best = singles.stream().max(Comparator.comparingDouble(Day::quality)).orElseThrow();
    System.out.printf("%d calls, the best model alone: %s%n", calls, best.name());
    System.out.printf(
        "%-18s %9s %8s %9s %9s %9s  %s%n",
        "", "cost USD", "quality", "answered", "p50 ms", "p95 ms", "saved");
    for (Day day : days) {
      System.out.printf(
          "%-18s %9.3f %7.1f%% %8.1f%% %9.1f %9.1f  %s%n",
          day.name(),
          day.usd(),
          100 * day.quality(),
          100 * day.answered(),
          day.medianMillis(),
          day.p95Millis(),
          singles.contains(day) ? "" : saved(day, singles, best));
    }
    System.exit(0);
  }

  /** Beside the cheapest model alone that is as good, and beside the cheapest mixture of two. */
  private static String saved(Day day, List<Day> singles, Day best) {
    double mixed = DayOfTraffic.costOfSingles(singles, day.quality());
    String beside = "%.0f %% beside %s".formatted(100 * (1 - day.usd() / best.usd()), best.name());
    return Double.isInfinite(mixed)
        ? beside + ", which is less good"
        : beside
            + ", %.0f %% beside models at equal quality".formatted(100 * (1 - day.usd() / mixed));
  }
}
