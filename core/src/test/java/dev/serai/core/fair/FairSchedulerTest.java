package dev.serai.core.fair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.fair.rules.FairRules;
import dev.serai.core.fair.rules.FairWeights;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fair.rules.QueueRules;
import dev.serai.core.fair.rules.TenantShare;
import dev.serai.core.fair.rules.WindowRules;
import dev.serai.core.routing.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Places are taken, waited for and given back. */
class FairSchedulerTest {
  private static final Candidate MODEL = new Candidate("provider", "model");
  private static final TenantShare SILVER = new TenantShare(1, Qos.SILVER);
  private static final WindowRules ONE = new WindowRules(1, 1, 1, 0);

  private final List<String> told = new ArrayList<>();
  private long now = 1;
  private FairScheduler scheduler = with(new QueueRules(100, 50, 100, Duration.ZERO));

  private FairScheduler with(QueueRules queue) {
    return new FairScheduler(new FairRules(Map.of(), SILVER, queue, ONE), () -> now, _ -> {});
  }

  /** Asks for a place; what becomes of it is written to {@link #told} under its name. */
  private Ticket ask(String name, String tenant, String session, long deadline) {
    return ask(name, new FairDemand(tenant, session, Qos.SILVER, deadline));
  }

  private Ticket ask(String name, FairDemand demand) {
    return scheduler.acquire(MODEL, demand, new Told(name));
  }

  private final class Told implements GrantListener {
    private final String name;

    Told(String name) {
      this.name = name;
    }

    @Override
    public void granted(boolean congested) {
      told.add(congested ? name + " congested" : name);
    }

    @Override
    public void refused(Refusal why, Duration retryAfter) {
      told.add(name + " " + why + " " + retryAfter.toSeconds());
    }
  }

  @Test
  void aPlaceIsGrantedAtOnceWhileThereIsRoom() {
    Ticket first = ask("first", "a", "", 9);
    assertThat(first.isGrantedAtOnce()).isTrue();
    Ticket second = ask("second", "a", "", 9);
    assertThat(second.isGrantedAtOnce()).isFalse();
    first.succeeded(1);
    assertThat(told).containsExactly("second");
    first.succeeded(1);
    first.leave();
    ask("third", "a", "", 9);
    assertThat(told).as("a ticket ends once").containsExactly("second");
    assertThat(scheduler.inFlight()).isEqualTo(1);
  }

  @Test
  void aCancelledAttemptLeavesTheQueueAtOnce() {
    Ticket first = ask("first", "a", "", 9);
    Ticket cancelled = ask("cancelled", "a", "", 9);
    ask("third", "b", "", 9);
    cancelled.leave();
    assertThat(scheduler.counts().waiting()).isEqualTo(1);
    assertThat(scheduler.counts().dropped()).isEqualTo(1);
    first.succeeded(1);
    assertThat(told).containsExactly("third");
  }

  @Test
  void anAttemptIsRefusedAtItsDeadlineUnlessItWasGranted() {
    Ticket first = ask("first", "a", "", 9);
    Ticket late = ask("late", "a", "", 9);
    late.expire();
    first.expire();
    assertThat(told).containsExactly("late EXPIRED 1");
    late.leave();
    assertThat(scheduler.counts().waiting()).isZero();
    assertThat(scheduler.inFlight()).isEqualTo(1);
  }

  @Test
  void theEarliestDeadlineOfASessionIsFirst() {
    final Ticket first = ask("first", "a", "s", 9);
    ask("patient", "a", "s", 90);
    ask("urgent", "a", "s", 20);
    first.succeeded(1);
    assertThat(told).containsExactly("urgent");
  }

  @Test
  void afterAnyAttemptLeavesTheOthersAreServedByTheirDeadlines() {
    scheduler = with(new QueueRules(1000, 1000, 1000, Duration.ZERO));
    final Ticket running = ask("running", "a", "s", 0);
    Random random = new Random(7);
    List<Ticket> waiting = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int deadline = 1000 + random.nextInt(1000);
      waiting.add(ask(String.valueOf(deadline), "a", "s", deadline));
    }
    waiting.stream().filter(_ -> random.nextInt(3) > 0).forEach(Ticket::leave);
    running.leave();
    int left = scheduler.counts().waiting();
    for (int i = 0; i <= left; i++) {
      granted(waiting).leave();
    }
    assertThat(told).hasSizeGreaterThan(100).isSorted();
    assertThat(scheduler.counts().waiting()).isZero();
  }

  @Test
  void sessionsThatAreNotUsedAgainAreForgotten() {
    TenantFlow tenant = new TenantFlow("a");
    FairGate gate = new FairGate(scheduler);
    for (int i = 0; i < 10_000; i++) {
      FairDemand demand = new FairDemand("a", "session " + i, Qos.SILVER, 9);
      tenant.add(new Ticket(gate, demand, new Told("s"), now), scheduler.rules());
      if (i >= 10) {
        tenant.take(scheduler.rules(), now); // so ten always wait
      }
    }
    assertThat(tenant.known()).isLessThan(500);
  }

  @Test
  void sessionsOfATenantTakeTurns() {
    Ticket running = ask("running", "a", "one", 9);
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tickets.add(ask("one", "a", "one", 9));
    }
    tickets.add(ask("two", "a", "two", 9));
    tickets.add(ask("other", "b", "", 9));
    running.succeeded(1);
    for (int round = 0; round < 4; round++) {
      granted(tickets).leave();
    }
    assertThat(told).containsExactly("one", "other", "two", "one", "one");
  }

  @Test
  void theQueueIsBoundedForEachTenantAndForAll() {
    scheduler = with(new QueueRules(3, 2, 3, Duration.ZERO));
    ask("running", "a", "", 9);
    IntStream.range(0, 3).forEach(i -> ask("a" + i, "a", "", 9));
    assertThat(told).containsExactly("a2 TENANT_FULL 1");
    ask("b0", "b", "", 9);
    ask("b1", "b", "", 9);
    assertThat(told).endsWith("b1 FULL 1");
    assertThat(scheduler.counts().waiting()).isEqualTo(3);
  }

  @Test
  void aCongestedQueueRefusesBronzeAndTellsTheOthers() {
    scheduler = with(new QueueRules(10, 10, 2, Duration.ZERO));
    Ticket running = ask("running", "a", "", 9);
    IntStream.range(0, 3).forEach(i -> ask("s" + i, "a", "", 9));
    ask("b", new FairDemand("b", "", Qos.BRONZE, 9));
    running.succeeded(1);
    assertThat(told).containsExactly("b CONGESTED 1", "s0 congested");
  }

  @Test
  void aTenantThatGotNothingForLongGoesFirst() {
    Map<String, TenantShare> shares = Map.of("big", new TenantShare(1000, Qos.GOLD));
    QueueRules queue = new QueueRules(1000, 1000, 1000, Duration.ofNanos(50));
    scheduler = new FairScheduler(new FairRules(shares, SILVER, queue, ONE), () -> now, _ -> {});
    List<Ticket> tickets = new ArrayList<>();
    tickets.add(ask("running", "big", "", 9));
    IntStream.range(0, 200).forEach(i -> tickets.add(ask("big", "big", "", 9)));
    IntStream.range(0, 2).forEach(i -> tickets.add(ask("small", "small", "", 9)));
    for (int i = 0; i < 150; i++) {
      now += 1;
      granted(tickets).leave();
    }
    long boosted = scheduler.counts().boosted();
    assertThat(boosted).as("the second call of the small tenant").isEqualTo(1);
    assertThat(told.lastIndexOf("small")).isBetween(50, 60);
  }

  @Test
  void changedWeightsApplyToThoseThatWait() {
    Ticket running = ask("running", "a", "", 9);
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      tickets.add(ask("a", "a", "", 9));
      tickets.add(ask("b", "b", "", 9));
    }
    QueueRules queue = new QueueRules(100, 50, 100, Duration.ZERO);
    Map<String, TenantShare> shares = Map.of("b", new TenantShare(4, Qos.SILVER));
    scheduler.replace(new FairRules(shares, SILVER, queue, ONE));
    running.succeeded(1);
    for (int i = 0; i < 24; i++) {
      granted(tickets).leave();
    }
    assertThat(told.stream().filter("b"::equals).count()).isBetween(18L, 21L);
  }

  @Test
  void aLiveWeightOfATenantCountsBeforeThatOfTheSettingsUntilItIsRemoved() {
    QueueRules queue = new QueueRules(100, 50, 100, Duration.ZERO);
    Map<String, TenantShare> shares = Map.of("b", new TenantShare(4, Qos.GOLD));
    scheduler.weigh(weights -> weights.tenant("b", OptionalInt.of(2)));
    scheduler.replace(new FairRules(shares, SILVER, queue, ONE));
    assertThat(scheduler.rules().share("b")).isEqualTo(new TenantShare(2, Qos.GOLD));
    assertThat(scheduler.rules().share("a")).isEqualTo(SILVER);

    scheduler.weigh(weights -> weights.tenant("b", OptionalInt.empty()));
    assertThat(scheduler.rules().share("b")).isEqualTo(new TenantShare(4, Qos.GOLD));
    assertThat(scheduler.rules().live()).isEqualTo(FairWeights.NONE);
  }

  @Test
  void liveWeightsApplyToTheTenantsAndSessionsThatWait() {
    Ticket running = ask("running", "a", "", 9);
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      tickets.add(ask("a1", "a", "one", 9));
      tickets.add(ask("a2", "a", "two", 9));
      tickets.add(ask("b", "b", "", 9));
    }
    scheduler.weigh(weights -> weights.tenant("a", OptionalInt.of(4)));
    scheduler.weigh(weights -> weights.session("two", OptionalInt.of(3)));
    running.succeeded(1);
    for (int i = 0; i < 25; i++) {
      granted(tickets).leave();
    }
    assertThat(told.stream().filter("b"::equals).count()).isBetween(4L, 7L);
    assertThat(told.stream().filter("a2"::equals).count()).isBetween(13L, 17L);
    assertThat(told.stream().filter("a1"::equals).count()).isBetween(4L, 7L);
  }

  @Test
  void nothingThatWaitsIsSentOnceTheGatewayEnds() {
    Ticket running = ask("running", "a", "", 9);
    Ticket waits = ask("waits", "a", "", 9);
    scheduler.end();
    running.leave();
    waits.leave();
    assertThat(told).isEmpty();
    assertThat(scheduler.inFlight()).isZero();
    assertThat(scheduler.counts().waiting()).isZero();
  }

  @Test
  void aLargerWindowAppliesToThoseThatWait() {
    ask("running", "a", "", 9);
    ask("second", "a", "", 9);
    ask("third", "a", "", 9);
    QueueRules queue = new QueueRules(100, 50, 100, Duration.ZERO);
    scheduler.replace(new FairRules(Map.of(), SILVER, queue, new WindowRules(2, 2, 2, 0)));
    assertThat(told).containsExactly("second");
    assertThat(scheduler.limit()).isEqualTo(2);
  }

  /** The ticket that has a place. */
  private static Ticket granted(List<Ticket> tickets) {
    return tickets.stream()
        .filter(t -> t.state() == Ticket.State.GRANTED)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void manyThreadsNeverExceedTheWindowAndLoseNothing() throws InterruptedException {
    WindowRules four = new WindowRules(4, 4, 4, 0);
    QueueRules queue = new QueueRules(100_000, 100_000, 100_000, Duration.ZERO);
    FairRules rules = new FairRules(Map.of(), SILVER, queue, four);
    FairScheduler shared = new FairScheduler(rules, () -> 1, _ -> {});
    int threads = 8;
    int each = 2000;
    Concurrent concurrent = new Concurrent(threads * each);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String tenant = "t" + t;
      running.add(
          Thread.ofPlatform()
              .start(() -> IntStream.range(0, each).forEach(_ -> concurrent.ask(shared, tenant))));
    }
    for (Thread thread : running) {
      thread.join(TimeUnit.MINUTES.toMillis(1));
    }
    assertThat(concurrent.left.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(concurrent.most.get()).isLessThanOrEqualTo(4);
    assertThat(shared.inFlight()).isZero();
    assertThat(shared.counts().waiting()).isZero();
    assertThat(shared.counts().granted()).isEqualTo((long) threads * each);
  }

  /** Takes places on many threads and gives each back on a thread of its own. */
  private static final class Concurrent {
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final CountDownLatch left;

    Concurrent(int count) {
      left = new CountDownLatch(count);
    }

    void ask(FairScheduler shared, String tenant) {
      CountDownLatch granted = new CountDownLatch(1);
      GrantListener turn =
          new GrantListener() {
            @Override
            public void granted(boolean congested) {
              enter();
              granted.countDown();
            }

            @Override
            public void refused(Refusal why, Duration retryAfter) {
              throw new IllegalStateException("refused: " + why);
            }
          };
      FairDemand demand = new FairDemand(tenant, "", Qos.SILVER, Long.MAX_VALUE);
      Ticket ticket = shared.acquire(MODEL, demand, turn);
      if (ticket.isGrantedAtOnce()) {
        enter();
        granted.countDown();
      }
      Thread.ofVirtual().start(() -> leave(ticket, granted));
    }

    private void enter() {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    }

    private void leave(Ticket ticket, CountDownLatch granted) {
      try {
        if (granted.await(1, TimeUnit.MINUTES)) {
          inside.decrementAndGet();
          ticket.succeeded(1);
          left.countDown();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
