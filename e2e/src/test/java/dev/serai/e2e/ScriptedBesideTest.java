package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's and Ollama's clients for JavaScript and Python as they are installed from their
 * registries, for what is no chat completion: vectors, pictures, sound, files, older completions
 * and all that Ollama has. The scripts in {@code clients/beside} print a line for each claim.
 */
class ScriptedBesideTest {
  private static final Path SCRIPTS = Path.of("clients", "beside").toAbsolutePath();
  private static final Path TARGET = Path.of("target", "clients").toAbsolutePath();

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
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
  Stream<DynamicTest> theClientsForJavaScriptWorkUnmodified() throws Exception {
    Path home = TARGET.resolve("beside-node");
    Files.createDirectories(home);
    for (String file : List.of("package.json", "package-lock.json", "claims.js")) {
      Files.write(home.resolve(file), Files.readAllBytes(SCRIPTS.resolve(file)));
    }
    if (!Files.exists(home.resolve("node_modules/ollama/package.json"))) {
      run(home, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    return claims(run(home, "node", "claims.js"), 13);
  }

  @TestFactory
  @Tag("needs-python3")
  Stream<DynamicTest> theClientsForPythonWorkUnmodified() throws Exception {
    Path home = TARGET.resolve("beside-python");
    Files.createDirectories(home);
    String python = home.resolve("venv/bin/python").toString();
    Path requirements = SCRIPTS.resolve("requirements.txt");
    Path installed = home.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
      run(home, "python3", "-m", "venv", "venv");
      run(home, python, "-m", "pip", "install", "-q", "-r", requirements.toString());
      Files.write(installed, Files.readAllBytes(requirements));
    }
    return claims(run(home, python, SCRIPTS.resolve("claims.py").toString()), 16);
  }

  private static Stream<DynamicTest> claims(List<String> said, int count) {
    List<String> lines =
        said.stream().filter(l -> l.startsWith("ok ") || l.startsWith("FAIL ")).toList();
    assertThat(lines).as("%s", said).hasSize(count);
    return lines.stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.split(":")[0], () -> assertThat(line).startsWith("ok ")));
  }

  private static List<String> run(Path home, String... command)
      throws IOException, InterruptedException {
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
    return lines;
  }
}
