package dev.serai.gateway.console;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Hawtio. It takes seconds to start, so a thread of its own starts it while the gateway
 * already serves. Thread-safe.
 */
public final class Console implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final ConsoleAccount account;
  private final Path application;
  private final CompletableFuture<ConsoleServer> server = new CompletableFuture<>();

  /**
   * @param checkout which holds the web application once it is built
   */
  public Console(ConsoleAccount account, Path checkout) {
    this.account = account;
    this.application = checkout.resolve("gateway/target/console/hawtio.war");
  }

  public ConsoleAccount account() {
    return account;
  }

  /** Its address on the loopback; completed when it listens, or with the reason why it does not. */
  public Future<URI> address() {
    return server.thenApply(ConsoleServer::address);
  }

  /** Starts it in the background and returns. Call it once. */
  public void start() {
    Thread.ofPlatform().daemon().name("console").start(this::run);
  }

  private void run() {
    try {
      requireApplication();
      ConsoleRealm.open(account);
      ConsoleServer started = ConsoleServer.start(application);
      if (!server.complete(started)) {
        started.close();
      }
    } catch (Throwable e) { // the top of a thread: the gateway serves without a console
      LOG.error("the console could not be started; the gateway serves without it", e);
      server.completeExceptionally(e);
    }
  }

  private void requireApplication() {
    if (!Files.isRegularFile(application)) {
      throw new IllegalStateException(
          application + " is missing: build the gateway, for example by ./serai run");
    }
  }

  /** Stops it; if it is still starting, as soon as it has started. */
  @Override
  public void close() {
    if (!server.completeExceptionally(new IllegalStateException("closed"))
        && !server.isCompletedExceptionally()) {
      server.join().close();
    }
  }
}
