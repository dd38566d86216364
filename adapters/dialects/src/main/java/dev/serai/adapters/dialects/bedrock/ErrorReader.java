package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;

/**
 * Reads an error of an AWS service. Its type is in the header {@code x-amzn-errortype}, in the
 * body's {@code __type} or in a header of an event stream's message. The type takes precedence over
 * the HTTP status: a throttled call is a rate limit wherever it is reported.
 */
final class ErrorReader {
  /** Stands for an error in a stream of status 200. */
  private static final int STATUS_IN_STREAM = 500;

  private ErrorReader() {}

  /**
   * An error's type and message.
   *
   * @param type without namespace and address; empty if there is none
   */
  private record AwsError(String type, String message) {}

  /** Reads an error reply. A body that does not follow the grammar leaves status and headers. */
  static ProviderProblem read(int status, Headers headers, byte[] body, Destination destination) {
    AwsError error = parse(body, 0, body.length);
    String type =
        headers.first("x-amzn-errortype").map(ErrorReader::plainType).orElse(error.type());
    return problem(new AwsError(type, error.message()), status, headers, destination);
  }

  /** Reads a message of a stream that is an exception or an error. */
  static ProviderProblem readMessage(EventStreamSplitter stream, Destination destination) {
    AwsError error =
        stream.errorMessage().isEmpty()
            ? new AwsError(
                plainType(stream.type()),
                parse(stream.data(), stream.dataStart(), stream.dataEnd()).message())
            : new AwsError(stream.type(), stream.errorMessage());
    return problem(error, STATUS_IN_STREAM, Headers.NONE, destination);
  }

  private static AwsError parse(byte[] data, int from, int to) {
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
          type = plainType(cursor.text());
        } else {
          cursor.skip();
        }
      }
    } catch (MalformedInput e) {
      return new AwsError(type, message);
    }
    return new AwsError(type, message);
  }

  /** {@code com.amazon.coral.service#ThrottlingException:http://...} is a ThrottlingException. */
  private static String plainType(String qualified) {
    int colon = qualified.indexOf(':');
    int end = colon < 0 ? qualified.length() : colon;
    String type = qualified.substring(qualified.lastIndexOf('#', end) + 1, end).strip();
    return type.isEmpty() ? type : Character.toUpperCase(type.charAt(0)) + type.substring(1);
  }

  private static ProviderProblem problem(
      AwsError error, int status, Headers headers, Destination destination) {
    int meant = status(error, status);
    return ProviderProblems.byStatus(destination, meant, headers, error.message()).build();
  }

  /** The status that the runtime API documents for a type, or a more specific one. */
  private static int status(AwsError error, int status) {
    return switch (error.type()) {
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
      case "ValidationException" -> isUnknownModel(error.message()) ? 404 : 400;
      case "ResourceNotFoundException" -> 404;
      case "ModelTimeoutException" -> 504;
      // ModelNotReadyException has status 429, but it is not a rate limit: the model is loading.
      case "ModelNotReadyException", "ServiceUnavailableException", "ServiceUnavailable" -> 503;
      case "ModelErrorException",
          "ModelStreamErrorException",
          "InternalServerException",
          "InternalFailure" ->
          500;
      default -> status == 424 ? 500 : status;
    };
  }

  private static boolean isUnknownModel(String message) {
    return message.contains("model identifier is invalid")
        || message.contains("model ID is invalid");
  }
}
