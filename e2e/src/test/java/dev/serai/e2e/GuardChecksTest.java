package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.ScriptedProvider;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards that check a response as a whole: JSON Schemas and routes of the operator. */
class GuardChecksTest {
  private static final String SUFFIX = "-0123456789abcdef0123456789abcdef";
  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: shape, key: shape-0123456789abcdef0123456789abcdef, tenant: shape}
          - {name: asked, key: asked-0123456789abcdef0123456789abcdef, tenant: asked}
      guards:
        json:
          kind: json_schema
          on: output
          tenants: [shape]
          schema: '{"type": "object", "required": ["city"], "additionalProperties": {"type": "string"}}'
        outside:
          kind: route
          on: [input, output]
          tenants: [asked]
          route: check-words
          timeout: 30s
      """;

  private static final String ROUTE =
      """
      - route:
          id: check-words
          from:
            uri: direct:check-words
            steps:
              - choice:
                  when:
                    - expression:
                        simple:
                          expression: ${body} contains 'forbidden'
                      steps:
                        - setProperty:
                            name: serai.guard.block
                            expression:
                              constant:
                                expression: A word is forbidden.
                    - expression:
                        simple:
                          expression: ${body} contains 'broken'
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: broken
      """;

  @TempDir static Path folder;
  private static Served<ScriptedProvider> served;

  @BeforeAll
  static void start() {
    RunningGateway.write(folder.resolve("serai.d/check.camel.yaml"), ROUTE);
    served = Served.byScript(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  private static Caller.Reply post(String key, String path, String body) {
    return served.post(key + SUFFIX, path, body);
  }

  private static Caller.Reply get(String key, String path) {
    return served.get(key + SUFFIX, path);
  }

  private static void play(String... replies) {
    served.provider().play(Stream.of(replies).map(Caller::parse).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, openai", "/v1/chat/completions, anthropic",
    "/v1/messages, openai", "/v1/messages, anthropic"
  })
  void aResponseThatIsNotJsonOfTheSchemaIsAnErrorAndAStreamOfItToo(String surface, String dialect) {
    String good = "{\\\"city\\\":\\\"Bern\\\"}";
    String bad = "{\\\"city\\\":7}";
    for (boolean stream : new boolean[] {false, true}) {
      String request = GuardsTest.request(surface, dialect + "/m", stream, "Hi");
      play(GuardsTest.reply(dialect, stream, bad.substring(0, 5), bad.substring(5)));
      Caller.Reply blocked = post("shape", surface, request);
      GuardsTest.isRefused(blocked, surface, "response_blocked", "json");
      assertThat(blocked.body()).contains("type at '/city'");
      JsonNode usage = get("shape", "/v1/usage/" + blocked.header(GuardsTest.id(surface))).json();
      assertThat(usage.at("/attempts/0/delivered").asBoolean()).as("" + usage).isTrue();
      play(GuardsTest.reply(dialect, stream, good.substring(0, 5), good.substring(5)));
      Caller.Reply passed = post("shape", surface, request);
      assertThat(passed.status()).as(passed.body()).isEqualTo(200);
      assertThat(passed.body()).contains("Bern");
      if (stream) {
        assertThat(passed.body()).containsAnyOf("[DONE]", "message_stop");
      }
    }
  }

  @Test
  void aRouteOfTheOperatorDecidesAndARouteThatFailsIsClosed() {
    String path = "/v1/chat/completions";
    play();
    Caller.Reply input =
        post("asked", path, GuardsTest.request(path, "openai/m", false, "a forbidden word"));
    GuardsTest.isRefused(input, path, "content_blocked", "outside");
    assertThat(input.body()).contains("A word is forbidden.");
    Caller.Reply broken =
        post("asked", path, GuardsTest.request(path, "openai/m", false, "broken"));
    GuardsTest.isRefused(broken, path, "content_not_checkable", "outside");
    assertThat(served.provider().bodies()).isEmpty();
    for (boolean stream : new boolean[] {false, true}) {
      String request = GuardsTest.request(path, "openai/m", stream, "Hi");
      play(GuardsTest.reply("openai", stream, "it is for", "bidden"));
      GuardsTest.isRefused(post("asked", path, request), path, "response_blocked", "outside");
      play(GuardsTest.reply("openai", stream, "it is ", "fine"));
      assertThat(post("asked", path, request).body()).contains("fine");
    }
    assertThat(served.gateway().log()).doesNotContain("forbidden word", "bidden");
  }
}
