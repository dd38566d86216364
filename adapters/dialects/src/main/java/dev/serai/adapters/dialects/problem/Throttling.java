package dev.serai.adapters.dialects.problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Knows a rate limit that a provider, or a gateway before it, reports with another status than 429.
 * Its words must not be taken for those about a prompt that is too long: "Too many tokens, please
 * wait" is about the tokens of a minute. One table for all dialects. Pure.
 */
public final class Throttling {
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  /** Codes and types of errors in lower case. */
  private static final Set<String> CODES =
      Set.of(
          // Cerebras: inference-docs.cerebras.ai/support/rate-limits
          "token_quota_exceeded",
          "request_quota_exceeded",
          "too_many_tokens_error",
          "too_many_requests_error",
          "resource_exhausted",
          // AWS, as gateways forward it
          "throttlingexception");

  /** Words in lower case. */
  private static final List<String> WORDS =
      List.of(
          // Bedrock: "Too many tokens, please wait before trying again."
          "too many tokens, please wait",
          "too many tokens per day, please wait",
          "too many requests, please wait",
          "throttlingexception",
          // Cerebras: "Tokens per minute limit exceeded - too many tokens processed."
          "tokens per minute limit exceeded",
          "tokens per hour limit exceeded",
          "tokens per day limit exceeded",
          "requests per minute limit exceeded",
          "requests per hour limit exceeded",
          "requests per day limit exceeded",
          "too many tokens processed",
          // OpenAI, Groq: "Rate limit reached for gpt-4.1 in organization ... on tokens per min"
          "rate limit reached for",
          // Anthropic: "This request would exceed your organization's rate limit of 40,000 ..."
          "this request would exceed your organization's rate limit",
          "this request would exceed the rate limit",
          "number of request tokens has exceeded your per-minute rate limit",
          "rate limit exceeded");

  private Throttling() {}

  /**
   * Whether an error that has not the status 429 is a rate limit.
   *
   * @param code the error's code or type; empty if it has none
   */
  public static boolean is(int status, String code, String message) {
    boolean elsewhere = status >= UNAUTHORIZED && status <= NOT_FOUND;
    return !elsewhere && (isCode(code) || Wordings.any(WORDS, status, message));
  }

  /** Whether a code or type of an error means a rate limit. */
  public static boolean isCode(String code) {
    String word = code.toLowerCase(Locale.ROOT);
    return word.startsWith("rate_limit") || CODES.contains(word);
  }
}
