package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.adapters.dialects.translation.Redaction;
import dev.serai.adapters.dialects.translation.RetryAfter;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;
import java.util.Optional;

/**
 * Reads what a provider says when it fails, in the shapes that are in use: {@code
 * {"error":{message,type,param,code}}}, the same in an array, {@code {"error":"text"}}, {@code
 * {"message":...}} and {@code {"detail":...}}. Anything else is only its status.
 */
final class FailureReader {
  private static final int LARGEST_BODY = 64 * 1024;
  private static final int LONGEST_WORD = 100;
  private static final String INVALID = "invalid_request_error";

  private FailureReader() {}

  /** An answer whose status is not 2xx. */
  static ProviderProblem read(int status, Headers headers, byte[] body, Destination destination) {
    Said said = said(body, 0, body.length);
    int meant = status >= 500 && said.status == 429 ? 429 : status;
    Fault fault = headed(said.meaning(meant), headers);
    return problem(destination, fault, ProviderProblems.shown(meant, fault), said)
        .retryAfter(RetryAfter.read(headers))
        .build();
  }

  /** An error where an answer or a part of one should be: the status was 2xx. */
  static ProviderProblem inside(Destination destination, byte[] data, int from, int to) {
    Said said = said(data, from, to);
    int meant = said.status >= 400 ? said.status : 502;
    Fault fault = said.meaning(meant);
    return problem(destination, fault, ProviderProblems.shown(meant, fault), said).build();
  }

  /** Obeys {@code x-should-retry}, as OpenAI's own clients do. */
  private static Fault headed(Fault fault, Headers headers) {
    String wish = headers.first("x-should-retry").orElse("");
    if (fault == Fault.REFUSED && wish.equals("true")) {
      return Fault.OVERLOADED;
    }
    return fault == Fault.OVERLOADED && wish.equals("false") ? Fault.REFUSED : fault;
  }

  private static ProviderProblem.Builder problem(
      Destination destination, Fault fault, int status, Said said) {
    String name = destination.provider().name();
    ProviderProblem.Builder problem = ProviderProblem.of(name, fault, status);
    if (fault == Fault.CREDENTIALS) {
      // What it says is about the gateway's key, which is no business of the caller.
      return problem.message("The provider '" + name + "' did not accept the gateway's key.");
    }
    if (status < 500 && fault == Fault.REFUSED) {
      problem.type(INVALID).code("invalid_request");
    }
    said.type.ifPresent(problem::type);
    said.code.ifPresent(problem::code);
    said.message.map(text -> Redaction.of(text, destination)).ifPresent(problem::message);
    return problem.param(said.param);
  }

  /**
   * What a provider said.
   *
   * @param status of its own error inside the body, 0 if it names none
   * @param moderated whether it is about what the caller wrote
   */
  private record Said(
      Optional<String> message,
      Optional<String> type,
      Optional<String> code,
      Optional<String> param,
      int status,
      boolean moderated) {
    static final Said NOTHING =
        new Said(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, false);

    Said by(Optional<String> text) {
      return new Said(text, type, code, param, status, moderated);
    }

    /**
     * What the status means. Of OpenRouter a 403 with reasons is about the caller's words and not
     * about the key; of xAI and Gemini a 400 may be about the key.
     */
    Fault meaning(int meant) {
      if (meant == 403 && moderated) {
        return Fault.REFUSED;
      }
      return meant == 400 && message.filter(Said::blamesKey).isPresent()
          ? Fault.CREDENTIALS
          : ProviderProblems.fault(meant);
    }

    private static boolean blamesKey(String text) {
      return text.startsWith("Incorrect API key") || text.startsWith("API key not valid");
    }
  }

  private static Said said(byte[] body, int from, int to) {
    if (to - from > LARGEST_BODY) {
      return Said.NOTHING;
    }
    JsonNode root;
    try {
      root = StrictJson.tree(body, from, to);
    } catch (MalformedInput e) {
      return Said.NOTHING;
    }
    JsonNode top = root.isArray() ? root.path(0) : root;
    JsonNode error = top.path("error");
    if (error.isMissingNode()) {
      error = top.path("x_groq").path("error");
    }
    if (error.isObject()) {
      return fields(error);
    }
    Said said = fields(top);
    return error.isTextual() ? said.by(text(error)) : said;
  }

  private static Said fields(JsonNode error) {
    // Mistral's message may be an object with the details.
    JsonNode within = error.path("message");
    JsonNode detail = within.isObject() ? within.path("detail") : error.path("detail");
    JsonNode first = detail.path(0);
    Optional<String> message =
        text(within).or(() -> text(detail)).or(() -> text(first.path("msg")));
    Optional<String> type =
        word(error.path("type")).or(() -> word(error.path("status"))).filter(t -> !isNumber(t));
    Optional<String> code = word(error.path("code")).filter(c -> !isNumber(c));
    int status = Math.max(status(error.path("code")), status(error.path("status")));
    boolean limited =
        type.filter(FailureReader::saysRateLimit).isPresent()
            || code.filter(FailureReader::saysRateLimit).isPresent();
    return new Said(
        message,
        type,
        code,
        word(error.path("param")).or(() -> place(first.path("loc"))),
        status == 0 && limited ? 429 : status,
        error.path("metadata").path("reasons").isArray());
  }

  /** Where in a request something is wrong, as FastAPI says it: a path that begins with "body". */
  private static Optional<String> place(JsonNode loc) {
    StringBuilder path = new StringBuilder();
    for (JsonNode step : loc) {
      if (step.isInt()) {
        path.append('[').append(step.asInt()).append(']');
      } else if (!step.asText().equals("body")) {
        path.append(path.isEmpty() ? "" : ".").append(step.asText());
      }
    }
    return path.isEmpty() || path.length() > LONGEST_WORD
        ? Optional.empty()
        : Optional.of(path.toString());
  }

  private static boolean saysRateLimit(String word) {
    return word.startsWith("rate_limit") || word.equals("RESOURCE_EXHAUSTED");
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank()
        ? Optional.of(node.textValue())
        : Optional.empty();
  }

  private static Optional<String> word(JsonNode node) {
    return text(node).filter(word -> word.length() <= LONGEST_WORD);
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  private static int status(JsonNode node) {
    int status = node.asInt(0);
    return status >= 400 && status <= 599 ? status : 0;
  }
}
