package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.ErrorBody;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Pieces of JSON that whole messages and streamed ones have in common. */
final class ResponseParts {
  /** "HTTP errors", docs.anthropic.com/en/api/errors. */
  private static final int OVERLOADED = 529;

  private static final String TOO_LONG = "prompt is too long";

  private ResponseParts() {}

  /** The provider's id, or one made up if it gave none. */
  static String id(String given) {
    return given.isEmpty()
        ? "msg_" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36)
        : given;
  }

  /** The members of a message up to its content. */
  static void head(JsonWriter out, String id, String model) {
    out.member("id", id).member("type", "message").member("role", "assistant");
    out.member("model", model);
  }

  /**
   * The member {@code usage}; an unknown count is 0, since clients insist on one. Input leaves out
   * what was read from and written to the cache.
   */
  static void usage(JsonWriter out, Optional<Usage> counted) {
    Usage usage = counted.orElse(Usage.of(0, 0));
    out.name("usage").beginObject();
    out.member("input_tokens", usage.input() - usage.cached() - usage.cacheWritten());
    out.member("cache_creation_input_tokens", usage.cacheWritten());
    out.member("cache_read_input_tokens", usage.cached());
    if (usage.cacheWrittenHour() > 0) {
      out.name("cache_creation").beginObject();
      out.member("ephemeral_5m_input_tokens", usage.cacheWritten() - usage.cacheWrittenHour());
      out.member("ephemeral_1h_input_tokens", usage.cacheWrittenHour()).endObject();
    }
    out.member("output_tokens", usage.output());
    if (usage.reasoning() > 0) {
      out.name("output_tokens_details").beginObject();
      out.member("thinking_tokens", usage.reasoning()).endObject();
    }
    out.endObject();
  }

  /**
   * The members that tell why a message ended.
   *
   * @param calls whether it calls tools, which this dialect's clients look at the reason for
   * @param refusal what the model said instead of an answer, if it refused
   */
  static void stop(JsonWriter out, FinishReason reason, boolean calls, Optional<String> refusal) {
    boolean refused = refusal.isPresent() || isRefusal(reason);
    out.member("stop_reason", refused ? "refusal" : StopReasons.write(reason, calls));
    out.name("stop_sequence").nullValue();
    if (refused) {
      out.name("stop_details").beginObject().member("type", "refusal").name("category").nullValue();
      out.name("explanation");
      if (refusal.isPresent()) {
        out.value(refusal.get());
      } else {
        out.nullValue();
      }
      out.endObject();
    }
  }

  private static boolean isRefusal(FinishReason reason) {
    return reason.kind() == Kind.REFUSAL || reason.kind() == Kind.CONTENT_FILTER;
  }

  /** {@code {"type":"error","error":{type,message},"request_id"}} of at most 1 KB. */
  static byte[] problem(GatewayProblem problem, Optional<String> requestId) {
    return ErrorBody.of(message(problem), message -> problem(problem, message, requestId));
  }

  private static byte[] problem(
      GatewayProblem problem, String message, Optional<String> requestId) {
    JsonWriter out = new JsonWriter(256).beginObject().member("type", "error");
    out.name("error").beginObject().member("type", type(problem));
    out.member("message", message).endObject();
    requestId.ifPresent(id -> out.member("request_id", id));
    return out.endObject().bytes();
  }

  /** A provider that cannot take it now is 529 here; 503 stays what the gateway says of itself. */
  static int status(GatewayProblem problem) {
    boolean busy = problem instanceof ProviderProblem && problem.status() == 503;
    return busy ? OVERLOADED : problem.status();
  }

  private static String type(GatewayProblem problem) {
    return switch (status(problem)) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case OVERLOADED -> "overloaded_error";
      default -> problem.status() < 500 ? "invalid_request_error" : "api_error";
    };
  }

  /** Clients that shorten a conversation look for Anthropic's own words. */
  private static String message(GatewayProblem problem) {
    String said = problem.message();
    boolean untold = problem.code().equals("context_length_exceeded") && !said.contains(TOO_LONG);
    return untold ? TOO_LONG + ": " + said : said;
  }
}
