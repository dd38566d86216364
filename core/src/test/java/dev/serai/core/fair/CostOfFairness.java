package dev.serai.core.fair;

import dev.serai.core.fair.rules.FairRules;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fair.rules.QueueRules;
import dev.serai.core.fair.rules.TenantShare;
import dev.serai.core.fair.rules.WindowRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * Measures what a decision costs while 100,000 attempts wait: one attempt ends, the next is chosen,
 * and another begins to wait. How many tenants and sessions there are decides how much memory a
 * decision reads. Also an attempt that does not have to wait. A program, not a test.
 */
public final class CostOfFairness {
  private static final Candidate MODEL = new Candidate("provider", "model");
  private static final int WAITING = 100_000;
  private static final int ROUND = 200_000;
  private static final int ROUNDS = 10;

  private final Queue<Ticket> granted = new ArrayDeque<>();
  private final FairDemand[] demands;
  private int asked;

  private CostOfFairness(int tenants, int sessions) {
    demands = new FairDemand[tenants * sessions];
    for (int i = 0; i < demands.length; i++) {
      String tenant = "tenant-" + i % tenants;
      String session = "session-" + i / tenants;
      demands[i] = new FairDemand(tenant, session, Qos.SILVER, Long.MAX_VALUE);
    }
  }

  public static void main(String[] arguments) {
    measure(100, 1);
    measure(1_000, 1);
    measure(1_000, 10);
  }

  private static void measure(int tenants, int sessions) {
    CostOfFairness cost = new CostOfFairness(tenants, sessions);
    FairScheduler busy = scheduler(50);
    for (int i = 0; i < WAITING; i++) {
      cost.ask(busy);
    }
    FairScheduler free = scheduler(1_000_000);
    double decision = Double.MAX_VALUE;
    double atOnce = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      decision = Math.min(decision, cost.decisions(busy));
      atOnce = Math.min(atOnce, cost.atOnce(free));
    }
    System.out.printf(
        "%d tenants with %d sessions each, %d waiting: a decision takes %.0f ns; without a wait:"
            + " %.0f ns%n",
        tenants, sessions, busy.counts().waiting(), decision, atOnce);
  }

  private static FairScheduler scheduler(int window) {
    QueueRules queue = new QueueRules(1_000_000, 1_000_000, 1_000_000, Duration.ofSeconds(5));
    WindowRules fixed = new WindowRules(window, window, window, 3);
    FairRules rules = new FairRules(Map.of(), new TenantShare(1, Qos.SILVER), queue, fixed);
    return new FairScheduler(rules, Ticker.SYSTEM, _ -> {});
  }

  /** Which tenant asks next is far from the one before, so that memory is not read in order. */
  private void ask(FairScheduler scheduler) {
    Grant turn = new Grant();
    turn.ticket = scheduler.acquire(MODEL, demands[asked], turn);
    asked = (asked + 7919) % demands.length;
    if (turn.ticket.isGrantedAtOnce()) {
      granted.add(turn.ticket);
    }
  }

  private final class Grant implements GrantListener {
    private Ticket ticket;

    @Override
    public void granted(boolean congested) {
      granted.add(ticket);
    }

    @Override
    public void refused(Refusal why, Duration retryAfter) {
      throw new IllegalStateException("refused: " + why);
    }
  }

  private double decisions(FairScheduler scheduler) {
    long start = cpuNanos();
    for (int i = 0; i < ROUND; i++) {
      granted.remove().succeeded(0);
      ask(scheduler);
    }
    return (cpuNanos() - start) / (double) ROUND;
  }

  private double atOnce(FairScheduler scheduler) {
    long start = cpuNanos();
    FairDemand demand = new FairDemand("tenant", "session", Qos.SILVER, Long.MAX_VALUE);
    GrantListener turn = new Grant();
    for (int i = 0; i < ROUND; i++) {
      scheduler.acquire(MODEL, demand, turn).succeeded(0);
    }
    return (cpuNanos() - start) / (double) ROUND;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
