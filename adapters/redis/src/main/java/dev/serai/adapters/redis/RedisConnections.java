package dev.serai.adapters.redis;

import dev.serai.core.net.RedisAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections to Redis, of which each script has one while it runs. Thread-safe. */
final class RedisConnections implements AutoCloseable {
  private static final int MAX = 8;
  private static final int WAIT_SECONDS = 5;
  private static final ReplyReader.Bounds BOUNDS = new ReplyReader.Bounds(2 * 1024 * 1024, 32_768);
  private static final int REPLY_MILLIS = 5000;

  private final RedisAddress address;
  private final Semaphore unused = new Semaphore(MAX, true);
  private final Deque<RedisConnection> idle = new ConcurrentLinkedDeque<>();

  RedisConnections(RedisAddress address) {
    this.address = address;
  }

  /**
   * Runs a script and returns its array of numbers and texts.
   *
   * @param key one of its keys, which are all on one server of a cluster
   * @throws IOException if it could not be run, or its reply did not come
   */
  List<byte[]> run(RedisScript script, String key, List<byte[]> values) throws IOException {
    acquire();
    RedisConnection connection = idle.poll();
    if (connection == null) {
      connection = new RedisConnection(address, REPLY_MILLIS, BOUNDS);
    }
    boolean replied = false;
    try {
      List<byte[]> reply =
          connection.run(script, List.of(key.getBytes(StandardCharsets.UTF_8)), values);
      replied = true;
      return reply;
    } catch (IOException e) {
      close(); // the others have failed, too
      throw e;
    } finally {
      if (!replied) {
        connection.close(); // or the next script could read the rest of this reply
      }
      idle.push(connection);
      unused.release();
    }
  }

  private void acquire() throws IOException {
    try {
      if (!unused.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("Redis: all " + MAX + " connections are in use");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Redis: the wait for a connection was interrupted", e);
    }
  }

  /** Closes those that are not in use. */
  @Override
  public void close() {
    for (RedisConnection one = idle.poll(); one != null; one = idle.poll()) {
      one.close();
    }
  }
}
