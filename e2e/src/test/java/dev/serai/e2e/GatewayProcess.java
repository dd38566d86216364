package dev.serai.e2e;

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A gateway as a process of its own, started as {@code ./serai run} starts it. */
final class GatewayProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Pattern LISTENS =
      Pattern.compile("Serai listens on http://127\\.0\\.0\\.1:([0-9]+)[\\s\"]");

  private final Process process;
  private final Path output;
  private int port;

  private GatewayProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts one and waits until it is ready. */
  static GatewayProcess start(Path folder, RunningGateway.Plan plan) {
    GatewayProcess gateway = begin(folder, plan);
    gateway.awaitReady();
    return gateway;
  }

  /** Starts one with arguments in a working directory, and waits until it is ready. */
  static GatewayProcess start(Path folder, RunningGateway.Plan plan, String... arguments) {
    GatewayProcess gateway = begin(folder, plan, List.of(), List.of(arguments));
    gateway.awaitReady();
    return gateway;
  }

  /** Starts one that may have so many file descriptors, and waits until it is ready. */
  static GatewayProcess start(Path folder, RunningGateway.Plan plan, int descriptors) {
    String limited = "ulimit -n " + descriptors + " && exec \"$@\"";
    GatewayProcess gateway = begin(folder, plan, List.of("sh", "-c", limited, "sh"), List.of());
    gateway.awaitReady();
    return gateway;
  }

  /** Starts one and waits until it listens, ready or not. */
  static GatewayProcess startListening(Path folder, RunningGateway.Plan plan) {
    GatewayProcess gateway = begin(folder, plan);
    Until.holds(START, "listening", gateway::isListening);
    return gateway;
  }

  /** Starts one and does not wait. */
  static GatewayProcess begin(Path folder, RunningGateway.Plan plan) {
    return begin(folder, plan, List.of(), List.of());
  }

  private static GatewayProcess begin(
      Path folder, RunningGateway.Plan plan, List<String> before, List<String> arguments) {
    String checkout = System.getProperty("serai.checkout", "..");
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djdk.serialFilter=!*",
            "-Dserai.checkout=" + Path.of(checkout).toAbsolutePath().normalize()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.serai.gateway.Main"));
    command.addAll(arguments);
    Path output = folder.resolve("process.log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(plan.environment());
    try {
      return new GatewayProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its greeting says where it listens. */
  private void awaitReady() {
    Until.holds(START, "listening", this::isListening);
    try (Caller caller = new Caller(url())) {
      Until.holds(START, "ready", () -> isReady(caller));
    }
  }

  private boolean isListening() {
    if (!process.isAlive()) {
      throw new AssertionError("the gateway ended: " + output());
    }
    Matcher greeting = LISTENS.matcher(output());
    if (greeting.find()) {
      port = Integer.parseInt(greeting.group(1));
    }
    return port != 0;
  }

  private boolean isReady(Caller caller) {
    if (!process.isAlive()) {
      throw new AssertionError("the gateway ended: " + output());
    }
    try {
      return caller.get("/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      return false; // not listening yet
    }
  }

  /**
   * What it holds once its garbage is collected, in bytes.
   *
   * @param heap what is alive
   * @param buffers what its connections' buffers have taken beside the heap
   * @param resident what the system has given it
   */
  record Memory(long heap, long buffers, long resident) {}

  /** Collects its garbage and looks. */
  Memory memory() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    ProcessBuilder collect =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run");
    int status = collect.redirectErrorStream(true).redirectOutput(DISCARD).start().waitFor();
    if (status != 0) {
      throw new AssertionError("its garbage is not collected: " + status);
    }
    try (Caller caller = new Caller(url())) {
      String metrics = caller.get("/metrics").body();
      return new Memory(
          metric(metrics, "jvm_memory_used_bytes{area=\"heap\""),
          metric(metrics, "netty_allocator_memory_used_bytes"),
          resident());
    }
  }

  /** The sum of all series that start so. */
  private static long metric(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .reduce(Long::sum)
        .orElseThrow(() -> new AssertionError(series + " is not in " + metrics));
  }

  /** The number of its open file descriptors. */
  int descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** What it has written. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its exit status, when it has ended in time. */
  int awaitEnd(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running: " + output());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
