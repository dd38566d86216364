package dev.serai.memory.budgets;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.routing.Plan;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseTimeouts;
import dev.serai.memory.ledger.CallFixtures;
import dev.serai.memory.ledger.Ledger;
import dev.serai.memory.ledger.LedgerLimits;
import dev.serai.memory.ledger.UsagePricing;
import dev.serai.memory.tokens.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger and its budgets, as in a gateway. Every token costs a nano dollar. */
final class TestGateway implements AutoCloseable {
  private static final Tokenizer TOKENIZER = new Tokenizer();

  final Ledger ledger;
  final BudgetLeases leases;
  final AtomicLong now = new AtomicLong(CallFixtures.NOW);

  /** Calls about which the database had to be asked. */
  final AtomicInteger waited = new AtomicInteger();

  /** By how many nanoseconds its ticker is ahead. */
  final AtomicLong later = new AtomicLong();

  private Budget budget;

  TestGateway(String url, Path folder, Budget budget) {
    this.budget = budget;
    Database database =
        new Database(
            url,
            folder,
            new DatabaseTimeouts(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30)));
    ledger =
        new Ledger(
            LedgerLimits.in(folder, 64 * 1024 * 1024),
            database,
            new UsagePricing(new CallFixtures.Prices(), TOKENIZER, ByteLimit.unlimited()),
            this::instant,
            BackgroundThreads.unreported());
    leases =
        new BudgetLeases(
            database,
            new CallFixtures.Prices(),
            this::instant,
            () -> Ticker.SYSTEM.nanos() + later.get(),
            BackgroundThreads.unreported());
    leases.define(List.of(budget));
    ledger.report(leases);
  }

  TestGateway started() {
    leases.start(new BudgetLeases.Source(ledger::journalName, ledger::leftIsStored));
    ledger.start(row -> {});
    return this;
  }

  private Instant instant() {
    return Instant.ofEpochMilli(now.get());
  }

  /** Decides about a call of this caller that may cost so much. */
  BudgetDecision hold(Call call, Caller caller, long nanoUsd) {
    call.setCaller(caller);
    call.setPlan(new Plan("fast", List.of(CallFixtures.GPT), "test"));
    ledger.admitted(call);
    List<BudgetDemand> demands = demands(caller, nanoUsd, call.timeMillis(this::instant));
    BudgetDecision decision = leases.hold(call.requestId(), demands);
    if (!(decision instanceof BudgetDecision.Unknown)) {
      return decision;
    }
    waited.incrementAndGet();
    return leases.holdLater(call.requestId(), demands).orTimeout(60, TimeUnit.SECONDS).join();
  }

  List<BudgetDemand> demands(Caller caller, long nanoUsd) {
    return demands(caller, nanoUsd, now.get());
  }

  private List<BudgetDemand> demands(Caller caller, long nanoUsd, long timeMillis) {
    BudgetAccount account =
        budget.accounts(caller, CallFixtures.GPT.model(), timeMillis).getFirst();
    return List.of(new BudgetDemand(budget, account, nanoUsd, caller.tenant()));
  }

  /** Makes this the only budget, as one that is stored. */
  void store(Budget changed) {
    budget = changed;
    leases.define(List.of());
    leases.replaceStored(List.of(changed), List.of());
  }

  Call begun() {
    return CallFixtures.begun(CallFixtures.id(now.get()), "gpt-5-mini");
  }

  /**
   * Makes a call that may cost so much and costs so much; whether the budget allowed it. A machine
   * that is too busy to decide in a second is asked again.
   */
  boolean call(Caller caller, long atMost, long cost) {
    boolean allowed = false;
    for (int i = 0; i < 60; i++) {
      Call call = begun();
      BudgetDecision decision = hold(call, caller, atMost);
      allowed = decision instanceof BudgetDecision.Held;
      end(call, allowed, cost);
      boolean unknown =
          decision instanceof BudgetDecision.Refused refused && refused.problem().status() == 503;
      if (!unknown) {
        break;
      }
    }
    return allowed;
  }

  /** Makes a call that no budget is asked about. */
  void spend(Caller caller, long cost) {
    Call call = begun();
    call.setCaller(caller);
    call.setPlan(new Plan("fast", List.of(CallFixtures.GPT), "test"));
    ledger.admitted(call);
    call.beginAttempt(CallFixtures.GPT);
    call.recordToken();
    call.current().recordUsage(Usage.of(cost, 0));
    call.end(Outcome.ANSWERED, Optional.empty());
    ledger.settled(call);
  }

  private void end(Call call, boolean held, long cost) {
    if (held) {
      ledger.held(call);
      call.beginAttempt(CallFixtures.GPT);
      call.recordToken();
      call.current().recordUsage(Usage.of(cost, 0));
      call.end(Outcome.ANSWERED, Optional.empty());
    } else {
      call.end(Outcome.FAILED, Optional.empty());
    }
    ledger.settled(call);
  }

  @Override
  public void close() {
    ledger.close();
    leases.close();
  }
}
