package dev.serai.adapters.dialects.openaiapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.problem.AccessDenial;
import dev.serai.adapters.dialects.problem.AccountFault;
import dev.serai.adapters.dialects.problem.FieldViolations;
import dev.serai.adapters.dialects.problem.MessageRedaction;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.problem.RejectedContent;
import dev.serai.adapters.dialects.problem.RetryAfter;
import dev.serai.adapters.dialects.problem.Throttling;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the error of a provider that speaks one of OpenAI's APIs, in the shapes that are in use:
 * {@code {"error":{message,type,param,code}}}, the same in an array, {@code {"error":"text"}},
 * {@code {"message":...}} and {@code {"detail":...}}; OpenRouter has the first in a choice too, and
 * the error of the provider behind it in {@code metadata.raw}. Of any other body only the status
 * counts. Stateless.
 */
public final class ErrorReader {
  static final int MAX_BODY = 64 * 1024;
  private static final int MAX_WORD = 100;
  private static final String INVALID = "invalid_request_error";

  private ErrorReader() {}

  /** Reads a reply whose status is not 2xx. */
  public static ProviderProblem read(
      int status, Headers headers, byte[] body, Destination destination) {
    ErrorDetails details = details(body, 0, body.length);
    int meant = status >= 500 && details.status == 429 ? 429 : status;
    FailureCause cause = adjusted(details.meaning(meant, destination.model()), headers);
    return problem(destination, cause, ProviderProblems.shown(meant, cause), details)
        .retryAfter(
            RetryAfter.read(headers).or(() -> RetryInfo.read(body, 0, body.length, headers)))
        .build();
  }

  /** Reads an error in the place of a response or of a stream's event: the status was 2xx. */
  public static ProviderProblem inside(Destination destination, byte[] data, int from, int to) {
    ErrorDetails details = details(data, from, to);
    int meant = details.status >= 400 ? details.status : 502;
    FailureCause cause = details.meaning(meant, destination.model());
    return problem(destination, cause, ProviderProblems.shown(meant, cause), details)
        .retryAfter(RetryInfo.read(data, from, to, Headers.NONE))
        .build();
  }

  /**
   * Reads a reply of status 2xx that lacks what was asked for: the error that it reports, or else a
   * malformed reply.
   *
   * @param what the provider sent, for people
   */
  public static ProviderProblem insteadOf(String what, Destination destination, byte[] data) {
    ErrorDetails details = details(data, 0, data.length);
    return details.message.isEmpty() && details.status == 0
        ? ProviderProblems.malformed(destination, what)
        : inside(destination, data, 0, data.length);
  }

  /** Follows {@code x-should-retry}, as OpenAI's own clients do. */
  private static FailureCause adjusted(FailureCause cause, Headers headers) {
    String hint = headers.first("x-should-retry").orElse("");
    if (cause == FailureCause.REFUSED && hint.equals("true")) {
      return FailureCause.OVERLOADED;
    }
    return cause == FailureCause.OVERLOADED && hint.equals("false") ? FailureCause.REFUSED : cause;
  }

  private static ProviderProblem.Builder problem(
      Destination destination, FailureCause cause, int status, ErrorDetails details) {
    if (cause == FailureCause.FORBIDDEN) {
      return forbidden(destination, details);
    }
    String name = destination.provider().name();
    ProviderProblem.Builder problem = ProviderProblem.of(name, cause, status);
    if (cause == FailureCause.CREDENTIALS && details.isAccountFault(status)) {
      return ProviderProblems.accountFault(destination, details.message.orElse(""));
    }
    if (cause == FailureCause.CREDENTIALS) {
      // The provider's message is about the gateway's key, which the client must not see.
      return problem.message("The provider '" + name + "' did not accept the gateway's key.");
    }
    if (status < 500 && cause == FailureCause.REFUSED) {
      problem.type(INVALID).code("invalid_request");
    } else if (cause.rejectsRequest() && cause != FailureCause.REFUSED) {
      RejectedContent.describe(cause, problem);
    }
    details.type.flatMap(t -> MessageRedaction.word(t, destination)).ifPresent(problem::type);
    details.code.flatMap(c -> MessageRedaction.word(c, destination)).ifPresent(problem::code);
    details.message.map(text -> MessageRedaction.of(text, destination)).ifPresent(problem::message);
    return problem.param(param(destination, details));
  }

  private static Optional<String> param(Destination destination, ErrorDetails details) {
    return details.param.map(name -> MessageRedaction.of(name, destination));
  }

  private static ProviderProblem.Builder forbidden(Destination destination, ErrorDetails details) {
    ProviderProblem.Builder problem =
        ProviderProblems.forbidden(destination, details.message.orElse(""));
    details.code.flatMap(c -> MessageRedaction.word(c, destination)).ifPresent(problem::code);
    return problem.param(param(destination, details));
  }

  /**
   * An error as its body describes it.
   *
   * @param status inside the body, 0 if there is none
   * @param moderated whether a moderation of the client's input refused the request
   */
  private record ErrorDetails(
      Optional<String> message,
      Optional<String> type,
      Optional<String> code,
      Optional<String> param,
      int status,
      boolean moderated) {
    static final ErrorDetails NOTHING =
        new ErrorDetails(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, false);

    ErrorDetails withMessage(Optional<String> text) {
      return new ErrorDetails(text, type, code, param, status, moderated);
    }

    /** The same error in the words of the provider behind this one; the status stays. */
    ErrorDetails withCause(ErrorDetails cause) {
      return new ErrorDetails(
          cause.message.or(() -> message),
          cause.type.or(() -> type),
          cause.code.or(() -> code),
          cause.param.or(() -> param),
          status == 0 ? cause.status : status,
          moderated || cause.moderated);
    }

    /**
     * What the status means. OpenRouter's 403 with reasons is about the client's input and not
     * about the key; a 400 of xAI and Gemini may be about the key.
     */
    FailureCause meaning(int meant, String model) {
      if (meant == 403 && moderated) {
        return FailureCause.CONTENT_FILTER;
      }
      if (isAccountFault(meant)) {
        return FailureCause.CREDENTIALS;
      }
      if (AccessDenial.concernsRegion(meant, message.orElse(""))) {
        return FailureCause.FORBIDDEN;
      }
      if (Throttling.is(meant, "", message.orElse(""))) {
        return FailureCause.RATE_LIMITED;
      }
      FailureCause rejected = rejected(meant);
      if (rejected.rejectsRequest() && rejected != FailureCause.REFUSED) {
        return rejected;
      }
      if (meant == 403
          && AccessDenial.concernsRequest(model, message.orElse(""), code.orElse(""))) {
        return FailureCause.FORBIDDEN;
      }
      return meant == 400 && message.filter(ErrorDetails::blamesKey).isPresent()
          ? FailureCause.CREDENTIALS
          : ProviderProblems.cause(meant);
    }

    /** Whether the code, the type or the message says that the gateway's account is at fault. */
    boolean isAccountFault(int meant) {
      return AccountFault.is(meant, code.orElse(""), message.orElse(""))
          || AccountFault.is(meant, type.orElse(""), "");
    }

    private FailureCause rejected(int meant) {
      FailureCause cause = ProviderProblems.cause(meant);
      FailureCause byCode = RejectedContent.of(cause, meant, code.orElse(""), message.orElse(""));
      return byCode == cause ? RejectedContent.of(cause, meant, type.orElse(""), "") : byCode;
    }

    private static boolean blamesKey(String text) {
      return text.startsWith("Incorrect API key") || text.startsWith("API key not valid");
    }
  }

  private static ErrorDetails details(byte[] body, int from, int to) {
    if (to - from > MAX_BODY) {
      return ErrorDetails.NOTHING;
    }
    JsonNode root;
    try {
      root = StrictJson.tree(body, from, to);
    } catch (MalformedInput e) {
      return ErrorDetails.NOTHING;
    }
    JsonNode top = root.isArray() ? root.path(0) : root;
    JsonNode error = top.path("error");
    if (error.isMissingNode()) {
      error = top.path("x_groq").path("error");
    }
    for (JsonNode choice : top.path("choices")) {
      error = error.isMissingNode() || error.isNull() ? choice.path("error") : error;
    }
    if (error.isObject()) {
      return fields(error).withCause(cause(error.path("metadata").path("raw")));
    }
    ErrorDetails details = fields(top);
    return error.isTextual() ? details.withMessage(text(error)) : details;
  }

  /**
   * OpenRouter's {@code metadata.raw}: what the provider behind it sent, as an object, a JSON text
   * or a plain text.
   */
  private static ErrorDetails cause(JsonNode raw) {
    JsonNode sent = raw;
    if (raw.isTextual()) {
      byte[] text = raw.textValue().getBytes(StandardCharsets.UTF_8);
      try {
        sent = StrictJson.tree(text, 0, text.length);
      } catch (MalformedInput e) {
        return isMarkup(raw) ? ErrorDetails.NOTHING : ErrorDetails.NOTHING.withMessage(text(raw));
      }
    }
    JsonNode top = sent.isArray() ? sent.path(0) : sent;
    JsonNode error = top.path("error");
    if (error.isTextual()) {
      return fields(top).withMessage(text(error));
    }
    return fields(error.isObject() ? error : top);
  }

  /** A web page tells a client nothing. */
  private static boolean isMarkup(JsonNode raw) {
    return raw.textValue().stripLeading().startsWith("<");
  }

  private static ErrorDetails fields(JsonNode error) {
    // Mistral's message may be an object that holds the details.
    JsonNode within = error.path("message");
    JsonNode detail = within.isObject() ? within.path("detail") : error.path("detail");
    JsonNode first = detail.path(0);
    Optional<String> message =
        text(within)
            .or(() -> text(detail))
            .or(() -> text(first.path("msg")))
            .map(text -> violations(error.path("details")).appendedTo(text));
    Optional<String> type =
        word(error.path("type")).or(() -> word(error.path("status"))).filter(t -> !isNumber(t));
    Optional<String> code = word(error.path("code")).filter(c -> !isNumber(c));
    int status = Math.max(status(error.path("code")), status(error.path("status")));
    boolean limited =
        type.filter(Throttling::isCode).isPresent() || code.filter(Throttling::isCode).isPresent();
    return new ErrorDetails(
        message,
        type,
        code,
        word(error.path("param")).or(() -> place(first.path("loc"))),
        limited && (status == 0 || status >= 500) ? 429 : status,
        error.path("metadata").path("reasons").isArray());
  }

  /** The invalid fields that Google's endpoint names in the details of an error. */
  private static FieldViolations violations(JsonNode details) {
    FieldViolations violations = new FieldViolations();
    for (JsonNode detail : details) {
      for (JsonNode violation : detail.path("fieldViolations")) {
        violations.add(
            violation.path("field").asText(""), violation.path("description").asText(""));
      }
    }
    return violations;
  }

  /** The path of the invalid parameter from FastAPI's {@code loc}, which begins with "body". */
  private static Optional<String> place(JsonNode loc) {
    StringBuilder path = new StringBuilder();
    for (JsonNode step : loc) {
      if (step.isInt()) {
        path.append('[').append(step.asInt()).append(']');
      } else if (!step.asText().equals("body")) {
        path.append(path.isEmpty() ? "" : ".").append(step.asText());
      }
    }
    return path.isEmpty() || path.length() > MAX_WORD
        ? Optional.empty()
        : Optional.of(path.toString());
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank()
        ? Optional.of(node.textValue())
        : Optional.empty();
  }

  private static Optional<String> word(JsonNode node) {
    return text(node).filter(word -> word.length() <= MAX_WORD);
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  private static int status(JsonNode node) {
    int status = node.asInt(0);
    return status >= 400 && status <= 599 ? status : 0;
  }
}
