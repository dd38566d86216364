package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs a gateway as a process: reads the settings, starts it, and drains it on SIGTERM. */
public final class Main {
  /** How long a shutdown waits for a start that is running. */
  private static final long START_SECONDS = 10;

  private Main() {}

  /**
   * Runs until the process is stopped; {@code --console} enables the console. The exit code is 2 if
   * the settings are invalid, 1 if the gateway cannot start.
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    if (List.of(arguments).contains("--console")) {
      environment.put("SERAI_CONSOLE", "true");
    }
    Path home = Path.of(System.getProperty("serai.home", "."));
    Settings settings;
    try {
      settings = Gateway.settings(environment, Path.of("").toAbsolutePath());
    } catch (SettingsException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    CompletableFuture<Gateway> starting = new CompletableFuture<>();
    CountDownLatch ended = drainOnShutdown(starting);
    Gateway gateway;
    try {
      gateway = Gateway.start(settings, environment, home);
    } catch (
        Exception
            wrong) { // the top of the process: the operator reads a sentence, not a stack trace
      starting.completeExceptionally(wrong);
      System.err.println("serai: cannot start: " + reason(wrong, settings));
      System.exit(1);
      return;
    }
    // First, since a gateway that has been stopped meanwhile has no port.
    System.out.println(Greeting.of(settings, environment, gateway));
    starting.complete(gateway);
    ended.await();
  }

  /** On SIGTERM, drains the gateway; waits for a start that is still running. */
  private static CountDownLatch drainOnShutdown(CompletableFuture<Gateway> starting) {
    CountDownLatch ended = new CountDownLatch(1);
    Runnable drain = () -> drain(starting, ended);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("drain").unstarted(drain));
    return ended;
  }

  private static void drain(CompletableFuture<Gateway> starting, CountDownLatch ended) {
    try {
      starting.get(START_SECONDS, TimeUnit.SECONDS).close();
    } catch (ExecutionException | TimeoutException e) {
      return; // it never ran: there is nothing to drain
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private static String reason(Exception wrong, Settings settings) {
    String reason = "";
    for (@Nullable Throwable t = wrong; t != null; t = t.getCause()) {
      if (isAddressInUse(t)) {
        String address = settings.server().host() + ":" + settings.server().port();
        return address + " is in use; choose another address with SERVER_HOST and SERVER_PORT";
      }
      if (t instanceof FileSystemException file) {
        return "the file " + file.getFile() + " cannot be used: " + t.getClass().getSimpleName();
      }
      reason = String.valueOf(t.getMessage());
    }
    return reason;
  }

  private static boolean isAddressInUse(Throwable thrown) {
    return thrown instanceof BindException
        || String.valueOf(thrown.getMessage()).contains("Address already in use");
  }
}
