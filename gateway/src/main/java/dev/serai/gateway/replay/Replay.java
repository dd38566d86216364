package dev.serai.gateway.replay;

import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.routing.RoutingSettings;
import dev.serai.core.offpolicy.PastCall;
import dev.serai.core.offpolicy.PolicyReplay;
import dev.serai.gateway.management.StateDatabase;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.routing.strategy.ReplayedPolicy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Replays a policy over calls of the ledger or of a file, and prints what it would have reached.
 * For one thread; blocks.
 */
public final class Replay {
  private final Settings used;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /**
   * @param used the settings in use, which name the database
   * @param environment as {@link System#getenv()}
   * @param clock decides which prices are those of now
   */
  public Replay(Settings used, Map<String, String> environment, InstantSource clock) {
    this.clock = clock;
    this.used = used;
    this.environment = Map.copyOf(environment);
  }

  /** The settings in use with those of a policy in their place, as YAML. */
  public static String settings(Optional<Path> used, Path policy) throws IOException {
    return PolicyFile.over(used, policy);
  }

  /**
   * Replays the policy.
   *
   * @param policy the settings in use, with those of the policy in their place
   * @param working where a relative path of the arguments begins
   * @return whether the calls say enough of the policy
   * @throws IOException if the file cannot be read
   * @throws SQLException if the database fails
   * @throws IllegalArgumentException if the policy, the file or an argument cannot be used
   */
  public boolean run(Settings policy, ReplayArguments line, Path working, PrintStream out)
      throws IOException, SQLException {
    Optional<Path> file = line.file("file", working);
    List<PastCall> calls =
        file.isPresent()
            ? FileCalls.read(file.get(), line)
            : LedgerCalls.read(StateDatabase.of(used, environment), line);
    RoutingSettings routing = policy.routing();
    ReplayedPolicy replayed =
        new ReplayedPolicy(
            new SettingsCatalogue(policy, clock),
            new Bandits.Rules(routing.bandit().rules(), routing.bandit().reward().rules()),
            new SplittableRandom(1));
    PolicyReplay.Report report = PolicyReplay.run(calls, replayed);
    ReplayPrinter printer = new ReplayPrinter(out);
    if (line.json()) {
      printer.json(report);
    } else {
      printer.text(report);
    }
    return report.concludes();
  }
}
