package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's clients for JavaScript and Python as they are installed from their registries, with
 * nothing but the base URL set. The scripts in {@code clients/} print a line for each claim.
 */
class ChatClientsTest {
  private static final List<String> PROVIDERS =
      List.of("openai", "anthropic", "ollama", "bedrock", "gemini");

  @TempDir static Path folder;
  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.quick(folder);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> openAisClientForJavaScriptWorksUnmodified() throws Exception {
    return claims("node", Scripts.node(stage.gateway(), "chat.js"), 24);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> openAisClientForPythonWorksUnmodified() throws Exception {
    return claims("python", Scripts.python(stage.gateway(), "chat.py"), 20);
  }

  /** What a claim that leaves a call gives is when it did. */
  private static Stream<DynamicTest> claims(String client, List<String> lines, int each) {
    DynamicTest soon =
        DynamicTest.dynamicTest(
            "the request for a client that has left ends within a second",
            () ->
                assertThat(
                        lines.stream()
                            .map(line -> line.strip().split(" "))
                            .filter(words -> words.length == 4)
                            .map(words -> leftUntilCancelled(client, words))
                            .min(Comparator.naturalOrder()))
                    .hasValueSatisfying(
                        time -> assertThat(time).isLessThan(Duration.ofSeconds(1))));
    return Stream.concat(Scripts.tests(lines, PROVIDERS, each), Stream.of(soon));
  }

  private static Duration leftUntilCancelled(String client, String... words) {
    String model = client + (words[2].equals("abort") ? "--long-stream" : "--hang-before-head");
    Instant left = Instant.ofEpochMilli(Long.parseLong(words[3]));
    return leftUntilCancelled(words[1], model, left);
  }

  /** How long it took until the provider's request ended. */
  private static Duration leftUntilCancelled(String dialect, String model, Instant left) {
    String path =
        switch (dialect) {
          case "anthropic" -> "/v1/messages";
          case "ollama" -> "/api/chat";
          case "gemini" ->
              "/v1beta/models/"
                  + model
                  + (model.endsWith("stream")
                      ? ":streamGenerateContent?alt=sse"
                      : ":generateContent");
          case "bedrock" ->
              "/model/" + model + (model.endsWith("stream") ? "/converse-stream" : "/converse");
          default -> "/v1/chat/completions";
        };
    List<Received> calls =
        stage.provider().received(model).stream().filter(r -> r.path().equals(path)).toList();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().cancelled()).succeedsWithin(Duration.ofSeconds(30));
    return Duration.between(left, calls.getFirst().cancelled().join());
  }
}
