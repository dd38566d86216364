package dev.serai.gateway.wiring;

import dev.serai.core.limit.ByteLimit;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.gateway.edge.EdgeLoad;
import dev.serai.processors.admin.AdminSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a gateway knows of itself, for administrators. Thread-safe. */
final class GatewayFacts implements AdminSteps.Facts {
  /** The version of the project, as {@code ./serai version} prints it. */
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>([^<]+)</version>");

  private final SharedParts shared;
  private final ServiceFeature service;
  private final EdgeFeature edge;
  private final String database;
  private final Supplier<List<ProviderStatus>> providers;
  private final Instant started;
  private final long startedNanos;
  private final String version;

  /**
   * @param database without user and password
   */
  GatewayFacts(
      SharedParts shared,
      ServiceFeature service,
      EdgeFeature edge,
      Supplier<List<ProviderStatus>> providers,
      String database) {
    this.shared = shared;
    this.service = service;
    this.edge = edge;
    this.providers = providers;
    this.database = database;
    started = shared.clock().instant();
    startedNanos = shared.ticker().nanos();
    version = version(shared.checkout().resolve("pom.xml"));
  }

  private static String version(Path project) {
    try {
      Matcher found = VERSION.matcher(Files.readString(project));
      return found.find() ? found.group(1) : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public State state() {
    if (edge.isDraining()) {
      return State.DRAINING;
    }
    return edge.isReady() ? State.SERVING : State.STARTING;
  }

  @Override
  public boolean isReady() {
    return service.isReady();
  }

  @Override
  public Instant started() {
    return started;
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(shared.ticker().nanos() - startedNanos);
  }

  @Override
  public boolean isAlive() {
    return service.isAlive();
  }

  @Override
  public String database() {
    return database;
  }

  @Override
  public List<String> unreachable() {
    return service.unreachable();
  }

  @Override
  public List<String> failing() {
    return service.failing();
  }

  @Override
  public int connections() {
    return load().connections();
  }

  @Override
  public int inFlight() {
    return load().inFlight();
  }

  @Override
  public int streams() {
    return load().streams();
  }

  private EdgeLoad load() {
    return edge.load();
  }

  @Override
  public ByteLimit memory() {
    return shared.memory();
  }

  @Override
  public List<ProviderStatus> providers() {
    return providers.get();
  }
}
