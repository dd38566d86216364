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

/** The process: settings, gateway, a word to the operator, and an orderly end on SIGTERM. */
public final class Main {
  /** How long an end waits for a start that is under way. */
  private static final long START_SECONDS = 10;

  private Main() {}

  /**
   * {@code --console} starts the console too. Ends with 2 when the settings are wrong, with 1 when
   * it cannot start.
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    if (List.of(arguments).contains("--console")) {
      environment.put("SERAI_CONSOLE", "true");
    }
    Path home = Path.of(System.getProperty("serai.home", "."));
    Settings settings;
    try {
      settings = Settings.load(environment, Path.of("").toAbsolutePath());
    } catch (SettingsException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    CompletableFuture<Gateway> starting = new CompletableFuture<>();
    CountDownLatch ended = drainedAtTheEnd(starting);
    Gateway gateway;
    try {
      gateway = Gateway.start(settings, environment, home);
    } catch (Exception wrong) { // the edge of the process: said in words, not as a trace
      starting.completeExceptionally(wrong);
      System.err.println("serai: cannot start: " + reason(wrong, settings));
      System.exit(1);
      return;
    }
    // Greets first: who is stopped already has no port to tell.
    System.out.println(Greeting.of(settings, environment, gateway));
    starting.complete(gateway);
    ended.await();
  }

  /** Has the gateway finish what runs when the process is told to stop; starting comes first. */
  private static CountDownLatch drainedAtTheEnd(CompletableFuture<Gateway> starting) {
    CountDownLatch ended = new CountDownLatch(1);
    Runnable drain =
        () -> {
          try {
            starting.get(START_SECONDS, TimeUnit.SECONDS).close();
          } catch (ExecutionException | TimeoutException e) {
            return; // it never ran: there is nothing to finish
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            ended.countDown();
          }
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("drain").unstarted(drain));
    return ended;
  }

  private static String reason(Exception wrong, Settings settings) {
    String reason = "";
    for (@Nullable Throwable t = wrong; t != null; t = t.getCause()) {
      boolean taken = String.valueOf(t.getMessage()).contains("Address already in use");
      if (taken || t instanceof BindException) {
        return settings.server().host()
            + ":"
            + settings.server().port()
            + " is taken; SERVER_HOST and SERVER_PORT choose another address";
      }
      if (t instanceof FileSystemException file) {
        return "the file " + file.getFile() + " cannot be used: " + t.getClass().getSimpleName();
      }
      reason = String.valueOf(t.getMessage());
    }
    return reason;
  }
}
