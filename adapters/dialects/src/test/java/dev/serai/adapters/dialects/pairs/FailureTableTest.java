package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.surface.Surface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Errors of vendors, and their translation: the cause, and the errors that OpenAI and Anthropic
 * clients receive. For non-streaming replies, and for streams that began well.
 */
class FailureTableTest {
  private static final HeaderFields JSON =
      new HeaderFields().add("content-type", "application/json");

  private static void assertSeen(
      ProviderProblem problem, FailureCause cause, int openai, String claude) {
    assertThat(problem.failureCause()).isEqualTo(cause);
    Surface chat = Client.OPENAI.surface();
    assertThat(chat.status(problem)).isEqualTo(openai);
    Surface messages = Client.ANTHROPIC.surface();
    JsonNode told = StrictJson.tree(messages.writeProblem(problem, "req-1"));
    assertThat(messages.status(problem) + " " + told.at("/error/type").asText()).isEqualTo(claude);
  }

  /** By AWS's documentation of Converse and ConverseStream, and common errors of its services. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          429 | ThrottlingException             | Too many tokens, please wait.  | RATE_LIMITED | 429 | 429 rate_limit_error
          400 | ServiceQuotaExceededException   | Your quota is exceeded.        | RATE_LIMITED | 429 | 429 rate_limit_error
          503 | ThrottlingException             | Slow down.                     | RATE_LIMITED | 429 | 429 rate_limit_error
          503 | ServiceUnavailableException     | Bedrock is unable to process.  | OVERLOADED   | 503 | 529 overloaded_error
          429 | ModelNotReadyException          | Model is not ready.            | OVERLOADED   | 503 | 529 overloaded_error
          408 | ModelTimeoutException           | The request took too long.     | OVERLOADED   | 504 | 504 timeout_error
          424 | ModelErrorException             | The model failed.              | OVERLOADED   | 500 | 500 api_error
          500 | InternalServerException         | Try again.                     | OVERLOADED   | 500 | 500 api_error
          400 | ValidationException             | max_tokens is too high.        | REFUSED      | 400 | 400 invalid_request_error
          400 | ValidationException             | The provided model identifier is invalid. | REFUSED | 404 | 404 not_found_error
          404 | ResourceNotFoundException       | Could not resolve the model.   | REFUSED      | 404 | 404 not_found_error
          403 | AccessDeniedException           | You have no access to it.      | CREDENTIALS  | 502 | 502 api_error
          403 | AccessDeniedException           | You don't have access to the model with the specified model ID. | FORBIDDEN | 403 | 403 permission_error
          403 | AccessDeniedException           | Access to Anthropic models is not allowed from unsupported countries, regions, or territories. | FORBIDDEN | 403 | 403 permission_error
          403 | AccessDeniedException           | User is not authorized to perform: bedrock:InvokeModel on the model. | CREDENTIALS | 502 | 502 api_error
          403 | AccessDeniedException           | User: arn:aws:iam::1:user/a is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2 because no policy allows it | CREDENTIALS | 502 | 502 api_error
          403 | AccessDeniedException           | Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions. | FORBIDDEN | 403 | 403 permission_error
          400 | ExpiredTokenException           | The token has expired.         | CREDENTIALS  | 502 | 502 api_error
          403 | SignatureDoesNotMatch           | Check your key.                | CREDENTIALS  | 502 | 502 api_error
          """)
  void whatBedrockSays(
      int status, String type, String message, FailureCause cause, int openai, String claude) {
    byte[] body = ("{\"message\":\"" + message + "\"}").getBytes(UTF_8);
    HeaderFields headers =
        new HeaderFields().add("x-amzn-errortype", type + ":http://internal.amazon.com/coral/");
    assertSeen(
        bedrock().readError(status, headers, body, target(bedrock())), cause, openai, claude);
    byte[] typed =
        ("{\"__type\":\"com.amazon.coral#" + type + "\",\"message\":\"" + message + "\"}")
            .getBytes(UTF_8);
    assertSeen(bedrock().readError(status, JSON, typed, target(bedrock())), cause, openai, claude);
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException, RATE_LIMITED, 429, 429 rate_limit_error",
    "serviceUnavailableException, OVERLOADED, 503, 529 overloaded_error",
    "internalServerException, OVERLOADED, 500, 500 api_error",
    "modelStreamErrorException, OVERLOADED, 500, 500 api_error",
    "modelTimeoutException, OVERLOADED, 504, 504 timeout_error",
    "validationException, REFUSED, 400, 400 invalid_request_error"
  })
  void whatBedrockSaysInAStream(String type, FailureCause cause, int openai, String claude) {
    String events =
        "event messageStart {\"role\":\"assistant\"}\n"
            + "exception "
            + type
            + " {\"message\":\"It broke.\"}\n";
    ProviderProblem problem = inStream(bedrock(), EventStreamMaker.of(events));
    assertSeen(problem, cause, openai, claude);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          Input is too long for requested model.
          The model returned the following errors: prompt is too long: 215000 tokens > 200000 maximum
          input length and `max_tokens` exceed context limit: 195898 + 8192 > 200000
          This model's maximum context length is 8192 tokens. Please reduce the length of the prompt
          Too many input tokens. Max input tokens: 8192, request input token count: 11494
          Input Tokens Exceeded: Number of input tokens exceeds maximum length.
          """)
  void aPromptThatIsTooLongForAModelOnBedrockIsKnownForIt(String message) {
    byte[] body = ("{\"message\":\"" + message + "\"}").getBytes(UTF_8);
    HeaderFields headers = new HeaderFields().add("x-amzn-errortype", "ValidationException");
    ProviderProblem problem = bedrock().readError(400, headers, body, target(bedrock()));
    assertThat(problem.code()).isEqualTo("context_length_exceeded");
    assertSeen(problem, FailureCause.CONTEXT_WINDOW, 400, "400 invalid_request_error");
    byte[] told = Client.ANTHROPIC.surface().writeProblem(problem, "req-1");
    assertThat(new String(told, UTF_8)).contains("prompt is too long");
  }

  /** By ai.google.dev/gemini-api/docs/troubleshooting and google.rpc.Code. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          403 | PERMISSION_DENIED   | You do not have permission to access the File abc or it may not exist. | FORBIDDEN | 403 | 403 permission_error
          403 | PERMISSION_DENIED   | CachedContent not found (or permission denied)     | FORBIDDEN    | 403 | 403 permission_error
          403 | PERMISSION_DENIED   | Permission denied: Consumer has been suspended.    | CREDENTIALS  | 502 | 502 api_error
          429 | RESOURCE_EXHAUSTED  | You exceeded your current quota.                   | RATE_LIMITED | 429 | 429 rate_limit_error
          503 | UNAVAILABLE         | The model is overloaded. Please try again later.   | OVERLOADED   | 503 | 529 overloaded_error
          500 | INTERNAL            | An internal error has occurred.                    | OVERLOADED   | 500 | 500 api_error
          500 | UNKNOWN             | Unknown.                                           | OVERLOADED   | 500 | 500 api_error
          504 | DEADLINE_EXCEEDED   | The deadline expired.                              | OVERLOADED   | 504 | 504 timeout_error
          499 | CANCELLED           | The operation was cancelled.                       | OVERLOADED   | 500 | 500 api_error
          409 | ABORTED             | The operation was aborted.                         | OVERLOADED   | 500 | 500 api_error
          400 | FAILED_PRECONDITION | User location is not supported for the API use.    | FORBIDDEN    | 403 | 403 permission_error
          400 | FAILED_PRECONDITION | Please enable billing on your project.             | CREDENTIALS  | 502 | 502 api_error
          400 | FAILED_PRECONDITION | The file is not in an ACTIVE state.                | REFUSED      | 400 | 400 invalid_request_error
          400 | INVALID_ARGUMENT    | Invalid value at 'contents'.                       | REFUSED      | 400 | 400 invalid_request_error
          400 | OUT_OF_RANGE        | The temperature is out of range.                   | REFUSED      | 400 | 400 invalid_request_error
          403 | PERMISSION_DENIED   | You have no access to the model models/x.          | FORBIDDEN    | 403 | 403 permission_error
          403 | PERMISSION_DENIED   | Your API key does not have the permission.         | CREDENTIALS  | 502 | 502 api_error
          401 | UNAUTHENTICATED     | Request had invalid credentials.                   | CREDENTIALS  | 502 | 502 api_error
          404 | NOT_FOUND           | The model is not found.                            | REFUSED      | 404 | 404 not_found_error
          """)
  void whatGeminiSays(
      int status, String word, String message, FailureCause cause, int openai, String claude) {
    String error =
        "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"}}"
            .formatted(status, message, word);
    Dialect gemini = new GeminiDialect();
    byte[] body = error.getBytes(UTF_8);
    assertSeen(gemini.readError(status, JSON, body, target(gemini)), cause, openai, claude);
    assertSeen(
        inStream(gemini, ("data: " + error + "\n\n").getBytes(UTF_8)), cause, openai, claude);
  }

  /** By docs.anthropic.com/en/api/errors. */
  @ParameterizedTest
  @CsvSource({
    "529, overloaded_error, OVERLOADED, 503, 529 overloaded_error",
    "503, api_error, OVERLOADED, 503, 529 overloaded_error",
    "429, rate_limit_error, RATE_LIMITED, 429, 429 rate_limit_error",
    "500, api_error, OVERLOADED, 500, 500 api_error",
    "504, timeout_error, OVERLOADED, 504, 504 timeout_error",
    "400, invalid_request_error, REFUSED, 400, 400 invalid_request_error",
    "404, not_found_error, REFUSED, 404, 404 not_found_error",
    "413, request_too_large, REFUSED, 413, 413 request_too_large",
    "401, authentication_error, CREDENTIALS, 502, 502 api_error"
  })
  void whatAnthropicSays(int status, String type, FailureCause cause, int openai, String claude) {
    String error =
        "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"It broke.\"}}";
    Dialect anthropic = new AnthropicDialect();
    assertSeen(
        anthropic.readError(status, JSON, error.getBytes(UTF_8), target(anthropic)),
        cause,
        openai,
        claude);
    if (!type.equals("api_error")) {
      byte[] stream = ("event: error\ndata: " + error + "\n\n").getBytes(UTF_8);
      assertSeen(inStream(anthropic, stream), cause, openai, claude);
    }
  }

  /** By platform.openai.com/docs/guides/error-codes, and what providers of its dialect send. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          Project `proj_1` does not have access to model `m` | model_not_found | FORBIDDEN | 403 | 403 permission_error
          The model `m` is blocked at the organization level. | model_permission_blocked_org | FORBIDDEN | 403 | 403 permission_error
          Country, region, or territory not supported | unsupported_country_region_territory | FORBIDDEN | 403 | 403 permission_error
          This model is not available in your region. | | FORBIDDEN | 403 | 403 permission_error
          You are not allowed to sample from this model | | FORBIDDEN | 403 | 403 permission_error
          This API key cannot use the model m | | FORBIDDEN | 403 | 403 permission_error
          Your API key does not have access to model r200 | | FORBIDDEN | 403 | 403 permission_error
          API key is not permitted to access model r200 | | FORBIDDEN | 403 | 403 permission_error
          The model r200 is not enabled for this API key's project | | FORBIDDEN | 403 | 403 permission_error
          Token is not allowed to use model r200 | | FORBIDDEN | 403 | 403 permission_error
          Team is not authorized to perform inference on this model | | FORBIDDEN | 403 | 403 permission_error
          User location not allowed | | FORBIDDEN | 403 | 403 permission_error
          You have insufficient permissions for this operation. Missing scopes: model.request | | CREDENTIALS | 502 | 502 api_error
          This token cannot be used here | | CREDENTIALS | 502 | 502 api_error
          Your account is not active. | account_deactivated | CREDENTIALS | 502 | 502 api_error
          """)
  void what403MeansInTheDialectOfOpenAi(
      String message, String code, FailureCause cause, int openai, String claude) {
    String error =
        "{\"error\":{\"message\":\"%s\",\"type\":\"x\",\"code\":%s}}"
            .formatted(message, code == null ? "null" : "\"" + code + "\"");
    Dialect dialect = new OpenAiDialect();
    ProviderProblem problem = dialect.readError(403, JSON, error.getBytes(UTF_8), target(dialect));
    assertSeen(problem, cause, openai, claude);
    if (cause == FailureCause.FORBIDDEN) {
      String key = target(dialect).key().orElseThrow();
      assertThat(problem.getMessage()).isEqualTo(message.replace(key, "[removed]"));
    }
  }

  /** An event of an error has no status: its type must do. */
  @Test
  void anOverloadAfterTheFirstTokenIsAnEventOfAnthropicsToItsClients() {
    byte[] events =
        EventStreamMaker.of("exception serviceUnavailableException {\"message\":\"Later.\"}\n");
    ProviderProblem problem = inStream(bedrock(), events);
    byte[] told =
        Client.ANTHROPIC
            .surface()
            .streamWriter(Client.ANTHROPIC.ask("'messages':[{'role':'user','content':'hi'}]", true))
            .write(new ChatEvent.Failed(problem));
    assertThat(new String(told, UTF_8)).contains("event: error", "overloaded_error", "Later.");
  }

  private static Dialect bedrock() {
    return new BedrockDialect();
  }

  private static Destination target(Dialect dialect) {
    return Pair.target(dialect, "acme");
  }

  private static ProviderProblem inStream(Dialect dialect, byte[] stream) {
    ChatStreamDecoder reader =
        dialect.streamReader(
            Client.OPENAI.ask("'messages':[{'role':'user','content':'hi'}]", true),
            target(dialect),
            false);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(stream, events::add);
    reader.end(events::add);
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Failed.class);
    GatewayProblem problem = ((ChatEvent.Failed) events.getLast()).problem();
    assertThat(problem).isInstanceOf(ProviderProblem.class);
    return (ProviderProblem) problem;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          with an explicit deny in a service control policy | FORBIDDEN
          because no identity-based policy allows the bedrock:InvokeModel action | CREDENTIALS
          """)
  void whatAwsDeniesExplicitlyIsNotAboutTheKey(String why, FailureCause cause) {
    String error =
        "{\"message\":\"User: arn:aws:iam::1:user/x is not authorized to perform:"
            + " bedrock:InvokeModel on resource: arn:aws:bedrock:ap-south-1::foundation-model/m-v1 "
            + why
            + "\"}";
    ProviderProblem problem =
        bedrock().readError(403, JSON, error.getBytes(UTF_8), target(bedrock()));
    assertThat(problem.failureCause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "permission_error, Your account does not have access to claude-sonnet-4-5., FORBIDDEN",
    "forbidden, Request not allowed, FORBIDDEN",
    "permission_error, Your API key does not have permission to use the specified resource.,"
        + " CREDENTIALS"
  })
  void anthropicsRefusalOfAModelOrARegionIsNotAboutTheKey(
      String type, String message, FailureCause cause) {
    String error =
        "{\"type\":\"error\",\"error\":{\"type\":\""
            + type
            + "\",\"message\":\""
            + message
            + "\"}}";
    Dialect anthropic = new AnthropicDialect();
    assertThat(
            anthropic.readError(403, JSON, error.getBytes(UTF_8), target(anthropic)).failureCause())
        .isEqualTo(cause);
  }
}
