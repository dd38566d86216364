package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Paths, queries and names of models that are wrong get an error in the form of the API that they
 * belong to.
 */
class RefusedAddressesTest {
  /** Where each API has the message of an error. */
  private static final Map<String, String> MESSAGE =
      Map.of(
          "openai", "/error/message",
          "anthropic", "/error/message",
          "gemini", "/error/message",
          "ollama", "/error",
          "coded", "/detail",
          "plain", "/detail");

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway = RunningGateway.in(folder).providersAt(provider.url()).start();
    caller = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    provider.close();
  }

  private static Caller.Reply get(String path) {
    return caller.send("GET", path, "", "");
  }

  private static void refused(Caller.Reply reply, int status, String form) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    JsonNode json = reply.json();
    assertThat(json.at(MESSAGE.get(form)).isTextual()).as(reply.body()).isTrue();
    assertThat(json.has("request_id")).as(reply.body()).isEqualTo(form.equals("anthropic"));
    assertThat(json.at("/error/status").isTextual()).isEqualTo(form.equals("gemini"));
    assertThat(json.at("/error/code").isTextual()).isEqualTo(form.equals("openai"));
    assertThat(json.at("/error").isMissingNode()).isEqualTo(form.equals("plain"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/memory/ns",
        "/v1/sessions",
        "/v1/usage",
        "/v1/usage/summary",
        "/v1/audit",
        "/v1/keys",
        "/v1/tenants",
        "/v1/users",
        "/v1/experiments",
        "/v1/feedback",
        "/admin/keys",
        "/admin/audit",
        "/api/v1/sessions",
        "/v1/roles",
        "/v1/budgets",
        "/admin/credentials"
      })
  void aLimitOfAListIsANumberThatThePathAllows(String path) {
    String form = form(path);
    for (String limit : List.of("0", "-1", "abc", "1000001", "", "1&limit=2")) {
      refused(get(path + "?limit=" + limit), 400, form);
    }
  }

  private static String form(String path) {
    return path.startsWith("/api/v1")
        ? "plain"
        : path.startsWith("/admin") || path.startsWith("/v1/memory") ? "coded" : "openai";
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/memory/ns?cursor=, zzz",
    "/v1/memory/ns?cursor=, bnM",
    "/v1/memory/ns?cursor=, b3RoZXIva2V5",
    "/v1/memory/ns?prefix=a&cursor=, bnMvYg",
    "/v1/sessions?after=, sess_none",
    "/api/v1/sessions?after=, sess_none",
    "/v1/audit?before=, x",
    "/admin/audit?before=, -1",
    "/v1/keys?after=, key_none",
    "/admin/keys?after=, key_none",
    "/v1/tenants?after=, none",
    "/v1/users?after=, user_none",
    "/v1/experiments?after=, exp_none",
    "/v1/feedback?after=, 999999999",
    "/v1/feedback?after=, x",
    "/v1/organization/costs?start_time=1&page=, page_x"
  })
  void aPageAfterWhatIsNotInTheListIsRefused(String path, String cursor) {
    refused(get(path + cursor), 400, form(path));
    refused(get(path), 400, form(path));
  }

  @Test
  void theListOfModelsHasOnePageForEachClient() {
    String anthropic = "anthropic-version";
    refused(with("/v1/models?limit=0", anthropic), 400, "anthropic");
    refused(with("/v1/models?after_id=x", anthropic), 400, "anthropic");
    refused(with("/v1/models?before_id=x", anthropic), 400, "anthropic");
    assertThat(with("/v1/models?limit=20", anthropic).status()).isEqualTo(200);
    refused(get("/v1beta/models?pageToken=x"), 400, "gemini");
    refused(get("/v1beta/models?pageSize=x"), 400, "gemini");
    refused(with("/v1/models?pageToken=x", "x-goog-api-client"), 400, "gemini");
    assertThat(get("/v1beta/models?pageSize=50&pageToken=").status()).isEqualTo(200);
  }

  private static Caller.Reply with(String path, String header) {
    return caller.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .timeout(Duration.ofSeconds(20))
            .header(header, "2023-06-01"));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1//chat/completions, openai",
    "/v1/messages//x, anthropic",
    "/v1beta//models, gemini",
    "/v1/models//x:generateContent, gemini",
    "/api//tags, ollama",
    "/api/v1//sessions, plain",
    "/admin//keys, coded",
    "/v1/memory/a//b, coded",
    "/v1/memory//models/x:countTokens, coded"
  })
  void anEmptySegmentOfAPathIsRefusedInTheFormOfItsApi(String path, String form) {
    Caller.Reply reply = get(path);
    refused(reply, 400, form);
    assertThat(reply.body()).contains("two slashes in a row");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/memory/a/%2e/b, coded",
    "/v1/memory/a/%41, coded",
    "/api/./tags, ollama",
    "/v1/messages/..;/x, anthropic"
  })
  void aPathThatIsNotCanonicalIsRefusedInTheFormOfItsApi(String path, String form) {
    refused(get(path), 400, form);
  }

  @ParameterizedTest
  @CsvSource({
    "/anthropic/v1/messages, anthropic",
    "/messages, anthropic",
    "/v1/messages/batches, anthropic",
    "/v1alpha/models/x:generateContent, gemini",
    "/genai/v1beta/models/x:embedContent, gemini",
    "/v1beta/openai/chat/completions, openai",
    "/api/pull, ollama",
    "/api/v1/chat/completions, plain",
    "/admin/nothing, coded",
    "/key/info, openai"
  })
  void anUnknownPathIsRefusedInTheFormOfTheApiThatItIsMeantFor(String path, String form) {
    refused(get(path), 404, form);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, openai",
    "/v1/completions, openai",
    "/v1/responses, openai",
    "/v1/embeddings, openai",
    "/v1/images/generations, openai",
    "/v1/audio/speech, openai",
    "/v1/moderations, openai",
    "/v1/rerank, openai",
    "/v1/messages, anthropic",
    "/v1/messages/count_tokens, anthropic",
    "/api/chat, ollama",
    "/api/generate, ollama",
    "/api/embed, ollama",
    "/api/embeddings, ollama",
    "/v1/ask, coded"
  })
  void whiteSpaceAroundTheNameOfAModelIsNamedByEachApi(String path, String form) {
    for (String name : List.of(" gpt-4o ", "gpt-4o\\n", "\\tgpt-4o", "gpt-4o\\u00a0")) {
      String body =
          "{\"model\":\""
              + name
              + "\",\"max_tokens\":5,\"input\":\"x\",\"prompt\":\"x\",\"query\":\"x\","
              + "\"documents\":[\"x\"],\"voice\":\"x\","
              + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
      Caller.Reply reply = caller.send("POST", path, "", body);
      refused(reply, form.equals("coded") ? 422 : 400, form);
      assertThat(reply.body()).contains("remove the white space before or after 'gpt-4o'");
    }
  }

  @Test
  void aNameWithWhiteSpaceInsideIsNotSentToAProvider() {
    for (String name : List.of("openai/ gpt-4o", "openai /gpt-4o", "openai:gpt-4o")) {
      String body =
          "{\"model\":\"" + name + "\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
      Caller.Reply reply = caller.send("POST", "/v1/chat/completions", "", body);
      refused(reply, 404, "openai");
      assertThat(reply.body()).contains("Did you mean 'openai/gpt-4o'?");
    }
    Caller.Reply gemini =
        caller.send("POST", "/v1beta/models/%20gpt-4o:generateContent", "", "{\"contents\":[]}");
    refused(gemini, 400, "gemini");
    assertThat(gemini.body()).contains("before or after 'gpt-4o'");
  }
}
