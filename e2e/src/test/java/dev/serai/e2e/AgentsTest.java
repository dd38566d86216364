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
 * Coding agents as they are installed from their registry, told nothing but where Serai is. Each
 * does a task of one step: its model has it write a file, over providers that speak as the agent
 * does and over others.
 */
@Tag("needs-node")
class AgentsTest {
  private static final String TASK = "Write the file made.txt.";

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

  /** It speaks only Responses, and asks for tools in ways of its own. */
  @ParameterizedTest
  @CsvSource({
    "openai, /v1/responses",
    "deepseek, /v1/chat/completions",
    "anthropic, /v1/messages",
    "gemini, /v1beta/models/agent:streamGenerateContent?alt=sse",
    "ollama, /api/chat"
  })
  void codexDoesATask(String name, String path, @TempDir Path work, @TempDir Path home)
      throws Exception {
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
    does(
        work,
        Map.of("CODEX_HOME", home.toString(), "HOME", home.toString(), "SERAI_KEY", "any"),
        List.of(
            program("node_modules/.bin/codex"),
            "exec",
            "--skip-git-repo-check",
            "--dangerously-bypass-approvals-and-sandbox",
            TASK),
        path);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, /v1/messages?beta=true",
    "openai, /v1/chat/completions",
    "gemini, /v1beta/models/agent:streamGenerateContent?alt=sse"
  })
  void claudeCodeDoesATask(String name, String path, @TempDir Path work, @TempDir Path home)
      throws Exception {
    does(
        work,
        Map.of(
            "HOME",
            home.toString(),
            "ANTHROPIC_BASE_URL",
            gateway.url(),
            "ANTHROPIC_AUTH_TOKEN",
            "a-caller",
            "ANTHROPIC_MODEL",
            name + "/agent",
            "ANTHROPIC_DEFAULT_HAIKU_MODEL",
            name + "/agent",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
            "1",
            "DISABLE_AUTOUPDATER",
            "1"),
        List.of(
            "node",
            program("node_modules/@anthropic-ai/claude-code/cli.js"),
            "-p",
            TASK,
            "--allowedTools",
            "Bash"),
        path);
  }

  /** It speaks what its provider's package speaks: here chat completions and messages. */
  @ParameterizedTest
  @Tag("needs-linux-x64")
  @CsvSource({
    "openai-compatible, openai, /v1/chat/completions",
    "openai-compatible, anthropic, /v1/messages",
    "anthropic, openai, /v1/chat/completions"
  })
  void opencodeDoesATask(
      String spoken, String name, String path, @TempDir Path work, @TempDir Path home)
      throws Exception {
    Files.writeString(
        work.resolve("opencode.json"),
        """
        {
          "share": "disabled",
          "autoupdate": false,
          "permission": "allow",
          "provider": {
            "serai": {
              "npm": "@ai-sdk/%s",
              "options": {"baseURL": "%s/v1", "apiKey": "a-caller"},
              "models": {"%s/agent": {"name": "An agent's"}}
            }
          }
        }
        """
            .formatted(spoken, gateway.url(), name));
    does(
        work,
        Map.of("HOME", home.toString(), "OPENCODE_DISABLE_MODELS_FETCH", "1"),
        List.of(
            program("node_modules/opencode-linux-x64/bin/opencode"),
            "run",
            "--print-logs",
            "--log-level",
            "ERROR",
            "--model",
            "serai/" + name + "/agent",
            TASK),
        path);
  }

  private static String program(String path) throws Exception {
    return Scripts.npm("agents").resolve(path).toString();
  }

  private static void does(
      Path work, Map<String, String> environment, List<String> command, String path)
      throws Exception {
    provider.forget();
    List<String> said = Scripts.run(work, environment, command);
    assertThat(work.resolve("made.txt")).as("%s", said).hasContent("made by serai");
    assertThat(String.join("\n", said)).contains("Done: made.txt is there.");
    List<Received> asked =
        provider.received().stream()
            .filter(r -> r.model().equals("agent") && !r.path().endsWith("/count_tokens"))
            .toList();
    assertThat(asked).hasSizeGreaterThanOrEqualTo(2).extracting(Received::path).containsOnly(path);
  }
}
