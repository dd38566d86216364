package dev.serai.adapters.dialects.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.serai.core.dialect.Destination;
import dev.serai.core.provider.ProviderProfile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider says about an error reaches clients without secrets and without its inside. */
class MessageRedactionTest {
  private static final String KEY = "secret-key-1/of+the=gateway";
  private static final String OTHER_KEY = "other-Key-2-of-the-rotation";
  private static final String FIELD = "CANARY0123456789";
  private static final Destination DESTINATION =
      new Destination(
          new ProviderProfile(
              "p",
              "openai",
              Optional.of("http://p.test"),
              Optional.of("K"),
              Set.of(),
              List.of(),
              Optional.empty(),
              Map.of("x-route", "Basic route-field-01")),
          "m",
          Optional.of(KEY),
          () -> List.of(OTHER_KEY, FIELD, "Bearer of-the-alias-77", "on"));

  private static String of(String message) {
    return MessageRedaction.of(message, DESTINATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "See https://platform.openai.com/docs/guides/error-codes/api-errors.",
        "You can find your API key at https://platform.openai.com/account/api-keys.",
        "Visit https://console.groq.com/settings/billing, or wait.",
        "Buy credits (https://openrouter.ai/settings/credits)",
        "For further information visit https://errors.pydantic.dev/2.5/v/missing",
        "https://ai.google.dev/gemini-api/docs/rate-limits#free-tier",
        "Docs: https://docs.anthropic.com/en/api/errors and https://support.anthropic.com/."
      })
  void publicPagesOfVendorsStay(String message) {
    assertThat(of(message)).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://llm-7.corp.example/docs/errors",
        "http://platform.openai.com/docs",
        "https://platform.openai.com.evil.example/docs",
        "https://platform.openai.com@evil.example/docs",
        "https://user:pass@platform.openai.com/docs",
        "https://platform.openai.com:8443/docs",
        "https://platform.openai.com/docs?token=abc",
        "https://platform.openai.com/docs#id=abc",
        "https://platform.openai.com/organization/org-a1B2c3D4e5F6g7",
        "https://platform.openai.com/3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "https://platform.openai.com/%2e%2e/docs",
        "https://files.openai.com/docs",
        "x.https://platform.openai.com/docs"
      })
  void allOtherUrlsAreRemovedAlsoBesideOneThatStays(String url) {
    String page = "https://platform.openai.com/docs";
    assertThat(of("See " + url + " or " + page)).endsWith("[removed] or " + page);
    assertThat(of("See " + page + " or " + url + ".")).startsWith("See " + page + " or ");
    assertThat(of("See " + url)).doesNotContain("://", "evil", "abc", "corp", "a1B2");
  }

  @Test
  void aSecretInAPublicPageIsRemoved() {
    assertThat(of("https://platform.openai.com/" + FIELD)).doesNotContain(FIELD);
    assertThat(of("bearer https://openai.com/a https://openai.com/b"))
        .isEqualTo("[removed] https://openai.com/b");
    assertThat(of("a \uE000 \uE001 https://openai.com/b")).isEqualTo("a   https://openai.com/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rate_limit_exceeded", "Throttling.RateQuota", "model-not-found", "An argument"})
  void aWordIsForwarded(String code) {
    assertThat(MessageRedaction.word(code, DESTINATION)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FIELD,
        OTHER_KEY,
        "sk-abcdefgh",
        "Bearer sk-abcdefgh",
        "a:b",
        "",
        "a\nb",
        "com.foo.BarException",
        "java.lang.NullPointerException"
      })
  void anythingElseIsNot(String code) {
    assertThat(MessageRedaction.word(code, DESTINATION)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        OTHER_KEY,
        FIELD,
        "Bearer of-the-alias-77",
        "of-the-alias-77",
        "route-field-01"
      })
  void noSecretThatIsSentToTheProviderIsShownInAnyForm(String secret) {
    assertThat(of("bad header " + secret + " here")).isEqualTo("bad header [removed] here");
    assertThat(of("bad " + URLEncoder.encode(secret, StandardCharsets.UTF_8) + " here"))
        .isEqualTo("bad [removed] here");
    for (String before : List.of("", "u", "u:", "user:")) {
      byte[] pair = (before + secret + "!").getBytes(StandardCharsets.UTF_8);
      String shown = of("bad " + Base64.getEncoder().encodeToString(pair) + " here");
      assertThat(shown).contains("[removed]");
      assertThat(shown.replaceAll("bad |\\[removed]| here", "")).hasSizeLessThan(12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "key"})
  void aShortKeyIsRemovedOnlyWhereItIsAWord(String key) {
    Destination shortKey =
        new Destination(DESTINATION.provider(), "m", Optional.of(key), () -> List.of());
    assertThat(MessageRedaction.of("blocked monkeys: " + key + ", '" + key + "'", shortKey))
        .isEqualTo("blocked monkeys: [removed], '[removed]'");
  }

  @Test
  void noPartOfASecretIsShownWhereverTheMessageIsCut() {
    for (int size : List.of(480, 1_980, 16_360)) {
      for (int more = 0; more < 60; more++) {
        for (String filler : List.of("x", "x ")) {
          String text = "https://" + filler.repeat((size + more) / filler.length()) + " " + KEY;
          assertThat(of(text + " and more text " + "y".repeat(100))).doesNotContain("secret");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Errno 2] No such file or directory: '/srv/models/INSIDE/config.json'",
        "cannot open \"/var/lib/INSIDE/secret.bin\"",
        "path=/opt/INSIDE/.config/x.json",
        "error:/opt/INSIDE/x",
        "open (~/INSIDE/models/x.bin)",
        "cannot read C:\\INSIDE\\x.bin",
        "cannot read C:/models/INSIDE.bin",
        "cannot read \\\\files\\INSIDE\\x.bin",
        "HTTPConnectionPool(host='INSIDE-backend', port=8000): Max retries exceeded",
        "lookup INSIDE-backend:8000",
        "dial tcp: lookup INSIDE-backend on 10.0.0.2:53: no such host",
        "getaddrinfo ENOTFOUND INSIDE",
        "Could not resolve host: INSIDE",
        "java.net.UnknownHostException: INSIDE",
        "upstream INSIDE.gpu:8080 failed",
        "connect to INSIDE.cluster.corp failed",
        "connect to [fd00:12::3]:8080 failed: INSIDE.go:12",
        "connect to fe80::1ff:fe23:4567:890a failed: INSIDE.py:12",
        "org.springframework.web.client.INSIDEException: I/O error",
        "org.springframework.web.INSIDE: I/O error",
        "litellm.INSIDEError: x",
        "java.lang.NullPointerException at com.foo.INSIDE(INSIDE.java:10)",
        "at com.foo.INSIDE.run(INSIDE.java:10)"
      })
  void filesHostsAndClassesOfTheProviderAreNotShown(String text) {
    assertThat(of(text))
        .contains("[removed]")
        .doesNotContain("INSIDE", "fd00", "fe80", "890a", "com.foo", "NullPointer", "8000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The model `gpt-5-nano-2` does not exist or you do not have access to it.",
        "Unsupported value: 'temperature' does not support 0.2 with this model.",
        "Invalid type for 'messages[0].content': expected one of a string or array of objects.",
        "Missing required parameter: 'tools[0].function.name'.",
        "Invalid value: 'tool'. Supported values are: 'system', 'assistant', and 'user'.",
        "This model's maximum context length is 8192 tokens. However, your messages resulted in"
            + " 9001 tokens.",
        "Invalid URL (POST /v1/chat/completions)",
        "This is a chat model. Did you mean to use v1/completions?",
        "Rate limit reached for gpt-4o in organization org-abc on tokens per min (TPM): Limit"
            + " 30000, Used 29000, Requested 2000. Please try again in 2s.",
        "max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens",
        "max_tokens:100000 and context_length:32768 and status:404 and code:4290",
        "messages.0.content.1.image.source.base64.data: At least one of the image dimensions is 0",
        "tools.0.function: Field required",
        "messages: roles must alternate between \"user\" and \"assistant\"",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "meta-llama/Llama-3.3-70B-Instruct is not a valid model ID",
        "No endpoints found for anthropic/claude-3.5-sonnet:beta",
        "model \"llama3.1:70b-instruct-q4_0\" not found, try pulling it first",
        "accounts/fireworks/models/llama-v3p1-8b-instruct is not deployed",
        "Model amazon.nova-lite-v1:0 is not supported for on-demand throughput",
        "ValidationException: The model returned the following errors: required key [max_tokens]"
            + " not found",
        "ThrottlingException: Too many tokens, please wait before trying again.",
        "models/gemini-9-pro is not found for API version v1beta, or is not supported for"
            + " generateContent.",
        "Invalid JSON payload received. Unknown name \"foo\" at 'contents[0].parts[0]': Cannot"
            + " find field.",
        "* GenerateContentRequest.contents: contents is not specified",
        "Invalid value at 'generation_config.max_output_tokens' (TYPE_INT32), \"x\"",
        "Unsupported MIME type: image/svg+xml; use image/png, image/* or application/pdf",
        "Invalid schema for function 'f': In context=('properties', 'a'), 'type' is not given.",
        "#/properties/name/type: must be one of string/null",
        "Expected 1/2 or and/or at 12:30:45 on 2026-11-30T10:20:30Z",
        "string does not match pattern. Expected a string that matches '^[a-zA-Z0-9_-]+$'.",
        "Ключ не найден: наберите ещё раз \uD83D\uDE00"
      })
  void anOrdinaryMessageIsShownAsItIs(String text) {
    assertThat(of(text)).isEqualTo(text);
  }

  @Test
  void noCharacterChangesTheDirectionOfTextOrIsHalfOfAPair() {
    assertThat(of("a\u202Eb\u2066c\uFEFF d\uD800e\u0085f\u2028g\uD83D\uDE00"))
        .isEqualTo("abc d e f g\uD83D\uDE00");
    assertThat(of("x".repeat(499) + "\uD83D\uDE00 y")).isEqualTo("x".repeat(499) + "...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-", "a.", "a/", "/a", "a:", "[a:", "\\\\a", "ab_.", "1:", "~/", " x="})
  void aHugeMessageIsReadInTime(String part) {
    String text = part.repeat(1_000_000 / part.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(of(text)).hasSizeLessThan(504));
  }
}
