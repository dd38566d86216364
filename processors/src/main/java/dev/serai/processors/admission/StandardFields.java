package dev.serai.processors.admission;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.rate.RateKey.Scope;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import dev.serai.core.rate.Window.Unit;
import dev.serai.core.time.WholeSeconds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-10):
 * an item for each window, named by whose it is, what it counts and its length.
 */
final class StandardFields {
  private static final int ITEM_ESTIMATE = 64; // characters
  private static final Map<Scope, Map<Window, String>> NAMES = names();

  private StandardFields() {}

  /** Adds both fields. No window lasts longer than the {@code Retry-After} that is there. */
  static void add(HeaderFields fields, List<RateReading> left) {
    Optional<String> retryAfter = fields.first("retry-after");
    long longest = retryAfter.isEmpty() ? Long.MAX_VALUE : Long.parseLong(retryAfter.get());
    StringBuilder policies = new StringBuilder(left.size() * ITEM_ESTIMATE);
    StringBuilder limits = new StringBuilder(left.size() * ITEM_ESTIMATE);
    for (RateReading each : left) {
      RateRule rule = each.rule();
      Window window = rule.window();
      String name = name(rule);
      next(policies).append(name).append(";q=").append(rule.allowance().capacity());
      next(limits).append(name).append(";r=").append(each.remaining());
      if (window.unit() == Unit.CONCURRENT) {
        policies.append(";qu=\"concurrent-requests\"");
      } else {
        policies.append(";w=").append(window.length().toSeconds());
        policies.append(window.unit().isTokens() ? ";qu=\"tokens\"" : "");
        long seconds = WholeSeconds.of(each.remaining() > 0 ? each.full() : each.next());
        limits.append(";t=").append(Math.min(seconds, longest));
      }
    }
    fields.add("ratelimit-policy", policies.toString());
    fields.add("ratelimit", limits.toString());
  }

  private static StringBuilder next(StringBuilder list) {
    return list.isEmpty() ? list : list.append(", ");
  }

  private static String name(RateRule rule) {
    return Objects.requireNonNull(
        Objects.requireNonNull(NAMES.get(rule.key().scope())).get(rule.window()));
  }

  /** The name of each item, by scope and window. */
  private static Map<Scope, Map<Window, String>> names() {
    Map<Scope, Map<Window, String>> names = new EnumMap<>(Scope.class);
    for (Scope scope : Scope.values()) {
      Map<Window, String> ofScope = new EnumMap<>(Window.class);
      for (Window window : Window.values()) {
        ofScope.put(window, '"' + scope.label() + "-" + window.fieldName() + '"');
      }
      names.put(scope, ofScope);
    }
    return names;
  }
}
