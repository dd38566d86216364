package dev.serai.gateway.edge;

import dev.serai.gateway.edge.request.BrowserRules;
import dev.serai.gateway.edge.websocket.SocketLimits;
import io.netty.util.NettyRuntime;
import java.time.Duration;
import java.util.List;

/**
 * Limits of the public HTTP server.
 *
 * @param workers event loops
 * @param maxConnections open at a time; one more gets 503 and is closed
 * @param maxBodyBytes of a request; a larger one gets 413
 * @param maxHeaderBytes of a request's header fields together; more gets 431
 * @param maxRequestLineBytes more gets 414
 * @param headerDeadline from the first byte of a request's head to its last; then 408. Also the
 *     window over which {@code minBodyBytesPerSecond} is measured
 * @param minBodyBytesPerSecond a body that arrives more slowly gets 408
 * @param idleTime after which a connection without a request is closed
 * @param stallTime after which a client that reads nothing of its reply is disconnected
 * @param keepAlive longest silence of a stream, in formats that have a keep-alive event; zero for
 *     no limit
 * @param http2 whether clients may speak HTTP/2
 * @param maxStreams open at a time on an HTTP/2 connection; one more is refused
 * @param browsers which requests of browsers are refused
 * @param sockets limits of WebSocket connections
 */
public record EdgeSettings(
    int workers,
    int maxConnections,
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxRequestLineBytes,
    Duration headerDeadline,
    int minBodyBytesPerSecond,
    Duration idleTime,
    Duration stallTime,
    Duration keepAlive,
    boolean http2,
    int maxStreams,
    BrowserRules browsers,
    SocketLimits sockets) {
  public EdgeSettings {
    requirePositive("workers", workers);
    requirePositive("maxConnections", maxConnections);
    requirePositive("maxBodyBytes", maxBodyBytes);
    requirePositive("maxHeaderBytes", maxHeaderBytes);
    requirePositive("maxRequestLineBytes", maxRequestLineBytes);
    requirePositive("headerDeadline", headerDeadline.toNanos());
    requirePositive("minBodyBytesPerSecond", minBodyBytesPerSecond);
    requirePositive("maxStreams", maxStreams);
    requirePositive("idleTime", idleTime.toNanos());
    requirePositive("stallTime", stallTime.toNanos());
  }

  /**
   * A loop for each core, 20,000 connections, bodies of 32 MiB, 32 KiB of headers, 8 KiB of request
   * line, 10 s for a head, 1 KiB/s for a body, 75 s idle, 60 s without reading, 15 s of silence,
   * HTTP/2 with 250 streams.
   */
  public static EdgeSettings defaults() {
    return new EdgeSettings(
        NettyRuntime.availableProcessors(),
        20_000,
        32 * 1024 * 1024,
        32 * 1024,
        8 * 1024,
        Duration.ofSeconds(10),
        1024,
        Duration.ofSeconds(75),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        true,
        250,
        BrowserRules.of("127.0.0.1", List.of(), List.of()),
        SocketLimits.defaults());
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be above zero");
    }
  }
}
