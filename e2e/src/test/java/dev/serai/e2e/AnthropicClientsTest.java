package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Anthropic's client for JavaScript and Claude Code as they are installed from the registry, with
 * nothing but the base URL set. The script in {@code clients/anthropic} prints a line for each
 * claim.
 */
@Tag("needs-node")
class AnthropicClientsTest {
  private static final Path CLIENTS = Path.of("clients", "anthropic").toAbsolutePath();
  private static final Path HOME = Path.of("target", "clients", "anthropic").toAbsolutePath();
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "claims.js");
  private static final int CLAIMS = 18;

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("REQUEST_TIMEOUT", "10")
            .settings(ClientSettings.PATIENT)
            .start();
    install();
  }

  private static void install() throws Exception {
    Files.createDirectories(HOME);
    boolean installed = Files.isDirectory(HOME.resolve("node_modules/@anthropic-ai/claude-code"));
    for (String file : FILES) {
      Files.write(HOME.resolve(file), Files.readAllBytes(CLIENTS.resolve(file)));
    }
    if (!installed) {
      Programs.run(
          HOME,
          Map.of(),
          "npm",
          "ci",
          "--omit=optional",
          "--ignore-scripts",
          "--no-audit",
          "--no-fund");
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @TestFactory
  Stream<DynamicTest> anthropicsClientForJavaScriptWorksUnmodified() throws Exception {
    List<String> lines =
        Programs.run(HOME, Map.of("SERAI_URL", gateway.url()), "node", "claims.js").stream()
            .filter(Programs::isClaim)
            .toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(3 * CLAIMS);
    return lines.stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.split(":")[0], () -> assertThat(line).startsWith("ok ")));
  }

  /** What a provider of Anthropic's signed comes back to it as it was. */
  @Test
  void aSignatureComesBackToItsProvider() throws Exception {
    Programs.run(HOME, Map.of("SERAI_URL", gateway.url()), "node", "claims.js");
    List<Received> asked =
        provider.received("thinking").stream()
            .filter(r -> r.path().endsWith("/messages") && r.toString().contains("Again!"))
            .toList();
    assertThat(asked).isNotEmpty();
    assertThat(asked)
        .allSatisfy(
            request -> {
              assertThat(request.toString()).contains("EqQBCgIYAhIM1gbcDa9GJwZA2b3h");
              assertThat(request.toString()).doesNotContain("serai1_");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void claudeCodeWritesAFile(String dialect, @TempDir Path work) throws IOException, Exception {
    Path file = work.resolve("note.txt");
    String model = dialect + "/writing-agent";
    Map<String, String> environment =
        Map.of(
            "HOME",
            Files.createDirectories(work.resolve("home")).toString(),
            "ANTHROPIC_BASE_URL",
            gateway.url(),
            "ANTHROPIC_AUTH_TOKEN",
            "a-caller",
            "ANTHROPIC_MODEL",
            model,
            "ANTHROPIC_DEFAULT_HAIKU_MODEL",
            model,
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
            "1",
            "DISABLE_AUTOUPDATER",
            "1");
    List<String> said =
        Programs.run(
            work,
            environment,
            "node",
            HOME.resolve("node_modules/@anthropic-ai/claude-code/cli.js").toString(),
            "-p",
            "Write 'done' to [" + file + "]",
            "--allowedTools",
            "Write");
    assertThat(String.join("\n", said)).contains("The file is written.");
    assertThat(file).hasContent("done");
  }
}
