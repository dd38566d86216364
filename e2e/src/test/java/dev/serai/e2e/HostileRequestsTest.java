package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests meant to cost, to confuse or to get out of their place, on every surface there is. */
class HostileRequestsTest {
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final String CHAT = "/v1/chat/completions";

  /** Operations that are forwarded: a body is optional and need not name a model. */
  static final List<String> HANDED_ON =
      List.of(
          "/v1/moderations",
          "/v1/rerank",
          "/v1/images/generations",
          "/v1/audio/speech",
          "/v1/batches");

  /** What is read. */
  static final List<String> READ =
      List.of(
          CHAT,
          "/v1/completions",
          "/v1/responses",
          "/v1/embeddings",
          "/v1/messages",
          "/v1/messages/count_tokens",
          "/v1beta/models/openai%2Ftext:generateContent",
          "/v1beta/models/openai%2Ftext:streamGenerateContent",
          "/v1beta/models/openai%2Ftext:countTokens",
          "/v1/models/openai%2Ftext:generateContent",
          "/api/chat",
          "/api/generate",
          "/api/embed",
          "/api/embeddings",
          "/api/show");

  /** Every path that takes JSON. */
  static final List<String> SURFACES = Stream.concat(READ.stream(), HANDED_ON.stream()).toList();

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway = RunningGateway.in(folder).providersAt(provider.url()).start();
    caller = new Caller(gateway.url());
    caller.warmUp();
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    provider.close();
  }

  @BeforeEach
  void forget() {
    provider.forget();
  }

  private static final Map<String, byte[]> BOMBS = bombs();

  private static Map<String, byte[]> bombs() {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    bombs.put("a million arrays", "[".repeat(1_000_000).getBytes(UTF_8));
    bombs.put("objects without end", "{\"a\":".repeat(200_000).getBytes(UTF_8));
    bombs.put("65 levels", inside("[".repeat(64) + "]".repeat(64)));
    bombs.put("a hundred thousand members", many(100_000));
    bombs.put("names with one hash", colliding());
    bombs.put(
        "a string without end", ("{\"model\":\"" + "\\u0041".repeat(150_000)).getBytes(UTF_8));
    bombs.put("a number without end", ("{\"model\":" + "1".repeat(1_000_000)).getBytes(UTF_8));
    return bombs;
  }

  private static byte[] inside(String value) {
    return ("{\"model\":\"openai/text\",\"messages\":" + value + "}").getBytes(UTF_8);
  }

  private static byte[] many(int members) {
    return IntStream.range(0, members)
        .mapToObj(i -> "\"k" + i + "\":1")
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(UTF_8);
  }

  /** Names of the letters Aa and BB, whose hashes are the same. */
  private static byte[] colliding() {
    return IntStream.range(0, 1 << 14)
        .mapToObj(i -> Integer.toBinaryString(1 << 14 | i).replace("0", "Aa").replace("1", "BB"))
        .map(name -> "\"" + name + "\":1")
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(UTF_8);
  }

  static Stream<Arguments> bombsOnEverySurface() {
    return SURFACES.stream().flatMap(p -> BOMBS.keySet().stream().map(name -> arguments(name, p)));
  }

  @ParameterizedTest
  @MethodSource("bombsOnEverySurface")
  void aBombIsRefusedAtOnce(String name, String path) {
    OneOfThree.takesLessThan(
        AT_ONCE,
        run -> {
          Caller.Reply reply = caller.post(path, BOMBS.get(name));
          assertThat(reply.status()).isEqualTo(400);
          Plain.refusal(reply);
          return reply.took();
        });
    assertThat(provider.received()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("SURFACES")
  void aBodyOtherThanAJsonObjectIsRefused(String path) {
    for (String body :
        new String[] {
          "null",
          "[]",
          "\"text\"",
          "{\"model\":\"openai/text\"",
          "{\"model\":\"openai/text\"} {}",
          "{\"model\":\"openai/text\",\"model\":\"openai/other\"}",
          "{\"model\":\"openai/text\",\"\\u006dodel\":\"openai/other\"}",
          "\ufeff{\"model\":\"openai/text\"}",
          "model=openai%2Ftext",
        }) {
      Caller.Reply reply = caller.post(path, body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      Plain.refusal(reply);
    }
    assertThat(provider.received()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("SURFACES")
  void bytesThatAreNotUtf8AreRefused(String path) {
    for (String latin1 :
        new String[] {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00ff"}) {
      String body = "{\"model\":\"openai/text\",\"input\":\"" + latin1 + "\"}";
      Caller.Reply reply = caller.post(path, body.getBytes(ISO_8859_1));
      assertThat(reply.status()).isEqualTo(400);
      Plain.refusal(reply);
    }
    assertThat(provider.received()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("SURFACES")
  void aCompressedBombIsRefusedUnread(String path) throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
      zip.write(new byte[50_000_000]);
    }
    for (String coding : new String[] {"gzip", "deflate", "br", "zstd", "gzip, gzip"}) {
      Caller.Reply reply =
          caller.send(caller.to(path, bomb.toByteArray()).header("content-encoding", coding));
      assertThat(reply.status()).as(coding).isEqualTo(415);
      Plain.refusal(reply);
    }
  }

  /** What is asked for stands in many a refusal. */
  @ParameterizedTest
  @FieldSource("READ")
  void aRefusalStaysSmallWhateverIsAskedFor(String path) {
    for (String name :
        new String[] {
          "x".repeat(100_000),
          "nobody/" + "x".repeat(500),
          "nobody/" + "\\\"".repeat(500),
          "nobody/" + "\\ud83d\\ude00".repeat(250),
          "nobody/</script>\\u2028",
          "nobody/a\\r\\nb",
          "",
          "/",
        }) {
      String body = "{\"model\":\"" + name + "\",\"messages\":[],\"input\":\"a\",\"stream\":false}";
      Caller.Reply reply =
          caller.post(path.replace("openai%2Ftext", "nobody%2F" + "%22".repeat(500)), body);
      assertThat(reply.status()).as(reply.body()).isBetween(400, 499);
      Plain.refusal(reply);
    }
    assertThat(provider.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/nowhere",
        "/v1/responses/",
        "/v1/models/",
        "/v1/usage/",
        "/v1/files/x?provider=",
        "/v1/usage?from=",
        "/v1beta/models/",
        "/docs/",
        "/api/"
      })
  void aRefusalStaysSmallWhateverThePathSays(String path) {
    Caller.Reply reply = caller.get(path + "x".repeat(5_000));
    assertThat(reply.status()).isBetween(400, 499);
    Plain.refusal(reply);
  }

  /** As a whole number it has a billion digits. */
  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini", "ollama", "bedrock"})
  void aNumberThatIsABombCostsNothing(String p) {
    String sound = Caller.body(p + "/text", false).replaceFirst("\\}$", ",");
    for (String field :
        new String[] {"max_tokens", "temperature", "top_p", "seed", "n", "top_logprobs", "extra"}) {
      for (String number : new String[] {"1e999999999", "-1e-999999999", "9".repeat(900)}) {
        OneOfThree.takesLessThan(
            AT_ONCE,
            run -> {
              Caller.Reply reply = caller.post(sound + '"' + field + "\":" + number + "}");
              assertThat(reply.status()).as("%s %s", field, number).isLessThan(500);
              return reply.took();
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini", "ollama", "bedrock"})
  void aCallersOwnCredentialsGoNoFurther(String p) {
    Caller.Reply reply =
        caller.send(
            caller
                .to(CHAT + "?key=planted&api_key=planted", body(p))
                .header("authorization", "Bearer planted")
                .header("x-api-key", "planted")
                .header("api-key", "planted")
                .header("x-goog-api-key", "planted")
                .header("cookie", "session=planted")
                .header("x-amz-security-token", "planted"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.headers().toString()).doesNotContain("planted");
    assertThat(provider.received())
        .isNotEmpty()
        .allSatisfy(sent -> assertThat(sent.toString()).doesNotContain("planted"));
    assertThat(gateway.log()).doesNotContain("planted");
  }

  private static byte[] body(String p) {
    return Caller.body(p + "/text", false).getBytes(UTF_8);
  }

  /** No answer names an origin, so no browser shows it to a page from elsewhere. */
  @ParameterizedTest
  @FieldSource("SURFACES")
  void aPageOfAnotherSiteIsAllowedNothing(String path) {
    HttpRequest.Builder asked =
        caller
            .to(path, body("openai"))
            .header("origin", "https://evil.example")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type");
    for (String method : new String[] {"OPTIONS", "POST"}) {
      Caller.Reply reply =
          caller.send(asked.copy().method(method, BodyPublishers.ofByteArray(body("openai"))));
      assertThat(reply.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/docs.js", "/openapi.json"})
  void aPageLoadsNothingFromElsewhereAndStandsInNoFrame(String path) {
    Caller.Reply page = caller.get(path);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self';")
        .contains("frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "*", "http");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini", "ollama", "bedrock", "persona"})
  void aModelsNameGetsIntoNoHeaderAndNoOtherPath(String p) {
    for (String name :
        new String[] {
          "a\\r\\nSet-Cookie: b=c",
          "a\\nb",
          "a\\u0000b",
          "a HTTP/1.1",
          "../../v1/files",
          "a?b#c",
          "a%0d%0ab"
        }) {
      provider.forget();
      Caller.Reply reply = caller.post(Caller.body(p + "/" + name, false));
      assertThat(reply.status()).as("%s %s", name, reply.body()).isLessThan(500);
      assertThat(reply.header("set-cookie")).isEmpty();
      for (Received sent : provider.received()) {
        assertThat(sent.headers()).doesNotContainKey("set-cookie");
        assertThat(sent.path()).doesNotContain("../", "?b", " ");
      }
    }
  }
}
