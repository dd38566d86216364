package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs what is no Java: the package managers and the clients they install. */
final class Programs {
  private Programs() {}

  /** What it wrote, line by line; it must end well within four minutes. */
  static List<String> run(Path home, Map<String, String> environment, String... command)
      throws Exception {
    Path output = Files.createTempFile(home, "run", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
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

  /** Whether a line tells how a claim fared. */
  static boolean isClaim(String line) {
    return line.toLowerCase(Locale.ROOT).startsWith("ok ") || line.startsWith("FAIL ");
  }
}
