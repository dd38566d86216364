package dev.serai.core.rate.shared;

import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import dev.serai.core.rate.shared.RateExchange.Count;
import dev.serai.core.rate.shared.RateExchange.Report;
import java.util.ArrayList;
import java.util.List;

/** Makes reports of what was taken, and applies the replies. For one thread. */
final class RateReports {
  private static final double NANOS_PER_MICRO = 1000;

  private final LocalRates local;
  private final SharedWindows windows;
  private final String gateway;
  private long number;

  /**
   * A report that has no reply yet.
   *
   * @param windows in the order of the counts
   * @param nanos when it was made
   */
  record Pending(Report report, List<SharedWindow> windows, long nanos) {
    /**
     * The same report later. What has refilled since then is not counted, so that an old report
     * does not lower the limit now.
     */
    Report at(long now) {
      double micros = (now - nanos) / NANOS_PER_MICRO;
      List<Count> counts = report.counts().stream().map(count -> later(count, micros)).toList();
      return new Report(report.gateway(), report.number(), counts);
    }

    private static Count later(Count count, double micros) {
      double refilled = count.refill() * micros;
      return new Count(
          count.key(),
          count.change() > 0 ? Math.max(0, count.change() - refilled) : count.change(),
          Math.max(0, count.known() - refilled),
          count.refill());
    }
  }

  RateReports(LocalRates local, SharedWindows windows, String gateway) {
    this.local = local;
    this.windows = windows;
    this.gateway = gateway;
  }

  /** The windows that are to be reported, in lists of the size of a report. */
  List<List<SharedWindow>> due() {
    List<SharedWindow> active = windows.active();
    List<List<SharedWindow>> lists = new ArrayList<>();
    for (int from = 0; from < active.size(); from += RateExchange.MAX_COUNTS) {
      int to = Math.min(active.size(), from + RateExchange.MAX_COUNTS);
      lists.add(active.subList(from, to));
    }
    return lists;
  }

  /**
   * Takes what was counted since the last report.
   *
   * @param weight how often each unit was counted here
   * @param late whether the last report is so long ago that windows have refilled since then
   */
  Pending drain(List<SharedWindow> due, int weight, boolean late, long nanos) {
    List<Count> counts = new ArrayList<>(due.size());
    for (SharedWindow window : due) {
      counts.add(count(window, late ? weight : 0, nanos));
    }
    number++;
    return new Pending(new Report(gateway, number, counts), List.copyOf(due), nanos);
  }

  /**
   * @param weight zero if the last report was a moment ago
   */
  private Count count(SharedWindow window, int weight, long nanos) {
    RateRule rule = window.rule();
    double refill = refill(rule.allowance());
    double change = window.drain();
    if (weight > 0 && refill > 0) {
      change = Math.min(change, local.used(rule, 0) / weight);
    }
    double known = Math.max(0, window.reported(refill, nanos) + change);
    return new Count(window.name(), change, known, refill);
  }

  private static double refill(Allowance allowance) {
    Window window = allowance.window();
    return window.isDay() ? 0 : allowance.amount() * NANOS_PER_MICRO / window.length().toNanos();
  }

  /** Corrects the counts here by those of all gateways. */
  void apply(Pending sent, List<Double> taken) {
    for (int i = 0; i < taken.size(); i++) {
      SharedWindow window = sent.windows.get(i);
      window.learn(taken.get(i), sent.nanos);
      local.correct(window.rule(), taken.get(i) + window.unsent(), window.id().day());
    }
  }
}
