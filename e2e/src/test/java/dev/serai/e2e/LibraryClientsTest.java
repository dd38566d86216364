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
 * Clients for JavaScript and Python as their makers publish them, with nothing but the base URL
 * set: each over providers that speak as it does and over others. The scripts in {@code clients/}
 * print a line for each claim.
 */
class LibraryClientsTest {
  private static final List<String> EVERY = List.of("every");
  private static final List<String> MIXED = List.of("openai", "anthropic", "gemini");
  private static final List<String> ALL =
      List.of("openai", "anthropic", "gemini", "bedrock", "ollama");
  private static final List<String> RESPONSES =
      List.of("openai", "deepseek", "anthropic", "gemini", "bedrock", "ollama");

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
            .with("REQUEST_TIMEOUT", "10")
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
  Stream<DynamicTest> openAisClientForJavaScriptSpeaksResponses() throws Exception {
    return inItsOwnWords(Scripts.tests(Scripts.node(gateway, "responses.js"), RESPONSES, 15));
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> openAisClientForPythonSpeaksResponses() throws Exception {
    return inItsOwnWords(Scripts.tests(Scripts.python(gateway, "responses.py"), RESPONSES, 9));
  }

  private static Stream<DynamicTest> inItsOwnWords(Stream<DynamicTest> claims) {
    DynamicTest asked =
        DynamicTest.dynamicTest(
            "only the provider that speaks it is asked in it",
            () ->
                assertThat(provider.received())
                    .extracting(Received::path)
                    .contains(
                        "/v1/responses", "/v1/chat/completions", "/v1/messages", "/api/chat"));
    return Stream.concat(claims, Stream.of(asked));
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> anthropicsClientForJavaScriptWorks() throws Exception {
    List<String> lines = Scripts.node(gateway, "messages.js");
    DynamicTest signed =
        DynamicTest.dynamicTest(
            "what Anthropic signed comes back to it as it was",
            () ->
                assertThat(provider.received("thinking"))
                    .filteredOn(LibraryClientsTest::asksAnthropicAgain)
                    .isNotEmpty()
                    .extracting(Received::toString)
                    .allSatisfy(
                        sent ->
                            assertThat(sent)
                                .contains("EqQBCgIYAhIM1gbcDa9GJwZA2b3h")
                                .doesNotContain("serai1_")));
    return Stream.concat(Scripts.tests(lines, ALL, 20), Stream.of(signed));
  }

  private static boolean asksAnthropicAgain(Received request) {
    return request.path().endsWith("/messages") && request.toString().contains("Again!");
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> anthropicsClientForPythonWorks() throws Exception {
    return Scripts.tests(Scripts.python(gateway, "messages.py"), ALL, 9);
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> geminisClientForJavaScriptWorks() throws Exception {
    return Scripts.tests(Scripts.node(gateway, "gemini.js"), ALL, 9);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> geminisClientForPythonWorks() throws Exception {
    return Scripts.tests(Scripts.python(gateway, "gemini.py"), ALL, 12);
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> theClientsForJavaScriptDoMoreThanChat() throws Exception {
    return Scripts.tests(Scripts.node(gateway, "beside.js"), EVERY, 13);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> theClientsForPythonDoMoreThanChat() throws Exception {
    return Scripts.tests(Scripts.python(gateway, "beside.py"), EVERY, 16);
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> langChainForJavaScriptWorks() throws Exception {
    return Scripts.tests(Scripts.node(gateway, "langchain.js"), MIXED, 15);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> langChainForPythonWorks() throws Exception {
    return Scripts.tests(Scripts.python(gateway, "langchains.py"), MIXED, 18);
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> vercelsAiSdkWorks() throws Exception {
    return Scripts.tests(Scripts.node(gateway, "ai-sdk.js"), MIXED, 24);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> llamaIndexAndLiteLlmWork() throws Exception {
    return Scripts.tests(Scripts.python(gateway, "frameworks", "frameworks.py"), MIXED, 20);
  }
}
