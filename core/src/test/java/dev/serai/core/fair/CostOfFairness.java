package dev.serai.core.fair;

import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * Measures what a decision costs while 100,000 attempts of 1,000 tenants with ten sessions each
 * wait: one attempt ends, the next is chosen, and another begins to wait. Also an attempt that does
 * not have to wait. A program, not a test.
 */
public final class CostOfFairness {
  private static final Candidate MODEL = new Candidate("provider", "model");
  private static final int WAITING = 100_000;
  private static final int TENANTS = 1_000;
  private static final int SESSIONS = 10;
  private static final FairDemand[] DEMANDS = new FairDemand[TENANTS * SESSIONS];
  private static final int ROUND = 200_000;
  private static final int ROUNDS = 15;

  private final Queue<Ticket> granted = new ArrayDeque<>();
  private int asked;

  private CostOfFairness() {}

  public static void main(String[] arguments) {
    for (int i = 0; i < DEMANDS.length; i++) {
      String tenant = "tenant-" + i % TENANTS;
      String session = "session-" + i / TENANTS;
      DEMANDS[i] = new FairDemand(tenant, session, Qos.SILVER, Long.MAX_VALUE);
    }
    CostOfFairness cost = new CostOfFairness();
    FairScheduler busy = scheduler(50);
    for (int i = 0; i < WAITING; i++) {
      cost.ask(busy);
    }
    FairScheduler free = scheduler(1_000_000);
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          "a decision with %d waiting: %.0f ns; without a wait: %.0f ns%n",
          busy.counts().waiting(), cost.decisions(busy), cost.atOnce(free));
    }
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
    turn.ticket = scheduler.acquire(MODEL, DEMANDS[asked], turn);
    asked = (asked + 7919) % DEMANDS.length;
    if (turn.ticket.isGrantedAtOnce()) {
      granted.add(turn.ticket);
    }
  }

  private final class Grant implements Turn {
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
      granted.remove().succeeded(1_000_000);
      ask(scheduler);
    }
    return (cpuNanos() - start) / (double) ROUND;
  }

  private double atOnce(FairScheduler scheduler) {
    long start = cpuNanos();
    FairDemand demand = new FairDemand("tenant", "session", Qos.SILVER, Long.MAX_VALUE);
    Turn turn = new Grant();
    for (int i = 0; i < ROUND; i++) {
      scheduler.acquire(MODEL, demand, turn).succeeded(1_000_000);
    }
    return (cpuNanos() - start) / (double) ROUND;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
