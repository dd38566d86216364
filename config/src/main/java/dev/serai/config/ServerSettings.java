package dev.serai.config;

import dev.serai.config.annotation.Range;
import dev.serai.config.read.ListFaults;
import dev.serai.config.tls.TlsSettings;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The HTTP server: where Serai listens, and limits for clients.
 *
 * @param host the address to listen on; a container sets 0.0.0.0
 * @param port the port to listen on; 0 means a free one
 * @param memoryPort a second port for clients of the memory gateway, usually 8080: it has {@code
 *     /v1/memory} and {@code /healthz} only; 0 means none
 * @param allowedHosts host names under which Serai is called, if it listens on the loopback only:
 *     IP addresses, names without a dot, and names that end with .localhost, .local or .internal
 *     are always allowed, others get 403; * for all names
 * @param allowedOrigins origins of web sites whose pages may call Serai from a browser (CORS) and
 *     open WebSocket connections: scheme, host, and port if it is not the default, as {@code
 *     https://app.example}; pages of Serai's own address always may, and those of localhost may
 *     open WebSocket connections; * for all. A page sends its API key in a header: logins and
 *     cookies of the browser are never allowed
 * @param maxConnections how many connections may be open at a time; one more gets 503 and is closed
 * @param maxBodyBytes size limit of a request body; a larger one gets 413
 * @param maxUploadBytes size limit of a form with images, audio or files; a larger one gets 413
 * @param maxMessageBytes size limit of a message that a WebSocket client sends; a larger one closes
 *     the connection with 1009
 * @param memoryLimitMegabytes megabytes that all requests and replies may take together; further
 *     ones get 503 until some have ended. 0 means 55 % of the largest heap
 * @param maxHeaderBytes size limit of all header fields of a request together; more gets 431
 * @param maxRequestLineBytes size limit of the request line; a longer one gets 414
 * @param headerDeadline time from the first byte of a request's head to its last; then 408
 * @param minBodyBytesPerSecond the slowest rate at which a client may send a body; below it 408
 * @param idleTime time after which a connection without a request is closed
 * @param socketIdleTime time after which a WebSocket connection is closed on which the client sends
 *     nothing, not even a pong
 * @param maxSessionTime time after which a WebSocket connection is closed, however busy it is; 0s
 *     for never
 * @param stallTime time after which the connection of a client that does not read its reply is
 *     closed
 * @param keepAlive time without data after which a running stream gets a comment or a ping, so that
 *     proxies do not close it; 0s for never
 * @param http2 whether clients may speak HTTP/2: over TLS, where they choose it in the handshake,
 *     or without TLS, where they begin with it; HTTP/1.1 stays possible
 * @param maxStreams how many requests may run at a time on an HTTP/2 connection; one more is
 *     refused with REFUSED_STREAM, so that the client sends it later
 * @param drainGrace time for which Serai still takes calls when it is stopped, while {@code
 *     /health/ready} already says 503, so that load balancers notice
 * @param drainTime time that running calls have to finish when Serai is stopped
 * @param eventLoops how many threads carry the calls; 0 means one per core
 * @param tls TLS on the port
 */
public record ServerSettings(
    String host,
    @Range(min = 0, max = 65_535) int port,
    @Range(min = 0, max = 65_535) int memoryPort,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    @Range(min = 1, max = 1_000_000) int maxConnections,
    @Range(min = 1_024, max = 1_073_741_824) int maxBodyBytes,
    @Range(min = 1_024, max = 1_073_741_824) int maxUploadBytes,
    @Range(min = 1_024, max = 1_073_741_824) int maxMessageBytes,
    @Range(min = 0, max = 1_048_576) int memoryLimitMegabytes,
    @Range(min = 1_024, max = 1_048_576) int maxHeaderBytes,
    @Range(min = 256, max = 1_048_576) int maxRequestLineBytes,
    Duration headerDeadline,
    @Range(min = 1, max = 1_000_000_000) int minBodyBytesPerSecond,
    Duration idleTime,
    Duration socketIdleTime,
    Duration maxSessionTime,
    Duration stallTime,
    Duration keepAlive,
    boolean http2,
    @Range(min = 1, max = 10_000) int maxStreams,
    Duration drainGrace,
    Duration drainTime,
    @Range(min = 0, max = 1_024) int eventLoops,
    TlsSettings tls) {

  /** RFC 6454, section 6.2; extensions of browsers have schemes of their own. */
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  /** A name or an IPv4 address, or an IPv6 address in brackets, with a port. */
  private static final Pattern PORT = Pattern.compile("([^:/]+|\\[[^]]*]):[0-9]+");

  /**
   * @throws IllegalArgumentException if the host has a port, or an origin or a duration is wrong
   */
  public ServerSettings {
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
    if (PORT.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "host must be an IP address or a name alone; the port belongs in server.port, or in"
              + " SERVER_PORT");
    }
    if (host.contains("/")) {
      throw new IllegalArgumentException("host must be an IP address or a name, not a URL");
    }
    if (memoryPort > 0 && memoryPort == port) {
      throw new IllegalArgumentException(
          "memoryPort must be another port than server.port, or 0 for none");
    }
    ListFaults.check("allowedOrigins", allowedOrigins, ServerSettings::originFault);
    new DurationFaults()
        .positive("headerDeadline", headerDeadline)
        .positive("idleTime", idleTime)
        .positive("socketIdleTime", socketIdleTime)
        .notNegative("maxSessionTime", maxSessionTime)
        .positive("stallTime", stallTime)
        .notNegative("keepAlive", keepAlive)
        .notNegative("drainGrace", drainGrace)
        .notNegative("drainTime", drainTime)
        .throwIfAny();
  }

  private static Optional<String> originFault(String origin) {
    return origin.equals("*") || ORIGIN.matcher(origin).matches()
        ? Optional.empty()
        : Optional.of(
            "an origin must be as a browser sends it, in lower case and without a path, such as"
                + " https://app.example or http://localhost:3000, or *; not "
                + origin);
  }

  /** Loopback, port 8000, as many event loops as cores. */
  public static ServerSettings defaults() {
    return new ServerSettings(
        "127.0.0.1",
        8000,
        0,
        List.of(),
        List.of(),
        20_000,
        32 * 1024 * 1024,
        128 * 1024 * 1024,
        16 * 1024 * 1024,
        0,
        32 * 1024,
        8 * 1024,
        Duration.ofSeconds(10),
        1024,
        Duration.ofSeconds(75),
        Duration.ofMinutes(2),
        Duration.ofMinutes(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        true,
        250,
        Duration.ZERO,
        Duration.ofSeconds(30),
        0,
        TlsSettings.defaults());
  }

  /** How many bytes the bodies of requests and replies may take together. */
  public long memoryLimitBytes() {
    return memoryLimitMegabytes == 0
        ? Runtime.getRuntime().maxMemory() / 20 * 11
        : memoryLimitMegabytes * 1024L * 1024;
  }

  /** How many threads carry the calls. */
  public int loops() {
    return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
  }
}
