package dev.serai.adapters.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.util.RedisInputStream;

/** A connection of Jedis that reads replies of a bounded size. For one thread. */
final class BoundedConnection extends Connection {
  /** Null while Jedis's constructor reads. */
  private final ReplyReader.@Nullable Bounds bounds;

  /** Connects, and sends the credentials. */
  BoundedConnection(HostAndPort server, JedisClientConfig config, ReplyReader.Bounds bounds) {
    super(server, config);
    this.bounds = bounds;
  }

  /** Jedis's own reader takes any length. Called by the constructor, too. */
  @Override
  protected Object protocolRead(RedisInputStream in, PushConsumerChain consumers) {
    ReplyReader.Bounds own = bounds;
    return new ReplyReader(in, own == null ? ReplyReader.Bounds.OF_NUMBERS : own).read();
  }
}
