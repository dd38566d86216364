package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs what is not Java with clients as they are installed from their registries: the scripts in
 * {@code clients/}, and agents. What is installed stays in {@code target/} for the next run.
 */
final class Scripts {
  private static final Path CLIENTS = Path.of("clients").toAbsolutePath();
  private static final Path TARGET = Path.of("target", "clients").toAbsolutePath();
  private static final Duration RUNNING = Duration.ofMinutes(3);
  private static final Duration INSTALLING = Duration.ofMinutes(8);

  private Scripts() {}

  /** Runs a script for Node; gives its lines that claim something. */
  static List<String> node(RunningGateway gateway, String script) throws Exception {
    Path home = npm("node");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(CLIENTS.resolve("node"), "*.js")) {
      for (Path file : all) {
        copy(file, home.resolve(file.getFileName()));
      }
    }
    return claims(gateway.url(), home, "node", script);
  }

  /** Runs a script for Python; gives its lines that claim something. */
  static List<String> python(RunningGateway gateway, String script) throws Exception {
    return python(gateway, "requirements", script);
  }

  /** The same with the packages of {@code clients/python/NAME.txt}. */
  static List<String> python(RunningGateway gateway, String packages, String script)
      throws Exception {
    return python(gateway.url(), packages, script);
  }

  /** A script for Python that makes no call. */
  static List<String> pythonAlone(String script) throws Exception {
    return python("http://127.0.0.1:1", "requirements", script);
  }

  private static List<String> python(String url, String packages, String script) throws Exception {
    Path home = Files.createDirectories(TARGET.resolve("python-" + packages));
    String python = home.resolve("venv/bin/python").toString();
    Path wanted = CLIENTS.resolve("python").resolve(packages + ".txt");
    Path installed = home.resolve("installed.txt");
    if (isNew(wanted, installed)) {
      run(INSTALLING, home, Map.of(), List.of("python3", "-m", "venv", "--clear", "venv"));
      // What a run does not import need not be compiled.
      String[] pip = {python, "-m", "pip", "install", "-q", "--no-deps", "--no-compile", "-r"};
      run(
          INSTALLING,
          home,
          Map.of(),
          Stream.concat(Stream.of(pip), Stream.of(wanted.toString())).toList());
      copy(wanted, installed);
    }
    return claims(url, home, python, CLIENTS.resolve("python").resolve(script).toString());
  }

  /** A folder where the packages of {@code clients/NAME} are installed. */
  static Path npm(String name) throws Exception {
    Path home = Files.createDirectories(TARGET.resolve(name));
    Path wanted = CLIENTS.resolve(name).resolve("package-lock.json");
    Path installed = home.resolve("installed.json");
    if (isNew(wanted, installed)) {
      copy(CLIENTS.resolve(name).resolve("package.json"), home.resolve("package.json"));
      copy(wanted, home.resolve("package-lock.json"));
      run(
          INSTALLING,
          home,
          Map.of(),
          List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
      copy(wanted, installed);
    }
    return home;
  }

  private static boolean isNew(Path wanted, Path installed) throws IOException {
    return !Files.exists(installed) || Files.mismatch(wanted, installed) >= 0;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.write(to, Files.readAllBytes(from));
  }

  private static List<String> claims(String url, Path home, String... command) throws Exception {
    return run(home, Map.of("SERAI_URL", url), List.of(command)).stream()
        .filter(line -> line.startsWith("ok ") || line.startsWith("FAIL "))
        .toList();
  }

  /** A test for each line, and one that there are so many for each provider. */
  static Stream<DynamicTest> tests(List<String> lines, List<String> providers, int each) {
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
                assertThat(providers)
                    .allSatisfy(
                        p ->
                            assertThat(lines.stream().filter(l -> l.split(" ")[1].equals(p)))
                                .hasSize(each)));
    return Stream.concat(claims, Stream.of(complete));
  }

  /** Runs a command to its end, which must be a good one; gives what it said. */
  static List<String> run(Path home, Map<String, String> environment, List<String> command)
      throws Exception {
    return run(RUNNING, home, environment, command);
  }

  private static List<String> run(
      Duration most, Path home, Map<String, String> environment, List<String> command)
      throws Exception {
    Path output = Files.createTempFile(home, "run", ".out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("PWD", home.toString()); // as a shell would
    builder.environment().put("NO_PROXY", "127.0.0.1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(most);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);
    Files.delete(output);
    assertThat(ended).as("in time: %s", lines).isTrue();
    assertThat(process.exitValue()).as("%s said %s", command, lines).isZero();
    return lines;
  }
}
