package dev.serai.adapters.dialects.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers say of an account that is empty or blocked, and of their rate limits. */
class AccountFaultTest {
  private static final Destination MODEL =
      new Destination(
          new ProviderProfile(
              "p", "openai", Optional.empty(), Optional.empty(), Set.of(), List.of()),
          "m",
          Optional.empty());

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          400 | Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing
          400 | litellm.BadRequestError: AnthropicException - Your credit balance is too low to access
          400 | You have reached your specified API usage limits. You will regain access on 2026-04-01
          400 | You have reached your specified workspace API usage limits. You will regain access on
          400 | This organization has been disabled.
          400 | Billing hard limit has been reached
          429 | Your account is not active, please check your billing details on our website.
          400 | Organization has been restricted. Please reach out to support if you believe this was
          400 | Access denied, please make sure your account is in good standing.
          400 | Please enable billing on your project in Google AI Studio.
          429 | Your prepayment credits are depleted. Please go to AI Studio to manage your project
          403 | This API method requires billing to be enabled. Please enable billing on project #1
          403 | Your team 16f2 has either used all available credits or reached its monthly spending limit.
          429 | Your team 16f2 has either used all available credits or reached its monthly spending limit.
          429 | Your account org-1 <ak-1> is suspended due to insufficient balance, please recharge
          429 | Insufficient balance or no resource package. Please recharge.
          412 | Account a is suspended, possibly due to reaching the monthly spending limit or failure
          403 | Sorry, your account balance is insufficient
          403 | Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment is required.
          500 | AnthropicException: Your credit balance is too low to access the Anthropic API.
          """)
  void anAccountWithoutCreditIsAFaultOfTheGatewayAndNotOfTheClient(int status, String message) {
    for (ProviderProblem problem :
        List.of(
            ProviderProblems.byStatus(MODEL, status, Headers.NONE, message).build(),
            read(status, "{\"error\":{\"message\":\"" + message + "\"}}"))) {
      assertRefusesAccount(problem);
      assertThat(problem.detail()).as("for the operator").isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, insufficient_quota",
    "429, billing_not_active",
    "400, billing_hard_limit_reached",
    "400, organization_restricted",
    "400, Arrearage",
    "403, AllocationQuota.FreeTierOnly",
    "403, AccountOverdueError",
    "429, exceeded_current_quota_error"
  })
  void aCodeOrTypeIsEnough(int status, String word) {
    assertRefusesAccount(read(status, "{\"error\":{\"message\":\"No.\",\"code\":\"%s\"}}", word));
    assertRefusesAccount(read(status, "{\"error\":{\"message\":\"No.\",\"type\":\"%s\"}}", word));
    byte[] inside =
        "{\"error\":{\"message\":\"No.\",\"code\":\"%s\"}}".formatted(word).getBytes(UTF_8);
    assertRefusesAccount(ErrorReader.inside(MODEL, inside, 0, inside.length));
    assertRefusesAccount(ProviderProblems.byStatus(MODEL, status, word, "No.").build());
  }

  /** Otherwise a client could disable the gateway's keys. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid value: 'Your credit balance is too low'. Supported values are: 'auto'.",
        "Unknown tool: This organization has been disabled.",
        "Invalid value: 'Rate limit reached for'. Supported values are: 'auto'.",
        "Unknown tool: Too many tokens, please wait"
      })
  void aBadRequestThatQuotesSuchWordsIsTheClients(String message) {
    for (int status : List.of(400, 422)) {
      for (ProviderProblem problem :
          List.of(
              ProviderProblems.byStatus(MODEL, status, Headers.NONE, message).build(),
              read(status, "{\"error\":{\"message\":\"" + message + "\"}}"))) {
        assertThat(problem.failureCause()).isEqualTo(FailureCause.REFUSED);
        assertThat(problem.getMessage()).isEqualTo(message);
      }
    }
  }

  /** Any caller may name a model, and a disabled key would disable it for all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The model `invalid_payment_instrument` does not exist",
        "The model `your credit balance is too low` does not exist",
        "Model not found: insufficient credits",
        "No endpoint for please enable billing"
      })
  void anErrorOfAnotherStatusThatQuotesSuchWordsDisablesNoKey(String message) {
    for (int status : List.of(400, 404, 405, 409, 413, 415, 422)) {
      for (ProviderProblem problem :
          List.of(
              ProviderProblems.byStatus(MODEL, status, Headers.NONE, message).build(),
              read(status, "{\"error\":{\"message\":\"" + message + "\"}}"))) {
        assertThat(problem.failureCause())
            .as("%d %s", status, message)
            .isNotEqualTo(FailureCause.CREDENTIALS);
      }
    }
    assertThat(
            ProviderProblems.byStatus(
                    MODEL, 403, Headers.NONE, "No access to the model invalid_payment_instrument")
                .build()
                .getMessage())
        .contains("No access to the model");
  }

  @Test
  void aQuotaOfGeminiThatComesBackIsARateLimit() {
    String message = "You exceeded your current quota, please check your plan and billing details.";
    ProviderProblem problem = read(429, "[{\"error\":{\"code\":429,\"message\":\"%s\"}}]", message);
    assertThat(problem.failureCause()).isEqualTo(FailureCause.RATE_LIMITED);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          503 | Too many tokens, please wait before trying again.
          400 | Too many tokens, please wait before trying again.
          400 | BedrockException: Too many tokens, please wait before trying again.
          503 | BedrockException: Too many tokens, please wait before trying again.
          500 | Too many tokens per day, please wait before trying again.
          503 | Too many requests, please wait before trying again.
          500 | Tokens per minute limit exceeded - too many tokens processed.
          400 | Requests per day limit exceeded - too many requests sent.
          500 | Rate limit reached for gpt-4.1 in organization o on tokens per min (TPM): Limit 1
          500 | This request would exceed your organization's rate limit of 40,000 input tokens per minute
          """)
  void aRateLimitWithAnotherStatusIsNotAPromptThatIsTooLong(int status, String message) {
    for (ProviderProblem problem :
        List.of(
            ProviderProblems.byStatus(MODEL, status, Headers.NONE, message).build(),
            read(status, "{\"error\":{\"message\":\"" + message + "\"}}"),
            read(
                status, "{\"error\":{\"message\":\"%s\",\"code\":\"" + status + "\"}}", message))) {
      assertThat(problem.failureCause()).isEqualTo(FailureCause.RATE_LIMITED);
      assertThat(problem.status()).isEqualTo(429);
      assertThat(problem.type()).isEqualTo("rate_limit_error");
      assertThat(problem.getMessage()).isEqualTo(message);
    }
  }

  @Test
  void aRateLimitWithAnotherStatusKeepsItsWait() {
    Headers headers = new HeaderFields().add("retry-after", "7");
    ProviderProblem problem =
        ProviderProblems.byStatus(MODEL, 503, headers, "Too many tokens, please wait.").build();
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void aTypeOfAnOverloadCanBeARateLimit() {
    String body = "{\"error\":{\"message\":\"No.\",\"code\":\"503\",\"type\":\"%s\"}}";
    ProviderProblem problem = read(503, body, "too_many_tokens_error");
    assertThat(problem.failureCause()).isEqualTo(FailureCause.RATE_LIMITED);
  }

  private static void assertRefusesAccount(ProviderProblem problem) {
    assertThat(problem.failureCause()).isEqualTo(FailureCause.CREDENTIALS);
    assertThat(problem.status()).isEqualTo(502);
    assertThat(problem.getMessage())
        .isEqualTo("The provider 'p' did not accept the gateway's key.");
    assertThat(problem.code()).isEqualTo("external_service_error");
  }

  private static ProviderProblem read(int status, String body, String word) {
    return read(status, body.formatted(word));
  }

  private static ProviderProblem read(int status, String body) {
    return ErrorReader.read(status, Headers.NONE, body.getBytes(UTF_8), MODEL);
  }
}
