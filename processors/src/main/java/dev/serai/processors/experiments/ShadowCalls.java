package dev.serai.processors.experiments;

import dev.serai.config.experiment.ShadowSettings;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallListener;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Shadows;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.limit.DailySpend;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

/**
 * Copies calls that were answered to the variants of their experiment that get copies. A copy
 * begins after its call has ended, on a thread of its own, so no client waits for one. How many run
 * and wait, what they hold in memory and what they cost in a day is bounded; a copy for which there
 * is no room is skipped. Thread-safe, without locks.
 */
public final class ShadowCalls implements CallListener {
  /** How a copy ended. */
  public enum End {
    /** Its provider has answered. */
    ANSWERED,
    /** It has failed. */
    FAILED,
    /** It was not sent: a bound is reached, its model has no price, or no provider serves it. */
    SKIPPED;

    /** Its name in metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where copies run and what is kept of them.
   *
   * @param routes where the routes run
   * @param ids makes the IDs of calls
   * @param admitted receives a copy before it is sent
   * @param settled receives a copy that has ended
   * @param cost of an attempt in nano US dollars (1e-9 USD); empty if its price is unknown
   * @param parameters of an alias, for requests that do not set them
   */
  public record Gateway(
      Supplier<CamelContext> routes,
      EventLoops loops,
      Ticker ticker,
      Supplier<String> ids,
      Consumer<Call> admitted,
      CallListener settled,
      BiFunction<Candidate, Usage, OptionalLong> cost,
      Function<String, DefaultParameters> parameters) {}

  private final Supplier<ShadowSettings> settings;
  private final Gateway gateway;
  private final ByteLimit memory;
  private final InstantSource clock;
  private final DailySpend spent = new DailySpend();
  private final Queue<ShadowCall.Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLongArray ended = new AtomicLongArray(End.values().length);

  /**
   * @param memory that the requests of the copies are taken from
   * @param clock whose days the costs are of
   */
  public ShadowCalls(
      Supplier<ShadowSettings> settings, Gateway gateway, ByteLimit memory, InstantSource clock) {
    this.settings = settings;
    this.gateway = gateway;
    this.memory = memory;
    this.clock = clock;
  }

  /** The steps of the route {@code shadow}, by the name that it uses. */
  public Map<String, Processor> steps() {
    return Map.of("admit-shadow", new AdmitShadow());
  }

  /** How many copies have ended so. */
  public long count(End how) {
    return ended.get(how.ordinal());
  }

  @Override
  public void settled(Call call) {
    Optional<Shadows> shadows = call.lifecycle().shadows();
    if (shadows.isEmpty()) {
      return;
    }
    boolean stored =
        call.request() != call.asked()
            || call.asked() instanceof ContinuingRequest continuing && continuing.hasReferences();
    if (call.outcome().filter(Outcome.ANSWERED::equals).isPresent() && !stored) {
      CopiedCall kept = CopiedCall.of(call, shadows.get().request());
      shadows.get().variants().forEach(variant -> offer(kept, variant));
    }
  }

  private void offer(CopiedCall call, AssignedModel variant) {
    ShadowSettings bounds = settings.get();
    ByteHold bytes = memory.hold();
    if (pending.incrementAndGet() > bounds.concurrent() + bounds.waiting()
        || !hasMoney()
        || !bytes.resize(call.bytes())) {
      end(End.SKIPPED);
      return;
    }
    waiting.add(new ShadowCall.Waiting(call, variant, bytes));
    begin();
  }

  /** Begins copies that wait, as many as may run. */
  private void begin() {
    while (!waiting.isEmpty() && enter()) {
      ShadowCall.Waiting next = waiting.poll();
      if (next == null) {
        running.decrementAndGet();
      } else if (!ShadowCall.start(this, next)) {
        running.decrementAndGet();
        end(End.SKIPPED);
      }
    }
  }

  /** Takes a place if one is free. A copy that is added meanwhile is seen by who gives one back. */
  private boolean enter() {
    int most = settings.get().concurrent();
    return running.getAndUpdate(now -> Math.min(now + 1, Math.max(now, most))) < most;
  }

  Gateway gateway() {
    return gateway;
  }

  /** Whether a copy may cost anything now. Copies that run may exceed the limit. */
  boolean hasMoney() {
    return spent.today(clock.millis()) < settings.get().usdPerDay().doubleValue();
  }

  /** A copy that has begun is over. */
  void over(End how, double usd) {
    spent.spend(usd, clock.millis());
    running.decrementAndGet();
    end(how);
    begin();
  }

  private void end(End how) {
    pending.decrementAndGet();
    ended.incrementAndGet(how.ordinal());
  }
}
