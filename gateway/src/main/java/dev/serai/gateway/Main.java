package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.gateway.edge.EdgeComponent;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a gateway as a process: reads the settings, starts it, and drains it on SIGTERM, on a thread
 * of its own.
 */
public final class Main {
  /** How long a shutdown waits for a start that is running. */
  private static final long START_SECONDS = 10;

  static final int FAILED = 1;
  static final int INVALID = 2;
  private static final int BAD_REQUEST = 400;

  private final Map<String, String> environment;
  private final Path checkout;
  private final Home home;
  private final Settings settings;

  private Main(Map<String, String> environment, Home home, Path checkout) {
    this.environment = environment;
    this.home = home;
    this.checkout = checkout;
    this.settings = Gateway.settings(environment, home.folder());
  }

  /**
   * Runs until the process is stopped, or checks the configuration, manages API keys, or replays a
   * policy; {@link CommandLine}, {@link KeyArguments} and {@link
   * dev.serai.gateway.replay.ReplayArguments} have the arguments. The exit code is 2 if arguments
   * or settings are invalid, 1 if the gateway cannot start, a route is invalid, or keys cannot be
   * changed so.
   */
  public static void main(String[] arguments) throws Exception {
    Main main;
    try {
      if (arguments.length > 0 && arguments[0].equals("keys")) {
        manageKeys(List.of(arguments).subList(1, arguments.length));
        return;
      }
      if (arguments.length > 0 && arguments[0].equals("replay")) {
        replay(List.of(arguments).subList(1, arguments.length));
        return;
      }
      CommandLine line = CommandLine.of(List.of(arguments));
      Path working = Path.of("").toAbsolutePath();
      Map<String, String> environment = environment(line, working);
      Home home = Home.of(line.home(), environment, working);
      Path checkout =
          Path.of(System.getProperty("serai.checkout", ".")).toAbsolutePath().normalize();
      if (line.check()) {
        check(new CheckCommand(environment, home, checkout));
        return;
      }
      main = new Main(environment, home, checkout);
    } catch (IllegalArgumentException wrong) {
      exit(INVALID, "serai: " + wrong.getMessage());
      return;
    } catch (SettingsException wrong) {
      ProcessOutput output = ProcessOutput.of(System.getenv(), InstantSource.system());
      exit(INVALID, output.shape("error", String.valueOf(wrong.getMessage())));
      return;
    }
    main.run();
  }

  /** The variables of the process, with what the arguments add to them. */
  private static Map<String, String> environment(CommandLine line, Path working) {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    if (line.console()) {
      environment.put("SERAI_CONSOLE", "true");
    }
    line.config()
        .ifPresent(file -> environment.put("SERAI_CONFIG", Home.settingsFile(file, working)));
    return environment;
  }

  private static void manageKeys(List<String> arguments) {
    KeysCommand.quieten();
    try {
      KeysCommand.run(arguments, System.getenv(), System.out, InstantSource.system());
    } catch (GatewayProblem refused) {
      exit(code(refused), "serai: " + KeyArguments.inOptions(refused.message()));
    }
  }

  /** The exit code is 1 if the calls say too little of the policy. */
  private static void replay(List<String> arguments) {
    KeysCommand.quieten();
    if (!ReplayCommand.run(arguments, System.getenv(), System.out, InstantSource.system())) {
      System.exit(FAILED);
    }
  }

  /** A value that can never be right is invalid, as a wrong argument is. */
  static int code(GatewayProblem refused) {
    return refused.status() == BAD_REQUEST ? INVALID : FAILED;
  }

  private static void exit(int code, String why) {
    System.err.println(why);
    System.exit(code);
  }

  /** Prints what is wrong and ends the process. */
  private static void check(CheckCommand command) {
    CheckCommand.Report report = command.run();
    report.notes().forEach(System.out::println);
    if (report.faults().isEmpty()) {
      System.out.println("the settings and all routes are valid");
      System.exit(0);
    }
    ProcessOutput output = ProcessOutput.of(System.getenv(), InstantSource.system());
    exit(report.code(), output.shape("error", String.join("\n", report.faults())));
  }

  /** A setting that shows only when the gateway is put together to be unusable is invalid too. */
  static int code(Exception wrong) {
    boolean setting =
        wrong instanceof SettingsException || wrong instanceof IllegalArgumentException;
    return setting ? INVALID : FAILED;
  }

  private void run() throws InterruptedException {
    CompletableFuture<Gateway> starting = new CompletableFuture<>();
    CountDownLatch ended = drainOnShutdown(starting);
    Gateway gateway;
    try {
      gateway = Gateway.start(settings, environment, checkout);
    } catch (
        Exception
            wrong) { // the top of the process: the operator reads a sentence, not a stack trace
      starting.completeExceptionally(wrong);
      exit(code(wrong), output().shape("error", "serai: cannot start: " + startFault(wrong)));
      return;
    }
    // First, since a gateway that was stopped in the meantime has no port.
    String greeting = new Greeting(settings, environment, gateway).text(home, checkout);
    System.out.println(output().shape("info", greeting));
    starting.complete(gateway);
    ended.await();
  }

  private ProcessOutput output() {
    return ProcessOutput.of(settings, InstantSource.system());
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

  private String startFault(Exception wrong) {
    String reason = reason(wrong);
    boolean aboutAFile = false;
    boolean aboutTheAddress = false;
    String address = settings.server().host() + ":" + settings.server().port();
    for (@Nullable Throwable t = wrong; t != null; t = t.getCause()) {
      aboutAFile |= t instanceof FileSystemException;
      aboutTheAddress |= isAboutTheAddress(t);
      String message = String.valueOf(t.getMessage());
      if (message.startsWith(EdgeComponent.CANNOT_LISTEN)) {
        address = message.substring(EdgeComponent.CANNOT_LISTEN.length());
      }
    }
    return aboutTheAddress && !aboutAFile ? unusable(address, reason) : reason;
  }

  /** The innermost cause that has a message. */
  static String reason(Exception wrong) {
    String reason = FailureText.of(wrong);
    for (@Nullable Throwable t = wrong; t != null; t = t.getCause()) {
      if (t instanceof FileSystemException file) {
        return FailureText.of(file);
      }
      reason = t.getMessage() == null ? reason : FailureText.of(t);
    }
    return reason;
  }

  private String unusable(String address, String reason) {
    int memoryPort = settings.server().memoryPort();
    boolean memory = memoryPort > 0 && address.endsWith(":" + memoryPort);
    return EdgeComponent.CANNOT_LISTEN
        + address
        + ": "
        + reason.substring(reason.lastIndexOf(": ") + 1).strip()
        + (memory
            ? "; choose another port with server.memory_port in the settings, or with"
                + " SERVER_MEMORY_PORT"
            : "; choose another address with server.host and server.port in the settings,"
                + " or with SERVER_HOST and SERVER_PORT");
  }

  private static boolean isAboutTheAddress(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return thrown instanceof BindException
        || thrown instanceof UnresolvedAddressException
        || message.contains("bind(")
        || message.contains("Address already in use");
  }
}
