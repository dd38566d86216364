package dev.serai.adapters.dialects.openaiapi;

import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;

/** Writes an error as OpenAI's APIs do: {@code {"error":{message,type,param,code}}}. Stateless. */
public final class ErrorWriter {
  private static final int MAX_WORD = 100;

  private ErrorWriter() {}

  /** Writes a body of at most 1 KB: a long message is cut. */
  public static byte[] write(GatewayProblem problem) {
    return ErrorBody.of(problem.message(), message -> write(problem, message));
  }

  private static byte[] write(GatewayProblem problem, String message) {
    Optional<String> param = problem.param();
    JsonWriter out = new JsonWriter(256).beginObject().name("error").beginObject();
    out.member("message", message);
    out.member("type", ErrorBody.cut(problem.type(), MAX_WORD));
    out.name("param");
    if (param.isPresent()) {
      out.value(ErrorBody.cut(param.get(), MAX_WORD));
    } else {
      out.nullValue();
    }
    out.member("code", ErrorBody.cut(problem.code(), MAX_WORD));
    ErrorBody.explain(out, "explain", problem);
    return out.endObject().endObject().bytes();
  }
}
