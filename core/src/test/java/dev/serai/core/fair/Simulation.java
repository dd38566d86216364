package dev.serai.core.fair;

import dev.serai.core.fair.rules.FairRules;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fair.rules.QueueRules;
import dev.serai.core.fair.rules.TenantShare;
import dev.serai.core.fair.rules.WindowRules;
import dev.serai.core.routing.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** Tenants that call one provider of limited capacity, on a clock that jumps to the next event. */
final class Simulation {
  static final long SECOND = 1_000_000_000L;
  private static final Candidate MODEL = new Candidate("provider", "model");
  private static final long REFUSAL_TIME = SECOND / 20;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Random random = new Random(7);
  private final Map<String, Seen> seen = new HashMap<>();
  private final FairScheduler scheduler;
  private long now = 1;
  private long order;
  private int capacity;
  private int running;
  private int most;
  private long sent;
  private long refused;

  private record Event(long at, long order, Runnable action) {}

  /** What a tenant saw: the times of its calls, from asking to the end. */
  static final class Seen {
    final List<Long> times = new ArrayList<>();
    int served;
    int dropped;

    /** In nanoseconds. */
    long percentile(double share) {
      return times.stream().sorted().toList().get((int) (share * (times.size() - 1)));
    }
  }

  Simulation(FairRules rules, int capacity) {
    scheduler = new FairScheduler(rules, () -> now, _ -> {});
    this.capacity = capacity;
  }

  static FairRules rules(WindowRules window) {
    return rules(window, Map.of());
  }

  static FairRules rules(WindowRules window, Map<String, TenantShare> tenants) {
    QueueRules queue = new QueueRules(1_000_000, 1_000_000, 1_000_000, Duration.ZERO);
    return new FairRules(tenants, new TenantShare(1, Qos.SILVER), queue, window);
  }

  FairScheduler scheduler() {
    return scheduler;
  }

  void capacity(int attempts) {
    capacity = attempts;
  }

  /** The share of attempts that the provider refused, since the last call of this. */
  double refusedShare() {
    double share = (double) refused / sent;
    refused = 0;
    sent = 0;
    return share;
  }

  Seen of(String tenant) {
    return seen.computeIfAbsent(tenant, _ -> new Seen());
  }

  void forget() {
    seen.clear();
  }

  /** Calls of a tenant at random times, from now on. */
  void calls(String tenant, double perSecond) {
    in(between(perSecond), () -> arrive(tenant, perSecond));
  }

  private long between(double perSecond) {
    return (long) (-Math.log(1 - random.nextDouble()) / perSecond * SECOND);
  }

  private void arrive(String tenant, double perSecond) {
    call(new FairDemand(tenant, "", Qos.SILVER, Long.MAX_VALUE));
    in(between(perSecond), () -> arrive(tenant, perSecond));
  }

  private void call(FairDemand demand) {
    long asked = now;
    Ticket[] ticket = new Ticket[1];
    GrantListener turn =
        new GrantListener() {
          @Override
          public void granted(boolean congested) {
            in(0, () -> send(ticket[0], asked));
          }

          @Override
          public void refused(Refusal why, Duration retryAfter) {
            of(demand.tenant()).dropped++;
          }
        };
    ticket[0] = scheduler.acquire(MODEL, demand, turn);
    if (ticket[0].isGrantedAtOnce()) {
      send(ticket[0], asked);
    }
  }

  /** The provider serves as many as its capacity, in half a second to one and a half. */
  private void send(Ticket ticket, long asked) {
    sent++;
    if (running >= capacity) {
      refused++;
      in(REFUSAL_TIME, ticket::overloaded);
      return;
    }
    running++;
    most = Math.max(most, running);
    long time = SECOND / 2 + random.nextLong(SECOND);
    in(
        time,
        () -> {
          running--;
          Seen of = of(ticket.demand().tenant());
          of.served++;
          of.times.add(now - asked);
          ticket.succeeded(now);
        });
  }

  private void in(long nanos, Runnable action) {
    events.add(new Event(now + nanos, order++, action));
  }

  /** Runs for so many seconds; the most that ran at once within them. */
  int run(int seconds) {
    long end = now + seconds * SECOND;
    most = 0;
    while (events.peek() != null && events.peek().at() <= end) {
      Event next = events.remove();
      now = next.at();
      next.action().run();
    }
    now = end;
    return most;
  }
}
