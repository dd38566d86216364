package dev.serai.config.limit;

import dev.serai.config.annotation.Range;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.rate.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits of one key, tenant, model or provider. 0 means no limit.
 *
 * @param requestsPerSecond calls per second
 * @param burst calls that may come at once after a pause, if there is a limit per second; 0 means
 *     as many as per second
 * @param requestsPerMinute calls per minute
 * @param requestsPerDay calls per calendar day in UTC
 * @param tokensPerMinute tokens of requests and responses together, per minute
 * @param tokensPerDay the same per calendar day in UTC
 * @param inputTokensPerMinute tokens of requests, per minute
 * @param outputTokensPerMinute tokens of responses, per minute
 * @param concurrentRequests calls that may run at the same time; a stream runs until it has ended
 */
public record RateSettings(
    @Range(min = 0, max = Allowance.MAX_SET) int requestsPerSecond,
    @Range(min = 0, max = Allowance.MAX_SET) int burst,
    @Range(min = 0, max = Allowance.MAX_SET) int requestsPerMinute,
    @Range(min = 0, max = Allowance.MAX_SET) int requestsPerDay,
    @Range(min = 0, max = Allowance.MAX_SET) int tokensPerMinute,
    @Range(min = 0, max = Allowance.MAX_SET) int tokensPerDay,
    @Range(min = 0, max = Allowance.MAX_SET) int inputTokensPerMinute,
    @Range(min = 0, max = Allowance.MAX_SET) int outputTokensPerMinute,
    @Range(min = 0, max = Allowance.MAX_SET) int concurrentRequests) {
  /** No limits. */
  public static RateSettings defaults() {
    return new RateSettings(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The same as limits. */
  public RateLimits limits() {
    List<Allowance> all = new ArrayList<>();
    if (requestsPerSecond > 0) {
      int most = burst == 0 ? requestsPerSecond : burst;
      all.add(new Allowance(Window.REQUESTS_PER_SECOND, requestsPerSecond, most));
    }
    add(all, Window.REQUESTS_PER_MINUTE, requestsPerMinute);
    add(all, Window.REQUESTS_PER_DAY, requestsPerDay);
    add(all, Window.TOKENS_PER_MINUTE, tokensPerMinute);
    add(all, Window.TOKENS_PER_DAY, tokensPerDay);
    add(all, Window.INPUT_TOKENS_PER_MINUTE, inputTokensPerMinute);
    add(all, Window.OUTPUT_TOKENS_PER_MINUTE, outputTokensPerMinute);
    add(all, Window.CONCURRENT_REQUESTS, concurrentRequests);
    return new RateLimits(all);
  }

  private static void add(List<Allowance> all, Window window, int amount) {
    if (amount > 0) {
      all.add(new Allowance(window, amount));
    }
  }
}
