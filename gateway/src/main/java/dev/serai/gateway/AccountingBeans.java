package dev.serai.gateway;

import dev.serai.config.state.StateSettings;
import dev.serai.core.call.CallListener;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.Ledger;
import dev.serai.memory.ledger.LedgerLimits;
import dev.serai.memory.ledger.UsagePricing;
import dev.serai.memory.tokens.Tokenizer;
import dev.serai.processors.chat.AdmitCall;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.usage.ReportUsage;
import dev.serai.processors.usage.ShowUsage;
import dev.serai.processors.usage.SummariseUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The ledger and the steps that read it. One instance a gateway. */
final class AccountingBeans implements AutoCloseable {
  private static final long MEGABYTE = 1024 * 1024;

  private final Tokenizer tokenizer = new Tokenizer();
  private final Ledger ledger;
  private final Consumer<UsageRecord> estimates;

  AccountingBeans(StateSettings state, Database database, Telemetry telemetry) {
    ledger =
        new Ledger(
            LedgerLimits.in(state.folder(), state.journalMegabytes() * MEGABYTE),
            database,
            new UsagePricing(telemetry.catalogue(), tokenizer),
            telemetry.clock());
    estimates = telemetry.estimates();
    telemetry.watch(ledger);
  }

  /** Who is told of every call: the ledger first, then these. */
  List<CallListener> listeners(List<CallListener> others) {
    List<CallListener> all = new ArrayList<>();
    all.add(ledger);
    all.addAll(others);
    return all;
  }

  /** The one estimate of tokens. */
  TokenEstimator tokens() {
    return tokenizer;
  }

  /** Steps by the name that routes use. */
  Map<String, Object> beans(EventLoops loops) {
    Map<String, Object> beans = new LinkedHashMap<>();
    beans.put("admit-call", new AdmitCall(ledger::full));
    beans.put("report-usage", new ReportUsage(ledger, loops));
    beans.put("summarise-usage", new SummariseUsage(ledger, loops));
    beans.put("show-usage", new ShowUsage(ledger, loops));
    return beans;
  }

  /** Begins to bring usage to the database, in the background. */
  void start() {
    ledger.start(estimates);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
