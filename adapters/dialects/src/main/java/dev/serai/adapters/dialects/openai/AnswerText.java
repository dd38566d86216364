package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.ErrorBody;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Pieces of JSON that whole answers and streamed ones have in common. */
final class AnswerText {
  /** Said when a provider reports a refusal without words. */
  static final String REFUSAL = "The model declined to answer.";

  private static final int LONGEST_WORD = 100;

  private AnswerText() {}

  /** The provider's id, or one made up if it gave none. */
  static String id(String given) {
    return given.isEmpty()
        ? "chatcmpl-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36)
        : given;
  }

  static void usage(JsonWriter out, Usage usage) {
    out.name("usage").beginObject();
    out.member("prompt_tokens", usage.input());
    out.member("completion_tokens", usage.output());
    out.member("total_tokens", usage.total());
    out.name("prompt_tokens_details").beginObject();
    out.member("cached_tokens", usage.cached());
    if (usage.cacheWritten() > 0) {
      out.member("cache_write_tokens", usage.cacheWritten());
    }
    out.endObject();
    out.name("completion_tokens_details").beginObject();
    out.member("reasoning_tokens", usage.reasoning());
    out.endObject().endObject();
  }

  /** {@code {"error":{message,type,param,code}}} of at most 1 KB: a long message is cut. */
  static byte[] problem(GatewayProblem problem) {
    return ErrorBody.of(problem.message(), message -> problem(problem, message));
  }

  private static byte[] problem(GatewayProblem problem, String message) {
    Optional<String> param = problem.param();
    JsonWriter out = new JsonWriter(256).beginObject().name("error").beginObject();
    out.member("message", message);
    out.member("type", ErrorBody.cut(problem.type(), LONGEST_WORD));
    out.name("param");
    if (param.isPresent()) {
      out.value(ErrorBody.cut(param.get(), LONGEST_WORD));
    } else {
      out.nullValue();
    }
    out.member("code", ErrorBody.cut(problem.code(), LONGEST_WORD));
    return out.endObject().endObject().bytes();
  }
}
