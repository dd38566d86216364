package dev.serai.adapters.dialects.responses;

import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.List;
import java.util.Optional;

/** Writes a response object: the request's parameters, repeated, and the outcome. */
final class ResponseObjectWriter {
  private static final int MAX_MESSAGE = 600;

  private ResponseObjectWriter() {}

  /**
   * The identity of a response.
   *
   * @param createdSeconds seconds since 1970
   */
  record Head(String id, String model, long createdSeconds) {}

  /**
   * The outcome of a response, as far as it is known.
   *
   * @param items the output, as JSON texts in order
   */
  record Body(
      ResponseStatus outcome,
      List<byte[]> items,
      Optional<Usage> usage,
      Optional<GatewayProblem> error) {
    static final Body EMPTY =
        new Body(ResponseStatus.IN_PROGRESS, List.of(), Optional.empty(), Optional.empty());
  }

  static void write(JsonWriter out, ResponsesRequest request, Head head, Body body) {
    out.beginObject().member("id", head.id()).member("object", "response");
    out.member("created_at", head.createdSeconds());
    out.member("status", body.outcome().status()).member("background", false);
    error(out, body.error());
    incomplete(out, body.outcome());
    echo(out, request, "instructions", "null");
    echo(out, request, "max_output_tokens", "null");
    out.member("model", head.model());
    out.name("output").beginArray();
    body.items().forEach(out::json);
    out.endArray();
    echo(out, request, "parallel_tool_calls", "true");
    echo(out, request, "previous_response_id", "null");
    echo(out, request, "reasoning", "{\"effort\":null,\"summary\":null}");
    out.member("store", request.wantsStored());
    echo(out, request, "temperature", "null");
    echo(out, request, "text", "{\"format\":{\"type\":\"text\"}}");
    echo(out, request, "tool_choice", "\"auto\"");
    echo(out, request, "tools", "[]");
    echo(out, request, "top_p", "null");
    echo(out, request, "truncation", "\"disabled\"");
    usage(out, body.usage());
    echo(out, request, "user", "null");
    echo(out, request, "metadata", "{}");
    out.endObject();
  }

  private static void echo(
      JsonWriter out, ResponsesRequest request, String name, String otherwise) {
    out.name(name).json(request.json(name).orElse(otherwise));
  }

  private static void error(JsonWriter out, Optional<GatewayProblem> error) {
    out.name("error");
    if (error.isEmpty()) {
      out.nullValue();
      return;
    }
    GatewayProblem problem = error.get();
    String message = problem.message();
    out.beginObject().member("code", code(problem));
    out.member(
        "message", message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
    out.endObject();
  }

  /** Clients retry on these two codes of OpenAI's. */
  private static String code(GatewayProblem problem) {
    if (problem.status() == 429) {
      return "rate_limit_exceeded";
    }
    return problem.status() >= 500 ? "server_error" : problem.code();
  }

  private static void incomplete(JsonWriter out, ResponseStatus outcome) {
    out.name("incomplete_details");
    if (outcome.why().isEmpty()) {
      out.nullValue();
    } else {
      out.beginObject().member("reason", outcome.why().get()).endObject();
    }
  }

  private static void usage(JsonWriter out, Optional<Usage> counted) {
    out.name("usage");
    if (counted.isEmpty()) {
      out.nullValue();
      return;
    }
    Usage usage = counted.get();
    out.beginObject().member("input_tokens", usage.input());
    out.name("input_tokens_details").beginObject().member("cached_tokens", usage.cached());
    // OpenAI's clients since version 3 refuse a response without it.
    out.member("cache_write_tokens", usage.cacheWritten()).endObject();
    out.member("output_tokens", usage.output());
    out.name("output_tokens_details").beginObject();
    out.member("reasoning_tokens", usage.reasoning()).endObject();
    out.member("total_tokens", usage.total()).endObject();
  }
}
