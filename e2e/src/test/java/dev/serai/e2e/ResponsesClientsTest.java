package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's clients for JavaScript and Python speaking Responses, unmodified, to a provider that
 * speaks it too and to three that do not.
 */
class ResponsesClientsTest {
  private static final List<String> PROVIDERS =
      List.of("openai", "deepseek", "anthropic", "ollama");

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("DEEPSEEK_API_KEY", RunningGateway.CANARY)
            .with("DEEPSEEK_BASE_URL", provider.url() + "/v1")
            .settings(ClientSettings.PATIENT)
            .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> openAisClientForJavaScriptWorksUnmodified() throws Exception {
    return claims(Scripts.node(gateway, "responses.js"), 14);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> openAisClientForPythonWorksUnmodified() throws Exception {
    return claims(Scripts.python(gateway, "responses.py"), 8);
  }

  private static Stream<DynamicTest> claims(List<String> lines, int each) {
    Stream<DynamicTest> claims =
        lines.stream()
            .map(
                line ->
                    DynamicTest.dynamicTest(
                        line.split(":")[0], () -> assertThat(line).startsWith("ok ")));
    DynamicTest complete =
        DynamicTest.dynamicTest(
            "every claim is answered for every provider",
            () ->
                assertThat(PROVIDERS)
                    .allSatisfy(
                        p ->
                            assertThat(lines.stream().filter(l -> l.split(" ")[1].equals(p)))
                                .hasSizeGreaterThanOrEqualTo(each)));
    DynamicTest asked =
        DynamicTest.dynamicTest(
            "only the provider that speaks it is asked in it",
            () ->
                assertThat(provider.received())
                    .extracting(Received::path)
                    .contains(
                        "/v1/responses", "/v1/chat/completions", "/v1/messages", "/api/chat"));
    return Stream.concat(claims, Stream.of(complete, asked));
  }
}
