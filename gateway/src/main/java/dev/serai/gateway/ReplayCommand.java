package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.gateway.replay.Replay;
import dev.serai.gateway.replay.ReplayArguments;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows from calls of the past what another policy would have reached. It reads the database of the
 * settings, whether a gateway runs or not, and changes nothing.
 */
final class ReplayCommand {
  private ReplayCommand() {}

  /**
   * Does what the arguments say.
   *
   * @param arguments those behind {@code replay}
   * @return whether the calls say enough of the policy
   * @throws IllegalArgumentException if they, or the files that they name, are wrong
   * @throws SettingsException if the settings, or those of the policy, are wrong
   */
  static boolean run(
      List<String> arguments,
      Map<String, String> environment,
      PrintStream out,
      InstantSource clock) {
    ReplayArguments line = ReplayArguments.of(arguments);
    Map<String, String> variables = new TreeMap<>(environment);
    Path working = Path.of("").toAbsolutePath();
    Home home = Home.of(line.option("home"), variables, working);
    line.option("config")
        .ifPresent(file -> variables.put("SERAI_CONFIG", Home.settingsFile(file, working)));
    Path policy = line.file("policy", working).orElse(working);
    line.file("file", working);
    Settings used = Gateway.settings(variables, home.folder());
    try {
      Settings replayed = policy(used, policy, variables, home.folder());
      return new Replay(used, variables, clock).run(replayed, line, working, out);
    } catch (IOException e) {
      throw new IllegalArgumentException("a file cannot be read: " + FailureText.of(e), e);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "the database cannot be read: " + FailureText.of(e) + "; check state.database_url", e);
    }
  }

  /**
   * The file is the operator's alone, since settings may have keys, and only there for a moment.
   */
  private static Settings policy(
      Settings used, Path policy, Map<String, String> environment, Path home) throws IOException {
    Path merged = Files.createTempFile("serai-policy", ".yaml");
    try {
      String text = Replay.settings(used.file(), policy);
      Files.writeString(merged, text, StandardCharsets.UTF_8);
      Map<String, String> variables = new TreeMap<>(environment);
      variables.put("SERAI_CONFIG", merged.toString());
      return Gateway.settings(variables, home);
    } catch (SettingsException e) {
      List<String> named =
          e.problems().stream()
              .map(problem -> problem.replace(merged.toString(), policy.toString()))
              .toList();
      throw new SettingsException(named);
    } finally {
      Files.deleteIfExists(merged);
    }
  }
}
