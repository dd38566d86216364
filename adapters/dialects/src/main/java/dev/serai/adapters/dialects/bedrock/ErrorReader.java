package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;
import java.util.Locale;

/**
 * A failure as AWS tells it: its type in {@code x-amzn-errortype}, in the body's {@code __type} or
 * in a header of an event, and its message. The type says more than the status: a throttled call is
 * a rate limit wherever it comes.
 *
 * @param type without the namespace before and the address behind it; empty if none was told
 */
record ErrorReader(String type, String message) {
  private static final List<String> TOO_LONG =
      List.of(
          "input is too long",
          "prompt is too long",
          "exceed context limit",
          "maximum context length",
          "too many tokens",
          "too many input tokens",
          "input tokens exceeded",
          "input tokens exceeds");

  /** Of an answer that is not 2xx; a body that is not in the grammar tells nothing. */
  static ErrorReader of(Headers headers, byte[] body) {
    ErrorReader told = read(body, 0, body.length);
    String type = headers.first("x-amzn-errortype").map(ErrorReader::plain).orElse(told.type);
    return new ErrorReader(type, told.message);
  }

  /** Of an exception in a stream. */
  static ErrorReader inStream(String type, byte[] data, int from, int to) {
    return new ErrorReader(plain(type), read(data, from, to).message);
  }

  private static ErrorReader read(byte[] data, int from, int to) {
    String type = "";
    String message = "";
    try {
      JsonCursor cursor = new JsonCursor().over(data, from, to);
      cursor.enterObject();
      while (cursor.nextMember()) {
        boolean string = cursor.peek() == '"';
        if (string
            && (cursor.nameIs(MemberNames.MESSAGE) || cursor.nameIs(MemberNames.MESSAGE_UPPER))) {
          message = cursor.text();
        } else if (string && cursor.nameIs(MemberNames.TYPE)) {
          type = plain(cursor.text());
        } else {
          cursor.skip();
        }
      }
    } catch (MalformedInput e) {
      return new ErrorReader(type, message);
    }
    return new ErrorReader(type, message);
  }

  /** {@code com.amazon.coral.service#ThrottlingException:http://...} is a ThrottlingException. */
  private static String plain(String said) {
    String type = said.substring(said.lastIndexOf('#', end(said)) + 1, end(said)).strip();
    return type.isEmpty() ? type : Character.toUpperCase(type.charAt(0)) + type.substring(1);
  }

  private static int end(String said) {
    int colon = said.indexOf(':');
    return colon < 0 ? said.length() : colon;
  }

  /** The failure of an answer with that status. */
  ProviderProblem problem(int status, Headers headers, Destination destination) {
    int meant = meant(status);
    ProviderProblem.Builder problem =
        ProviderProblems.byStatus(destination, meant, headers, message);
    if (meant == 400 && tooLong()) {
      problem.code("context_length_exceeded");
    }
    return problem.build();
  }

  /** The failure of a stream that began as a success. */
  ProviderProblem problem(Destination destination) {
    return problem(500, Headers.NONE, destination);
  }

  /** The statuses are those of the runtime's errors, but where they say less than the type. */
  private int meant(int status) {
    return switch (type) {
      case "ThrottlingException",
          "ThrottledException",
          "Throttling",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "LimitExceededException",
          "SlowDown",
          "ServiceQuotaExceededException" ->
          429;
      case "AccessDeniedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "InvalidClientTokenId",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "OptInRequired",
          "RequestExpired",
          "ExpiredTokenException",
          "ExpiredToken" ->
          403;
      case "ValidationException" -> unknownModel() ? 404 : 400;
      case "ResourceNotFoundException" -> 404;
      case "ModelTimeoutException" -> 504;
      // A 429 by its status, but nobody's limit: the model is being made ready.
      case "ModelNotReadyException", "ServiceUnavailableException", "ServiceUnavailable" -> 503;
      case "ModelErrorException",
          "ModelStreamErrorException",
          "InternalServerException",
          "InternalFailure" ->
          500;
      default -> status == 424 ? 500 : status;
    };
  }

  private boolean unknownModel() {
    return message.contains("model identifier is invalid")
        || message.contains("model ID is invalid");
  }

  /** In the words of the models' makers, which Bedrock hands on. */
  private boolean tooLong() {
    String said = message.toLowerCase(Locale.ROOT);
    return TOO_LONG.stream().anyMatch(said::contains);
  }
}
