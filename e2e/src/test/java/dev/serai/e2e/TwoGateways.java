package dev.serai.e2e;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.memory.database.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two gateways with the same settings, one PostgreSQL and one scripted provider. */
final class TwoGateways implements AutoCloseable {
  final CassetteServer provider;
  final RunningGateway one;
  final RunningGateway other;

  /** Calls the first one. */
  final Caller http;

  private final Postgres database;

  /**
   * Starts them.
   *
   * @param settings of both, with {@code %1$s} for a provider's key and {@code %2$s} for its URL
   */
  TwoGateways(Path folder, String settings) throws Exception {
    database = Postgres.start(folder.resolve("postgres"));
    provider = CassetteServer.start();
    String complete = settings.formatted(RunningGateway.CANARY, provider.url());
    one = plan(folder.resolve("one"), complete).start();
    other = plan(folder.resolve("other"), complete).start();
    http = new Caller(one.url());
  }

  private RunningGateway.Plan plan(Path folder, String settings) throws Exception {
    return RunningGateway.in(Files.createDirectories(folder))
        .with("SERAI_DATABASE_URL", database.url())
        .settings(settings);
  }

  @Override
  public void close() throws Exception {
    http.close();
    one.close();
    other.close();
    provider.close();
    database.close();
  }
}
