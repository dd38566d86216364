package dev.serai.core.rate.shared;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.rate.RateDecision;
import dev.serai.core.rate.RateDemand;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.RateStore;
import dev.serai.core.time.Ticker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts windows together with other gateways. A call is answered from memory. Ten times a second a
 * thread reports what this gateway has taken, and corrects its counts by what all have taken.
 *
 * <p>While the others cannot be reached, everything that is taken counts once for each of them, as
 * if they took as much: each gateway then has an equal share of what is left. Thread-safe.
 */
public final class SharedRates implements RateStore, AutoCloseable {
  private final LocalRates local;
  private final SharedWindows windows;
  private final RateSync sync;

  /** Receives changes of the connection to the other gateways, on the thread that reports. */
  public interface Listener {
    /** Counts are shared. */
    void shared(int gateways);

    /**
     * Counts are not shared; each gateway has a share of each limit.
     *
     * @param gateways how many share it, as last known
     */
    void alone(String why, int gateways);
  }

  /**
   * @param gateway the ID of this start of the gateway
   */
  public SharedRates(
      Ticker ticker,
      InstantSource time,
      BackgroundThreads threads,
      String gateway,
      RateExchange exchange,
      Listener listener) {
    SharedClock clock = new SharedClock(time);
    local = new LocalRates(ticker, clock);
    windows = new SharedWindows(local);
    RateReports reports = new RateReports(local, windows, gateway);
    sync = new RateSync(ticker, threads, new RateSync.Others(exchange, reports, clock), listener);
  }

  /** Starts to exchange counts. */
  public void start() {
    sync.start();
  }

  /** Reports the last counts and ends. */
  @Override
  public void close() {
    sync.close();
  }

  @Override
  public RateDecision take(List<RateDemand> demands) {
    int weight = sync.weight();
    RateDecision decision = local.take(weighted(demands, weight));
    if (decision instanceof RateDecision.Taken taken) {
      for (int i = 0; i < demands.size(); i++) {
        RateDemand demand = demands.get(i);
        if (SharedWindows.isShared(demand.rule())) {
          windows.add(demand.rule(), demand.amount(), weight, taken.day());
        }
      }
    } else if (decision instanceof RateDecision.Refused refused
        && SharedWindows.isShared(refused.rule())) {
      windows.add(refused.rule(), 0, weight, local.day());
    }
    return decision;
  }

  private static List<RateDemand> weighted(List<RateDemand> demands, int weight) {
    if (weight == 1) {
      return demands;
    }
    List<RateDemand> weighted = new ArrayList<>(demands.size());
    for (RateDemand each : demands) {
      boolean shared = SharedWindows.isShared(each.rule());
      weighted.add(shared ? new RateDemand(each.rule(), each.amount() * weight) : each);
    }
    return weighted;
  }

  @Override
  public void adjust(RateRule rule, long amount, long day) {
    if (amount == 0 || !SharedWindows.isShared(rule)) {
      local.adjust(rule, amount, day);
      return;
    }
    int weight = sync.weight();
    local.adjust(rule, amount * weight, day);
    windows.add(rule, amount, weight, day);
  }

  @Override
  public List<RateReading> read(List<RateRule> rules) {
    List<RateReading> readings = local.read(rules);
    int weight = sync.weight();
    if (weight > 1) {
      readings.replaceAll(reading -> share(reading, weight));
    }
    return readings;
  }

  private static RateReading share(RateReading reading, int weight) {
    if (!SharedWindows.isShared(reading.rule())) {
      return reading;
    }
    long share = Math.ceilDiv(reading.remaining(), weight);
    return new RateReading(reading.rule(), share, reading.full(), reading.next());
  }

  /** How many windows are counted. */
  public int size() {
    return local.size();
  }

  /** How many windows are exchanged with the other gateways now. */
  public int exchanged() {
    return windows.size();
  }

  /** Whether counts are shared now; false before the first exchange. */
  public boolean isShared() {
    return sync.isShared();
  }

  /** How many gateways share the limits, as last known; 1 before the first exchange. */
  public int gateways() {
    return sync.gateways();
  }

  /** How many exchanges have succeeded. */
  public long exchanges() {
    return sync.exchanges();
  }

  /** How many exchanges have failed. */
  public long failures() {
    return sync.failures();
  }
}
