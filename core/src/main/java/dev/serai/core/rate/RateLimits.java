package dev.serai.core.rate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The limits of one key, tenant, model or provider: at most one for each window. Immutable.
 *
 * @param allowances in the order of the windows
 */
public record RateLimits(List<Allowance> allowances) {
  /** No limits. */
  public static final RateLimits NONE = new RateLimits(List.of());

  public RateLimits {
    allowances = List.copyOf(allowances);
  }

  public boolean isEmpty() {
    return allowances.isEmpty();
  }

  /** Whether there is a limit for a window. */
  public boolean has(Window window) {
    for (int i = 0; i < allowances.size(); i++) {
      if (allowances.get(i).window() == window) {
        return true;
      }
    }
    return false;
  }

  /** As text, each limit on a line: {@code requests_per_minute=60}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Allowance each : allowances) {
      text.append(text.isEmpty() ? "" : "\n").append(name(each.window()));
      text.append('=').append(each.amount());
      if (each.capacity() != each.amount()) {
        text.append('/').append(each.capacity());
      }
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} writes. A window that this version does not know is left out.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static RateLimits parse(String text) {
    List<Allowance> all = new ArrayList<>();
    for (Window window : Window.values()) {
      text.lines()
          .filter(line -> line.startsWith(name(window) + "="))
          .forEach(line -> all.add(allowance(window, line.substring(line.indexOf('=') + 1))));
    }
    return new RateLimits(all);
  }

  private static Allowance allowance(Window window, String numbers) {
    int slash = numbers.indexOf('/');
    long amount = Long.parseLong(slash < 0 ? numbers : numbers.substring(0, slash));
    return slash < 0
        ? new Allowance(window, amount)
        : new Allowance(window, amount, Long.parseLong(numbers.substring(slash + 1)));
  }

  /** The name of a window in settings and in the keys API: {@code requests_per_minute}. */
  public static String name(Window window) {
    return window.name().toLowerCase(Locale.ROOT);
  }
}
