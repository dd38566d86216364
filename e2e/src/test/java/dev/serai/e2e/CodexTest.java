package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * OpenAI's coding agent as it is installed from its registry, told nothing but where Serai is. It
 * speaks only Responses, and asks for tools in ways of its own.
 */
@Tag("needs-node")
class CodexTest {
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

  @ParameterizedTest
  @CsvSource({
    "openai, /v1/responses",
    "deepseek, /v1/chat/completions",
    "anthropic, /v1/messages",
    "ollama, /api/chat"
  })
  void aTaskOfOneStepIsDone(String name, String path) throws Exception {
    provider.forget();
    Path work = Files.createDirectories(folder.resolve(name + "-work"));
    Path home = Files.createDirectories(folder.resolve(name + "-home"));
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "%s/agent"
        model_provider = "serai"

        [model_providers.serai]
        name = "Serai"
        base_url = "%s/v1"
        wire_api = "responses"
        env_key = "SERAI_KEY"
        request_max_retries = 0
        stream_max_retries = 0
        """
            .formatted(name, gateway.url()));
    List<String> said =
        Scripts.run(
            work,
            Map.of("CODEX_HOME", home.toString(), "HOME", home.toString(), "SERAI_KEY", "any"),
            List.of(
                Scripts.npm("codex").resolve("node_modules/.bin/codex").toString(),
                "exec",
                "--skip-git-repo-check",
                "--dangerously-bypass-approvals-and-sandbox",
                "Write the file made.txt."));
    assertThat(work.resolve("made.txt")).as("%s", said).hasContent("made by serai");
    assertThat(String.join("\n", said)).contains("Done: made.txt is there.");
    List<Received> asked =
        provider.received().stream().filter(r -> r.model().equals("agent")).toList();
    assertThat(asked).hasSizeGreaterThanOrEqualTo(2).extracting(Received::path).containsOnly(path);
  }
}
