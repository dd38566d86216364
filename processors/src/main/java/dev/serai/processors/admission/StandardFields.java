package dev.serai.processors.admission;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window.Unit;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-10):
 * an item for each window, named by whose it is, what it counts and its length.
 */
final class StandardFields {
  private StandardFields() {}

  /** Adds both fields. No window lasts longer than the {@code Retry-After} that is there. */
  static void add(HeaderFields fields, List<RateReading> left) {
    OptionalLong retry =
        fields.first("retry-after").stream().mapToLong(Long::parseLong).findFirst();
    StringBuilder policies = new StringBuilder();
    StringBuilder limits = new StringBuilder();
    for (RateReading each : left) {
      String name = name(each.rule());
      next(policies).append(name).append(";q=").append(each.rule().allowance().capacity());
      next(limits).append(name).append(";r=").append(each.remaining());
      Unit unit = each.rule().window().unit();
      if (unit == Unit.CONCURRENT) {
        policies.append(";qu=\"concurrent-requests\"");
      } else {
        policies.append(";w=").append(each.rule().window().length().toSeconds());
        policies.append(unit.isTokens() ? ";qu=\"tokens\"" : "");
        long seconds = seconds(each.remaining() > 0 ? each.full() : each.next());
        limits.append(";t=").append(Math.min(seconds, retry.orElse(seconds)));
      }
    }
    fields.add("ratelimit-policy", policies.toString());
    fields.add("ratelimit", limits.toString());
  }

  private static StringBuilder next(StringBuilder list) {
    return list.isEmpty() ? list : list.append(", ");
  }

  private static String name(RateRule rule) {
    return '"' + rule.key().scope().label() + "-" + rule.window().fieldName() + '"';
  }

  private static long seconds(Duration wait) {
    return (wait.toMillis() + 999) / 1000;
  }
}
