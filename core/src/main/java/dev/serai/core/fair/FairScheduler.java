package dev.serai.core.fair;

import dev.serai.core.fair.GrantListener.Refusal;
import dev.serai.core.fair.rules.FairRules;
import dev.serai.core.fair.rules.FairWeights;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fair.rules.QueueRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Lets attempts through to the providers: as many at once as the window of a provider's model
 * allows, the others in a fair order. Nothing here holds a thread. Thread-safe.
 */
public final class FairScheduler {
  /** Clients can name any model, so the number of windows has a bound. */
  private static final int MAX_GATES = 4096;

  private final ConcurrentHashMap<Candidate, FairGate> gates = new ConcurrentHashMap<>();
  private final FairCounts counts = new FairCounts();
  private final Ticker ticker;
  private final LongConsumer waits;
  private volatile FairRules rules;
  private volatile boolean ended;

  /**
   * @param waits receives how many nanoseconds each attempt waited that had to, on any thread
   */
  public FairScheduler(FairRules rules, Ticker ticker, LongConsumer waits) {
    this.rules = rules;
    this.ticker = ticker;
    this.waits = waits;
  }

  /** Replaces the rules, also for attempts that wait. The live weights stay. */
  public synchronized void replace(FairRules fresh) {
    apply(fresh.with(rules.live()));
  }

  /** Changes the live weights, also for attempts that wait. */
  public synchronized void weigh(UnaryOperator<FairWeights> change) {
    apply(rules.with(change.apply(rules.live())));
  }

  private void apply(FairRules fresh) {
    rules = fresh;
    gates.values().forEach(FairGate::applyRules);
  }

  /**
   * Asks for a place in the window of a provider's model.
   *
   * @param turn receives the outcome, unless {@link Ticket#isGrantedAtOnce}
   * @return what the caller ends when the attempt has ended, whatever its turn received
   */
  public Ticket acquire(Candidate candidate, FairDemand demand, GrantListener listener) {
    return gate(candidate).acquire(demand, listener);
  }

  private FairGate gate(Candidate candidate) {
    FairGate known = gates.get(candidate);
    if (known != null) {
      return known;
    }
    if (gates.mappingCount() >= MAX_GATES) {
      gates.values().removeIf(FairGate::isIdle);
    }
    boolean full = gates.mappingCount() >= MAX_GATES;
    Candidate key = full ? new Candidate(candidate.provider(), "") : candidate;
    return gates.computeIfAbsent(key, _ -> new FairGate(this));
  }

  /**
   * The gateway ends: attempts that wait are sent no more, whatever place becomes free. They wait
   * until their calls are cut off.
   */
  public void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** What has been done. */
  public FairCounts counts() {
    return counts;
  }

  /** How many attempts may run at once, at all providers together. */
  public int limit() {
    return sum(FairGate::limit);
  }

  /** How many attempts run. */
  public int inFlight() {
    return sum(FairGate::inFlight);
  }

  private int sum(ToIntFunction<FairGate> value) {
    return gates.values().stream().mapToInt(value).sum();
  }

  /**
   * How evenly the tenants that wait got what they are entitled to, lately: Jain's index, of the
   * model where it is the lowest; 1 is exact.
   */
  public double jainsIndex() {
    return gates.values().stream().mapToDouble(FairGate::jainsIndex).min().orElse(1);
  }

  /** The rules that are in force. */
  public FairRules rules() {
    return rules;
  }

  Ticker ticker() {
    return ticker;
  }

  void waited(long nanos) {
    waits.accept(nanos);
  }

  /** Whether so many attempts wait that callers should slow down. */
  boolean isCongested() {
    return counts.waiting() >= rules.queue().highWater();
  }

  /** Why another attempt may not wait; empty if it may. */
  Optional<Refusal> refusal(FairDemand demand) {
    QueueRules queue = rules.queue();
    if (counts.waiting() >= queue.maxWaiting()) {
      return Optional.of(Refusal.FULL);
    }
    if (queue.maxWaitingPerTenant() == 0) {
      return Optional.of(Refusal.TENANT_FULL);
    }
    return isCongested() && demand.qos() == Qos.BRONZE
        ? Optional.of(Refusal.CONGESTED)
        : Optional.empty();
  }
}
