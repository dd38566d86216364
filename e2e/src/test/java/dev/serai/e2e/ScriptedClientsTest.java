package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
class ScriptedClientsTest {
  private static final Path CLIENTS = Path.of("clients").toAbsolutePath();
  private static final Path TARGET = Path.of("target", "clients").toAbsolutePath();
  private static final List<String> PROVIDERS = List.of("openai", "anthropic", "ollama", "bedrock");

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("REQUEST_TIMEOUT", "2")
            .settings(ClientSettings.PATIENT)
            .start();
    try (Caller caller = new Caller(gateway.url())) {
      caller.warmUp();
    }
    provider.forget();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @TestFactory
  @Tag("needs-node")
  Stream<DynamicTest> openAisClientForJavaScriptWorksUnmodified() throws Exception {
    Path home = TARGET.resolve("node");
    Files.createDirectories(home);
    for (String file : List.of("package.json", "package-lock.json", "claims.js")) {
      copy(CLIENTS.resolve("node").resolve(file), home.resolve(file));
    }
    if (!Files.exists(home.resolve("node_modules/openai/package.json"))) {
      run(home, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    return claims("node", run(home, "node", "claims.js"), 20);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> openAisClientForPythonWorksUnmodified() throws Exception {
    Path home = TARGET.resolve("python");
    Files.createDirectories(home);
    String python = home.resolve("venv/bin/python").toString();
    Path requirements = CLIENTS.resolve("python/requirements.txt");
    Path installed = home.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
      run(home, "python3", "-m", "venv", "venv");
      run(home, python, "-m", "pip", "install", "-q", "-r", requirements.toString());
      copy(requirements, installed);
    }
    return claims("python", run(home, python, CLIENTS.resolve("python/claims.py").toString()), 17);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.write(to, Files.readAllBytes(from));
  }

  /** A test for each line, and one that there is a line for each claim. */
  private static Stream<DynamicTest> claims(String client, List<String> lines, int atLeast) {
    List<Duration> cancelled = new ArrayList<>();
    Stream<DynamicTest> each =
        lines.stream()
            .map(
                line ->
                    DynamicTest.dynamicTest(
                        line.split(":")[0], () -> check(client, line, cancelled)));
    DynamicTest soon =
        DynamicTest.dynamicTest(
            "a call that is left is given up within a second",
            () -> assertThat(Collections.min(cancelled)).isLessThan(Duration.ofSeconds(1)));
    DynamicTest complete =
        DynamicTest.dynamicTest(
            "every claim is answered for every provider",
            () ->
                assertThat(PROVIDERS)
                    .allSatisfy(
                        p ->
                            assertThat(lines.stream().filter(l -> l.split(" ")[1].equals(p)))
                                .hasSizeGreaterThanOrEqualTo(atLeast)));
    return Stream.concat(each, Stream.of(complete, soon));
  }

  private static void check(String client, String line, List<Duration> cancelled) {
    assertThat(line).startsWith("ok ");
    String[] words = line.strip().split(" ");
    if (words.length == 4) {
      String model = client + (words[2].equals("abort") ? "--long-stream" : "--hang-before-head");
      Instant left = Instant.ofEpochMilli(Long.parseLong(words[3]));
      cancelled.add(leftUntilCancelled(words[1], model, left));
    }
  }

  /** How long it took until the provider's request was given up. */
  private static Duration leftUntilCancelled(String dialect, String model, Instant left) {
    String path =
        switch (dialect) {
          case "anthropic" -> "/v1/messages";
          case "ollama" -> "/api/chat";
          case "bedrock" ->
              "/model/" + model + (model.endsWith("stream") ? "/converse-stream" : "/converse");
          default -> "/v1/chat/completions";
        };
    List<Received> calls =
        provider.received(model).stream().filter(r -> r.path().equals(path)).toList();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().cancelled()).succeedsWithin(Duration.ofSeconds(30));
    return Duration.between(left, calls.getFirst().cancelled().join());
  }

  private static List<String> run(Path home, String... command) throws Exception {
    Path output = Files.createTempFile(home, "run", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("SERAI_URL", gateway.url());
    builder.environment().put("NO_PROXY", "127.0.0.1");
    Process process = builder.start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);
    Files.delete(output);
    assertThat(ended).as("in time: %s", lines).isTrue();
    assertThat(process.exitValue()).as("%s said %s", List.of(command), lines).isZero();
    return lines.stream()
        .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("ok ") || l.startsWith("FAIL "))
        .toList();
  }
}
