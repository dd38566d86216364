package dev.serai.gateway.console;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hawtio, started beside the gateway: it takes seconds, and the gateway serves meanwhile.
 * Thread-safe.
 */
public final class Console implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final ConsoleAccount account;
  private final Path application;
  private final CompletableFuture<ConsoleServer> server = new CompletableFuture<>();

  /**
   * @param home the checkout, where the build has put the web application
   */
  public Console(ConsoleAccount account, Path home) {
    this.account = account;
    this.application = home.resolve("gateway/target/console/hawtio.war");
  }

  public ConsoleAccount account() {
    return account;
  }

  /** Where it listens, on the loopback; completed once it does, or with why it does not. */
  public Future<URI> address() {
    return server.thenApply(ConsoleServer::address);
  }

  /** Begins to start it and returns. Call it once. */
  public void start() {
    Thread.ofPlatform().daemon().name("console").start(this::run);
  }

  private void run() {
    try {
      if (!Files.isRegularFile(application)) {
        throw new IllegalStateException("there is no " + application + ": build the gateway");
      }
      ConsoleRealm.open(account);
      ConsoleServer started = ConsoleServer.start(application);
      if (!server.complete(started)) {
        started.close();
      }
    } catch (Exception e) { // the edge of a thread: without a console the gateway goes on
      LOG.error("the console could not be started", e);
      server.completeExceptionally(e);
    }
  }

  /** Ends it; if it is still starting, as soon as it has. */
  @Override
  public void close() {
    if (!server.completeExceptionally(new IllegalStateException("closed"))
        && !server.isCompletedExceptionally()) {
      server.join().close();
    }
  }
}
