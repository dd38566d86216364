package dev.serai.memory.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real PostgreSQL on a port of its own. It keeps its data when it is stopped. */
public final class Postgres implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private Postgres(Path data, int port, EmbeddedPostgres server) {
    this.data = data;
    this.port = port;
    this.server = server;
  }

  public static Postgres start(Path data) {
    EmbeddedPostgres server = start(data, 0);
    return new Postgres(data, server.getPort(), server);
  }

  private static EmbeddedPostgres start(Path data, int port) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setOverrideWorkingDirectory(
              Files.createDirectories(data.resolveSibling("work")).toFile())
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setPort(port)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The URL as an operator writes it into DATABASE_URL. */
  public String url() {
    return "postgres://postgres:postgres@127.0.0.1:" + port + "/postgres";
  }

  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again with its data. */
  public void startAgain() {
    server = start(data, port);
  }

  @Override
  public void close() {
    stop();
  }
}
