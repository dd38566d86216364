package dev.serai.core.rate.shared;

import dev.serai.core.rate.LocalRates;
import dev.serai.core.rate.RateKey.Scope;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The windows that were used lately and are exchanged with other gateways. Thread-safe. */
final class SharedWindows {
  /** A window that was not used for so many exchanges is not exchanged. */
  private static final int IDLE_EXCHANGES = 30;

  private final ConcurrentHashMap<SharedWindow.Id, SharedWindow> windows =
      new ConcurrentHashMap<>();
  private final LocalRates local;

  SharedWindows(LocalRates local) {
    this.local = local;
  }

  /** Calls at the same time and limits that protect one gateway are not shared. */
  static boolean isShared(RateRule rule) {
    return rule.window().unit() != Unit.CONCURRENT && rule.key().scope() != Scope.GATEWAY;
  }

  /**
   * Counts an amount that was counted locally; zero asks for what others take. Beyond the bound it
   * stays local.
   *
   * @param weight how often each unit was counted locally
   */
  void add(RateRule rule, long amount, int weight, long day) {
    SharedWindow.Id id = new SharedWindow.Id(rule.key(), rule.window().isDay() ? day : 0);
    SharedWindow window = windows.get(id);
    while (window == null || !window.add(rule, amount)) {
      if (window != null) {
        windows.remove(id, window);
      } else if (windows.mappingCount() >= LocalRates.MAX_BUCKETS) {
        return;
      }
      double before = Math.max(0, local.used(rule, day) - (double) amount * weight);
      window = windows.computeIfAbsent(id, each -> new SharedWindow(each, rule, before));
    }
  }

  /** Those that are exchanged now; drops the idle ones. */
  List<SharedWindow> active() {
    List<SharedWindow> active = new ArrayList<>();
    windows.forEach(
        (id, window) -> {
          if (window.retireIfIdle(IDLE_EXCHANGES)) {
            windows.remove(id, window);
          } else {
            active.add(window);
          }
        });
    return active;
  }

  int size() {
    return windows.size();
  }
}
