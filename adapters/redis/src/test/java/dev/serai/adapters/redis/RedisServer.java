package dev.serai.adapters.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/** A real Redis on a loopback port. It keeps nothing when it ends. */
public final class RedisServer implements AutoCloseable {
  private static final int START_TRIES = 1200;

  private final Path program;
  private final int port;
  private final List<String> options;
  private Process process;

  private RedisServer(Path program, int port, List<String> options) {
    this.program = program;
    this.port = port;
    this.options = options;
    process = run();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
  }

  /**
   * Starts a server.
   *
   * @param folder for its program
   */
  public static RedisServer start(Path folder, String... options) {
    UncheckedIOException last = null;
    for (int i = 0; i < 5; i++) { // another program may take the free port
      try {
        return start(folder, freePort(), options);
      } catch (UncheckedIOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RedisServer start(Path folder, int port, String... options) {
    return new RedisServer(program(folder), port, List.of(options));
  }

  private static Path program(Path folder) {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name = arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    try {
      Path program = Files.createDirectories(folder).resolve("redis-server");
      if (!Files.exists(program)) {
        try (InputStream in = redis.embedded.RedisServer.class.getResourceAsStream(name)) {
          Files.copy(in, program);
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      }
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The URL as an operator writes it into REDIS_URL. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends it like {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again, empty. */
  public void startAgain() {
    kill();
    process = run();
  }

  /** Lets it hang: connections stay open and nothing is answered. */
  public void pause() {
    signal("-STOP");
  }

  public void resume() {
    signal("-CONT");
  }

  /** Runs a command on a connection of its own. */
  public Object command(Command command, String... arguments) {
    try (Connection connection = new Connection(new HostAndPort("127.0.0.1", port))) {
      connection.sendCommand(command, arguments);
      return connection.getOne();
    }
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process run() {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    line.addAll(List.of("--save", "", "--appendonly", "no"));
    line.addAll(options);
    Path log = program.resolveSibling("redis-" + port + ".log");
    try {
      Files.deleteIfExists(log);
      Process started =
          new ProcessBuilder(line)
              .directory(program.getParent().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      awaitReady(started, log);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the log: a connection to a free port of the loopback may be answered by itself. */
  private static void awaitReady(Process started, Path log) throws IOException {
    for (int i = 0; i < START_TRIES && started.isAlive(); i++) {
      if (Files.readString(log).contains("Ready to accept connections")) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    started.destroyForcibly();
    throw new IOException("Redis does not start: " + Files.readString(log));
  }

  /** Kills it, also if it hangs. */
  @Override
  public void close() {
    kill();
  }
}
