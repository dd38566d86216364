package dev.serai.adapters.redis;

import dev.serai.core.net.RedisAddress;
import dev.serai.core.rate.shared.RateExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up the counts of all gateways in Redis. A report is one call of a script, which is atomic,
 * and the time is that of Redis, so clocks of gateways do not matter. All keys begin with the
 * prefix, have the same hash tag and expire. For one thread, which may block.
 */
public final class RedisRates implements RateExchange {
  private static final RedisScript SCRIPT = RedisScript.load("rates.lua");
  private static final int HEAD = 3;
  private static final int MAX_GATEWAYS = 10_000;

  /** Seconds until the year 5138. */
  private static final long MAX_NUMBER = 100_000_000_000L;

  private final RedisConnection connection;
  private final String prefix;

  /**
   * @param prefix of all keys
   */
  public RedisRates(RedisAddress address, String prefix) {
    this.connection = new RedisConnection(address);
    this.prefix = prefix + ":{limits}:";
  }

  @Override
  public Reply exchange(Report report) throws IOException {
    List<String> keys = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    keys.add(prefix + "gateways");
    keys.add(prefix + "report:" + report.gateway());
    arguments.add(report.gateway());
    arguments.add(Long.toString(report.number()));
    for (Count count : report.counts()) {
      keys.add(prefix + count.key());
      arguments.add(Double.toString(count.change()));
      arguments.add(Double.toString(count.known()));
      arguments.add(Double.toString(count.refill()));
    }
    List<String> reply = connection.run(SCRIPT, new RedisConnection.Arguments(keys, arguments));
    if (reply.size() != HEAD + report.counts().size()) {
      throw new IOException("Redis returned " + reply.size() + " values for a report");
    }
    return read(reply);
  }

  private static Reply read(List<String> reply) throws IOException {
    try {
      long millis = number(reply.get(0)) * 1000 + number(reply.get(1)) / 1000;
      int gateways = (int) Math.min(number(reply.get(2)), MAX_GATEWAYS);
      return new Reply(millis, gateways, reply.stream().skip(HEAD).map(RedisRates::taken).toList());
    } catch (IllegalArgumentException e) {
      throw new IOException("Redis returned something else than counts", e);
    }
  }

  private static long number(String text) {
    long number = Long.parseLong(text);
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static double taken(String text) {
    double taken = Double.parseDouble(text);
    if (!(taken >= 0 && taken <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(text);
    }
    return taken;
  }

  @Override
  public void close() {
    connection.close();
  }
}
