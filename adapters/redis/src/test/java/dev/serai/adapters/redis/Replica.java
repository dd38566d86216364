package dev.serai.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.net.RedisAddress;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateDecision;
import dev.serai.core.rate.RateDemand;
import dev.serai.core.rate.RateKey;
import dev.serai.core.rate.RateKey.Scope;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import dev.serai.core.rate.shared.SharedRates;
import dev.serai.core.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The limits of one of several gateways. */
final class Replica implements AutoCloseable {
  /** Refills so slowly that a test does not see it. */
  static final RateRule SLOW = rule(new Allowance(Window.REQUESTS_PER_MINUTE, 1, 1000));

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  final Queue<String> events = new ConcurrentLinkedQueue<>();
  final SharedRates rates;

  Replica(String url, String name) {
    this(url, name, InstantSource.system());
  }

  Replica(String url, String name, String prefix) {
    this(url, name, prefix, InstantSource.system());
  }

  Replica(String url, String name, InstantSource clock) {
    this(url, name, "test", clock);
  }

  private Replica(String url, String name, String prefix, InstantSource clock) {
    SharedRates.Listener listener =
        new SharedRates.Listener() {
          @Override
          public void shared(int gateways) {
            events.add("shared");
          }

          @Override
          public void alone(String why, int gateways) {
            events.add("alone: " + why);
          }
        };
    rates =
        new SharedRates(
            Ticker.SYSTEM,
            clock,
            new BackgroundThreads(
                Ticker.SYSTEM, (thread, why, pause) -> events.add("failed: " + why)),
            name,
            new RedisRates(RedisAddress.parse(url), prefix),
            listener);
    rates.start();
  }

  static RateRule rule(Allowance allowance) {
    return new RateRule(new RateKey(Scope.TENANT, "", "acme", allowance.window()), allowance);
  }

  /** Takes one after the other until one is refused, at most so many. */
  int take(RateRule rule, int most) {
    int taken = 0;
    while (taken < most && takes(rule)) {
      taken++;
    }
    return taken;
  }

  boolean takes(RateRule rule) {
    return rates.take(List.of(new RateDemand(rule, 1))) instanceof RateDecision.Taken;
  }

  long left(RateRule rule) {
    return rates.read(List.of(rule)).getFirst().remaining();
  }

  void awaitShared() {
    await("shared", rates::isShared);
  }

  void awaitAlone() {
    await("alone", () -> !rates.isShared());
  }

  /** Waits until everything before this was exchanged. */
  void awaitExchange() {
    long begun = rates.exchanges();
    await("two exchanges", () -> rates.exchanges() >= begun + 2);
  }

  /** Waits for a condition, long enough for a loaded machine. */
  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(() -> what + ", after " + events).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() {
    rates.close();
  }
}
