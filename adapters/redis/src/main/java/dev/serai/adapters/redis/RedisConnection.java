package dev.serai.adapters.redis;

import dev.serai.core.net.RedisAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A connection to Redis that is opened when it is needed and closed when anything fails, so that
 * the next try resolves the name of the host anew. For one thread, which it blocks for a bounded
 * time.
 */
final class RedisConnection {
  private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);
  private static final int CONNECT_MILLIS = 1000;
  private static final int REPLY_MILLIS = 500;

  private final HostAndPort server;
  private final JedisClientConfig config;
  private final ReplyReader.Bounds bounds;
  private @Nullable Connection open;

  /** What a script is called with. */
  record Arguments(List<String> keys, List<String> values) {}

  RedisConnection(RedisAddress address) {
    this(address, REPLY_MILLIS, ReplyReader.Bounds.OF_NUMBERS);
  }

  /**
   * @param replyMillis how long a reply may take
   * @param bounds of a reply
   */
  RedisConnection(RedisAddress address, int replyMillis, ReplyReader.Bounds bounds) {
    this.server = new HostAndPort(address.host(), address.port());
    this.config = config(address, replyMillis);
    this.bounds = bounds;
  }

  private static JedisClientConfig config(RedisAddress address, int replyMillis) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol() // RESP 2, without a command that Redis 5 does not know
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis(CONNECT_MILLIS)
            .socketTimeoutMillis(replyMillis)
            .clientName("serai")
            .database(address.database());
    address.user().ifPresent(config::user);
    address.password().ifPresent(config::password);
    if (address.tls()) {
      config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    return config.build();
  }

  /**
   * Runs a script and returns its array of numbers and texts.
   *
   * @throws IOException if it could not be run, or its reply did not come
   */
  List<String> run(RedisScript script, Arguments arguments) throws IOException {
    return run(script, bytes(arguments.keys), bytes(arguments.values)).stream()
        .map(text -> new String(text, StandardCharsets.UTF_8))
        .toList();
  }

  private static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * The same with bytes.
   *
   * @throws IOException if it could not be run, or its reply did not come
   */
  List<byte[]> run(RedisScript script, List<byte[]> keys, List<byte[]> values) throws IOException {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(Integer.toString(keys.size()).getBytes(StandardCharsets.UTF_8));
    arguments.addAll(keys);
    arguments.addAll(values);
    try {
      Connection connection = connection();
      try {
        return call(connection, Command.EVALSHA, script.hash(), arguments);
      } catch (JedisNoScriptException _) {
        return call(connection, Command.EVAL, script.text(), arguments);
      }
    } catch (JedisException | ClassCastException e) { // Jedis casts replies
      close();
      throw new IOException(reason(e), e);
    }
  }

  private Connection connection() {
    Connection connection = open;
    if (connection == null) {
      connection = new BoundedConnection(server, config, bounds);
      open = connection;
    }
    return connection;
  }

  private static List<byte[]> call(
      Connection connection, Command command, String script, List<byte[]> arguments) {
    List<byte[]> all = new ArrayList<>();
    all.add(script.getBytes(StandardCharsets.UTF_8));
    all.addAll(arguments);
    connection.sendCommand(command, all.toArray(byte[][]::new));
    return texts(connection.getOne());
  }

  private static List<byte[]> texts(Object reply) {
    if (!(reply instanceof List<?> list)) {
      throw new JedisDataException("the reply is not an array");
    }
    return list.stream().map(RedisConnection::text).toList();
  }

  private static byte[] text(Object value) {
    return value instanceof byte[] bytes
        ? bytes
        : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Jedis's messages have no credentials; the reason of a refused connection is in its cause. */
  private String reason(RuntimeException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return "Redis at " + server + ": " + cause.getMessage();
  }

  void close() {
    Connection connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (JedisException e) {
        LOG.debug("the connection to Redis was gone already", e);
      }
    }
  }
}
