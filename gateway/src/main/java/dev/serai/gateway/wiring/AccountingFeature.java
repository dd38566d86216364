package dev.serai.gateway.wiring;

import dev.serai.config.state.StateSettings;
import dev.serai.core.call.CallListener;
import dev.serai.core.usage.UsageRecord;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.Ledger;
import dev.serai.memory.ledger.LedgerLimits;
import dev.serai.memory.ledger.UsagePricing;
import dev.serai.memory.tokens.Tokenizer;
import dev.serai.processors.accounting.UsageSteps;
import dev.serai.processors.relay.EstimateEmbeddingTokens;
import dev.serai.processors.tokens.EstimateTokens;
import dev.serai.processors.tokens.EstimateUncountedTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps the ledger of usage, serves its reports, and counts tokens. */
final class AccountingFeature implements Feature {
  private final SharedParts shared;
  private final Tokenizer tokenizer = new Tokenizer();
  private final Ledger ledger;
  private final Consumer<UsageRecord> estimates;

  AccountingFeature(SharedParts shared, Database database, TelemetryFeature telemetry) {
    this.shared = shared;
    StateSettings state = shared.settings().state();
    LedgerLimits limits = LedgerLimits.in(state.folder(), state.journalBytes());
    UsagePricing pricing = new UsagePricing(shared.catalogue(), tokenizer, shared.memory());
    ledger = new Ledger(limits, database, pricing, shared.clock(), shared.threads());
    estimates = telemetry.estimates();
    meter(shared.metrics());
  }

  private void meter(Metrics metrics) {
    metrics.gauge(
        "serai.ledger.lag.seconds",
        "How long usage has been waiting for the database",
        Map.of(),
        ledger::lagSeconds);
    metrics.gauge(
        "serai.ledger.journal.bytes",
        "Files of the ledger's journal",
        Map.of(),
        ledger::journalBytes);
    metrics.gauge(
        "serai.ledger.waiting",
        "Calls whose usage waits in memory for room in the journal",
        Map.of(),
        ledger::waiting);
    metrics.gauge(
        "serai.ledger.database.up",
        "Whether the database takes usage: 1 or 0",
        Map.of(),
        () -> ledger.databaseUp() ? 1 : 0);
    metrics.counter("serai.ledger.rows", "Rows written to the database", Map.of(), ledger::written);
    metrics.counter(
        "serai.ledger.set.aside",
        "Calls whose usage the database refused; it is in a file",
        Map.of(),
        ledger::setAside);
    metrics.counter(
        "serai.ledger.lost", "Calls whose usage could not be stored", Map.of(), ledger::lost);
    metrics.counter(
        "serai.ledger.unnoted",
        "Calls without a row if the process is killed, since too many ran at once",
        Map.of(),
        ledger::unnoted);
  }

  /** The ledger, for those that take part in writing it. */
  Ledger ledger() {
    return ledger;
  }

  /**
   * The database while it does not take usage, which is in the journal then; the ledger while it
   * can record no call.
   */
  @Override
  public List<String> unavailable() {
    List<String> names = new ArrayList<>(2);
    if (!ledger.databaseUp()) {
      names.add("database");
    }
    if (ledger.full()) {
      names.add("ledger");
    }
    return names;
  }

  @Override
  public Map<String, Object> beans() {
    Map<String, Object> beans =
        new HashMap<>(UsageSteps.of(ledger, shared.clock(), shared.loops()));
    beans.put(
        "estimate-tokens",
        new EstimateTokens(shared.dialects(), shared.providers(), tokenizer, shared.loops()));
    beans.put("estimate-embedding-tokens", new EstimateEmbeddingTokens(tokenizer, shared.loops()));
    beans.put("estimate-uncounted-tokens", new EstimateUncountedTokens(tokenizer, shared.loops()));
    return beans;
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(ledger);
  }

  @Override
  public void start() {
    ledger.start(estimates);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
