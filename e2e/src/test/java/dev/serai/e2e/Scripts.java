package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the scripts in {@code clients/} with clients as they are installed from their registries.
 * What is installed stays in {@code target/} for the next run.
 */
final class Scripts {
  private static final Path CLIENTS = Path.of("clients").toAbsolutePath();
  private static final Path TARGET = Path.of("target", "clients").toAbsolutePath();

  private Scripts() {}

  /** Runs a script for Node; gives its lines that claim something. */
  static List<String> node(RunningGateway gateway, String script) throws Exception {
    Path home = npm("node");
    copy(CLIENTS.resolve("node").resolve(script), home.resolve(script));
    return claims(run(home, forGateway(gateway), List.of("node", script)));
  }

  /** Runs a script for Python; gives its lines that claim something. */
  static List<String> python(RunningGateway gateway, String script) throws Exception {
    Path home = TARGET.resolve("python");
    Files.createDirectories(home);
    String python = home.resolve("venv/bin/python").toString();
    Path requirements = CLIENTS.resolve("python/requirements.txt");
    Path installed = home.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
      run(home, Map.of(), List.of("python3", "-m", "venv", "venv"));
      run(
          home,
          Map.of(),
          List.of(python, "-m", "pip", "install", "-q", "-r", requirements.toString()));
      copy(requirements, installed);
    }
    String path = CLIENTS.resolve("python").resolve(script).toString();
    return claims(run(home, forGateway(gateway), List.of(python, path)));
  }

  /** A folder where the packages of {@code clients/NAME} are installed. */
  static Path npm(String name) throws Exception {
    Path home = TARGET.resolve(name);
    Files.createDirectories(home);
    Path wanted = CLIENTS.resolve(name).resolve("package-lock.json");
    Path installed = home.resolve("installed.json");
    if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
      copy(CLIENTS.resolve(name).resolve("package.json"), home.resolve("package.json"));
      copy(wanted, home.resolve("package-lock.json"));
      run(home, Map.of(), List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
      copy(wanted, installed);
    }
    return home;
  }

  private static Map<String, String> forGateway(RunningGateway gateway) {
    return Map.of("SERAI_URL", gateway.url());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.write(to, Files.readAllBytes(from));
  }

  private static List<String> claims(List<String> lines) {
    return lines.stream()
        .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("ok ") || l.startsWith("FAIL "))
        .toList();
  }

  /** Runs a command to its end, which must be a good one; gives what it said. */
  static List<String> run(Path home, Map<String, String> environment, List<String> command)
      throws Exception {
    Path output = Files.createTempFile(home, "run", ".out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("NO_PROXY", "127.0.0.1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);
    Files.delete(output);
    assertThat(ended).as("in time: %s", lines).isTrue();
    assertThat(process.exitValue()).as("%s said %s", command, lines).isZero();
    return lines;
  }
}
