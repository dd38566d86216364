package dev.serai.gateway.wiring;

import dev.serai.processors.admin.AdminSteps;
import dev.serai.processors.memory.ReportMemoryHealth;
import dev.serai.processors.service.ReportHealth;
import dev.serai.processors.service.ServePage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves the health endpoints, the admin API and the API documentation. */
final class ServiceFeature implements Feature {
  private final SharedParts shared;
  private final EdgeFeature edge;
  private final FairnessFeature fairness;
  private final Needs needs;
  private final GatewayFacts facts;

  /**
   * What other features say of their health.
   *
   * @param unavailable what cannot be used now, such as servers that calls do not need
   * @param recordsCalls whether a call could be recorded now; every call is refused otherwise
   */
  record Needs(Supplier<List<String>> unavailable, BooleanSupplier recordsCalls) {}

  /**
   * @param database without user and password
   */
  ServiceFeature(
      SharedParts shared,
      EdgeFeature edge,
      FairnessFeature fairness,
      ProvidersFeature providers,
      Needs needs,
      String database) {
    this.shared = shared;
    this.edge = edge;
    this.fairness = fairness;
    this.needs = needs;
    this.facts = new GatewayFacts(shared, this, edge, providers.statuses(), database);
  }

  /** Whether the process works: an event loop that has ended needs a restart. */
  boolean isAlive() {
    return edge.endedLoops().isEmpty();
  }

  /** The names of the background threads that fail now. */
  List<String> failing() {
    return Stream.concat(edge.endedLoops().stream(), shared.threads().failing().stream()).toList();
  }

  /** Whether requests are taken, the threads that they need run, and calls can be recorded. */
  boolean isReady() {
    return edge.isReady()
        && isAlive()
        && shared.threads().vitalOnesRun()
        && needs.recordsCalls().getAsBoolean();
  }

  /** What cannot be used now. */
  List<String> unreachable() {
    return needs.unavailable().get();
  }

  @Override
  public Map<String, Object> beans() {
    Map<String, Object> beans = new HashMap<>();
    beans.putAll(AdminSteps.of(facts, fairness.scheduler(), fairness::isEnabled));
    beans.put(
        "report-health",
        new ReportHealth(this::isAlive, this::isReady, this::unreachable, this::failing));
    beans.put("report-memory-health", new ReportMemoryHealth(this::isAlive));
    beans.put("serve-page", new ServePage(WebPages.load(), shared.loops()));
    return beans;
  }
}
