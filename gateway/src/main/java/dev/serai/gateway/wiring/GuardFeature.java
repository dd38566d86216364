package dev.serai.gateway.wiring;

import static java.util.Objects.requireNonNull;

import dev.serai.adapters.dialects.json.JsonTextRewriter;
import dev.serai.config.Settings;
import dev.serai.config.guard.GuardSettings;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardCheck;
import dev.serai.core.guard.GuardCheck.Outcome;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.Guards;
import dev.serai.gateway.guard.GuardRoutes;
import dev.serai.gateway.guard.RouteCheck;
import dev.serai.gateway.guard.SchemaCheck;
import dev.serai.processors.guard.GuardInput;
import dev.serai.processors.guard.GuardOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the texts of chat requests and responses with guards. */
final class GuardFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(GuardFeature.class);
  private static final String FINDINGS = "serai.guard";

  private final SharedParts shared;
  private final Supplier<CamelContext> routes;
  private volatile Settings settings;
  private volatile Guards guards;
  private List<String> logged = List.of();

  /**
   * @param routes where the routes run that guards ask
   */
  GuardFeature(SharedParts shared, Supplier<CamelContext> routes) {
    this.shared = shared;
    this.routes = routes;
    settings = shared.settings();
    guards = guards(settings);
  }

  /** Why a text is not a JSON Schema that guards can use. */
  static Optional<String> schemaFault(String json) {
    try {
      var _ = new SchemaCheck(json, Optional.empty());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Guards guards(Settings settings) {
    Guards plain = settings.enabledGuards();
    if (plain == Guards.NONE) {
      return plain;
    }
    List<Guard> complete = new ArrayList<>();
    for (Guard guard : plain.all()) {
      GuardSettings written = requireNonNull(settings.guards().get(guard.name()));
      complete.add(check(written, settings.home()).map(guard::asking).orElse(guard));
    }
    return new Guards(complete);
  }

  private Optional<GuardCheck> check(GuardSettings guard, Path home) {
    return switch (guard.kind()) {
      case INJECTION, CONTENT -> Optional.empty(); // they search for patterns
      case ROUTE ->
          Optional.of(new RouteCheck(routes, guard.route().orElseThrow(), guard.timeout()));
      case JSON_SCHEMA -> Optional.of(schemaCheck(guard, home));
    };
  }

  private static GuardCheck schemaCheck(GuardSettings guard, Path home) {
    try {
      return new SchemaCheck(guard.schemaText(home).orElseThrow(), guard.tool());
    } catch (IOException | IllegalArgumentException _) { // it was there when it was checked
      return _ -> new Outcome.NotChecked("its schema cannot be read.");
    }
  }

  /** Applies the guards of other settings. */
  @Override
  public void replace(Settings fresh) {
    guards = guards(fresh);
    settings = fresh;
    logMissing();
  }

  /** Guards that ask a route which does not exist, with their setting. */
  List<String> missingRoutes() {
    return GuardRoutes.missing(settings, routes.get());
  }

  private synchronized void logMissing() {
    List<String> missing = missingRoutes();
    if (!missing.equals(logged)) {
      missing.forEach(line -> LOG.warn("{}", line));
    }
    logged = missing;
  }

  /** After the routes. */
  @Override
  public void start() {
    logMissing();
  }

  private void count(Guard guard, GuardDirection direction, String outcome) {
    shared
        .metrics()
        .registry()
        .counter(
            FINDINGS, "guard", guard.name(), "direction", direction.label(), "outcome", outcome)
        .increment();
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "guard-input", new GuardInput(() -> guards, this::count, shared.loops()),
        "guard-output",
            new GuardOutput(
                this::count, shared.memory(), JsonTextRewriter.ofStrings(), shared.loops()));
  }
}
