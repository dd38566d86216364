package dev.serai.memory.database;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL for the tests of a class, which starts before them and ends after them. */
public final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
  private @Nullable Path folder;
  private @Nullable Postgres server;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("serai-postgres");
    server = Postgres.start(folder.resolve("data"));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    server().close();
    List<Path> all;
    try (Stream<Path> files = Files.walk(requireNonNull(folder))) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  private Postgres server() {
    return requireNonNull(server, "not started");
  }

  public String url() {
    return server().url();
  }

  public int port() {
    return server().port();
  }

  public void stop() {
    server().stop();
  }

  /** Starts it again with its data. */
  public void startAgain() {
    server().startAgain();
  }
}
