package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.provider.Providers;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.core.time.Ticker;
import dev.serai.memory.budgets.BudgetLeases;
import dev.serai.memory.database.Database;
import dev.serai.processors.admission.HoldBudgets;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.routing.strategy.CacheAffinity;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.routing.strategy.Strategies;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * Measures what budgets cost a call: its price at most, two holds, their settlement and their end.
 * A program, not a test.
 */
public final class CostOfBudgets {
  private static final int ROUND = 100_000;
  private static final int ROUNDS = 12;
  private static final Candidate MODEL = new Candidate("openai", "gpt-4o");
  private static final String BODY =
      "{\"model\":\"gpt-4o\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\""
          + "word ".repeat(400)
          + "\"}]}";

  private CostOfBudgets() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("budgets");
    ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    try (BudgetLeases none = leases(folder);
        BudgetLeases two = leases(folder);
        DefaultCamelContext camel = new DefaultCamelContext()) {
      two.define(List.of(budget("tenant", BudgetScope.TENANT), budget("key", BudgetScope.KEY)));
      two.start(new BudgetLeases.Source(() -> "measured", () -> true));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
      HoldBudgets without = step(none, loop);
      HoldBudgets with = step(two, loop);
      warmUp(camel, with, two);
      for (int round = 0; round < ROUNDS; round++) {
        System.out.printf(
            "one call: two budgets %.0f ns, no budgets %.0f ns%n",
            cost(camel, with, two, ROUND), cost(camel, without, none, ROUND));
      }
    } finally {
      loop.shutdownNow();
    }
  }

  /** The first call waits for its lease. */
  private static void warmUp(DefaultCamelContext camel, HoldBudgets step, BudgetLeases leases) {
    for (int i = 0; i < 20; i++) {
      try {
        cost(camel, step, leases, 1);
        return;
      } catch (IllegalStateException e) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  private static BudgetLeases leases(Path folder) {
    SettingsCatalogue catalogue = catalogue();
    return new BudgetLeases(
        new Database("sqlite", folder),
        catalogue,
        InstantSource.system(),
        Ticker.SYSTEM,
        BackgroundThreads.unreported());
  }

  private static SettingsCatalogue catalogue() {
    Settings settings = Settings.load(Map.of("OPENAI_API_KEY", "none"), Path.of("none"));
    return new SettingsCatalogue(settings, InstantSource.system());
  }

  private static Budget budget(String id, BudgetScope scope) {
    return new Budget(
        id,
        scope,
        Optional.empty(),
        Optional.empty(),
        BudgetPeriod.MONTH,
        ZoneOffset.UTC,
        Budget.MAX_LIMIT,
        false,
        Optional.empty());
  }

  private static HoldBudgets step(BudgetLeases leases, ScheduledExecutorService loop) {
    SettingsCatalogue catalogue = catalogue();
    return new HoldBudgets(
        leases,
        new ModelResolver(catalogue, new Providers(), (_, name) -> name, strategies(catalogue)),
        catalogue,
        InstantSource.system(),
        _ -> loop,
        _ -> {});
  }

  private static Strategies strategies(SettingsCatalogue catalogue) {
    Bandits.Rules rules =
        new Bandits.Rules(BanditRules.of(BanditAlgorithm.POOLED), RewardRules.DEFAULT);
    return new Strategies(
        catalogue,
        new CandidateStats(Ticker.SYSTEM),
        new Strategies.Learned(
            new CacheAffinity(() -> Duration.ZERO, Ticker.SYSTEM),
            new Bandits(rules, ThreadLocalRandom::current, InstantSource.system())),
        bound -> 0);
  }

  private static double cost(
      DefaultCamelContext camel, HoldBudgets step, BudgetLeases leases, int calls) {
    OpenAiSurface surface = new OpenAiSurface(InstantSource.system());
    ChatRequest request = surface.readRequest(request(BODY));
    Exchange exchange = new DefaultExchange(camel);
    long start = cpuNanos();
    for (int i = 0; i < calls; i++) {
      Call call = new Call("request-" + i, request, surface, Ticker.SYSTEM);
      call.setCaller(new Caller("acme", "app", "", ""));
      call.setPlan(new Plan("fast", List.of(MODEL), "measured"));
      call.beginAttempt(MODEL).recordUsage(Usage.of(500, 100));
      exchange.setProperty(ExchangeProperties.CALL, call);
      step.process(exchange, _ -> {});
      if (exchange.getException() != null
          || leases.budgets().all().size() / 2 != leases.holding()) {
        throw new IllegalStateException("nothing is held", exchange.getException());
      }
      call.end(Outcome.ANSWERED, Optional.empty());
      leases.ended(call, true);
      leases.lost(call.requestId());
    }
    return (cpuNanos() - start) / (double) calls;
  }

  private static InboundRequest request(String body) {
    return new InboundRequest(
        "POST", "/v1/chat/completions", "", Headers.NONE, body.getBytes(StandardCharsets.UTF_8));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
