package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.rate.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the limits in a request about an API key: an object of numbers above zero. Pure. */
final class JsonRateLimits {
  private static final String BURST = "burst";
  private static final Set<String> MEMBERS = members();

  private JsonRateLimits() {}

  private static Set<String> members() {
    Set<String> members = new TreeSet<>(Set.of(BURST));
    for (Window window : Window.values()) {
      members.add(RateLimits.name(window));
    }
    return members;
  }

  /** The limits; none for null. */
  static RateLimits read(JsonNode value) {
    if (value.isNull()) {
      return RateLimits.NONE;
    }
    if (!value.isObject()) {
      throw wrong("'limits' must be an object, or null for no limits.");
    }
    value.fieldNames().forEachRemaining(JsonRateLimits::requireKnown);
    List<Allowance> all = new ArrayList<>();
    for (Window window : Window.values()) {
      JsonNode amount = value.get(RateLimits.name(window));
      if (amount != null && !amount.isNull()) {
        all.add(allowance(window, number(RateLimits.name(window), amount), value.get(BURST)));
      }
    }
    return new RateLimits(all);
  }

  private static Allowance allowance(Window window, long amount, @Nullable JsonNode burst) {
    return window != Window.REQUESTS_PER_SECOND || burst == null || burst.isNull()
        ? new Allowance(window, amount)
        : new Allowance(window, amount, number(BURST, burst));
  }

  private static void requireKnown(String name) {
    if (!MEMBERS.contains(name)) {
      throw RequestObject.unknown(name, " of 'limits'", MEMBERS);
    }
  }

  private static long number(String name, JsonNode value) {
    long number = value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : 0;
    if (number < 1 || number > Allowance.MAX_SET) {
      throw wrong(
          "'limits." + name + "' must be a whole number from 1 to " + Allowance.MAX_SET + ".");
    }
    return number;
  }

  private static CallerProblem wrong(String message) {
    return CallerProblem.invalid("limits", message);
  }
}
