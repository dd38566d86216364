package dev.serai.adapters.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.util.RedisInputStream;

/** A connection of Jedis that reads replies of a bounded size. For one thread. */
final class BoundedConnection extends Connection {
  /** Connects, and sends the credentials. */
  BoundedConnection(HostAndPort server, JedisClientConfig config) {
    super(server, config);
  }

  /** Jedis's own reader takes any length. Called by the constructor, too: there are no fields. */
  @Override
  protected Object protocolRead(RedisInputStream in, PushConsumerChain consumers) {
    return new ReplyReader(in).read();
  }
}
