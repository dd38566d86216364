package dev.serai.processors.support;

import dev.serai.core.cache.CacheUse;
import dev.serai.core.cache.CacheUse.Result;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.HedgeOutcome;
import dev.serai.core.fanout.FanOutResult;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * The header fields that report which candidate served or failed a call, what was dropped, and the
 * rate limits of the provider. For the thread that the call is on.
 */
public final class ReplyFields {
  private static final int MAX_VALUE_LENGTH = 256;
  private static final List<String> LIMITS = List.of("x-ratelimit-", "anthropic-ratelimit-");

  private ReplyFields() {}

  /** Adds the fields of a call that has a reply. */
  public static HeaderFields add(HeaderFields fields, Call call) {
    addCandidate(fields, call);
    addAttempts(fields, call);
    addCache(fields, call.cacheUse());
    if (call.current().estimated()) {
      fields.add("x-serai-estimated", "true");
    }
    if (call.current().congested()) {
      fields.add("x-serai-congestion", "true");
    }
    if (!call.lifecycle().prompt().isEmpty()) {
      fields.add("x-serai-prompt", call.lifecycle().prompt());
    }
    addLimits(fields, call.current());
    List<String> dropped = call.current().dropped();
    return dropped.isEmpty() ? fields : fields.add("x-serai-dropped", String.join(", ", dropped));
  }

  private static void addCache(HeaderFields fields, CacheUse use) {
    if (use.result() != Result.UNUSED) {
      String label = use.result().label();
      fields.add(
          "x-serai-cache",
          use.similarity().isPresent()
              ? label
                  + "; similarity="
                  + new BigDecimal(use.similarity().getAsDouble()).setScale(3, RoundingMode.DOWN)
              : label);
    }
  }

  /** Adds the fields of a call that failed after an attempt; none if there was no attempt. */
  public static void addFailed(HeaderFields fields, Call call, GatewayProblem problem) {
    if (call.attempts().isEmpty()) {
      return;
    }
    if (problem instanceof ProviderProblem) {
      addCandidate(fields, call);
      addLimits(fields, call.current());
    }
    addAttempts(fields, call);
  }

  private static void addCandidate(HeaderFields fields, Call call) {
    Candidate candidate = call.current().candidate();
    fields.add("x-serai-provider", candidate.provider());
    if (!candidate.model().isEmpty()) {
      fields.add("x-serai-model", candidate.model());
    }
  }

  private static void addAttempts(HeaderFields fields, Call call) {
    fields.add("x-serai-attempts", Integer.toString(call.attempts().size()));
    if (HedgeOutcome.of(call).isPresent()) {
      fields.add("x-serai-hedged", "true");
    }
    call.lifecycle().fanOut().ifPresent(made -> addFanOut(fields, made));
    if (call.hasPlan()) {
      call.plan().assignment().ifPresent(one -> fields.add("x-serai-experiment", one.label()));
    }
  }

  private static void addFanOut(HeaderFields fields, FanOutResult made) {
    fields.add("x-serai-fan-out", made.aggregation().label());
    if (made.agreement().isPresent()) {
      fields.add("x-serai-agreement", made.agreementText());
    }
    if (made.score().isPresent()) {
      fields.add("x-serai-judge-score", made.scoreText());
    }
  }

  /** Adds what the provider of an attempt says about its rate limits. */
  public static void addLimits(HeaderFields fields, Attempt attempt) {
    attempt
        .providerHeaders()
        .forEachNamed(
            ReplyFields::isLimit,
            (name, value) -> {
              if (value.length() <= MAX_VALUE_LENGTH) {
                fields.add(name.toLowerCase(Locale.ROOT), value);
              }
            });
  }

  /** Whether a header field describes a rate limit in the form of OpenAI or Anthropic. */
  public static boolean isLimit(CharSequence name) {
    return startsWith(name, LIMITS.getFirst()) || startsWith(name, LIMITS.getLast());
  }

  private static boolean startsWith(CharSequence name, String prefix) {
    if (name.length() <= prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (Character.toLowerCase(name.charAt(i)) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
