package dev.serai.config;

import dev.serai.config.read.Range;
import java.time.Duration;

/**
 * The edge: where Serai listens and what it takes from a client.
 *
 * @param host address to listen on; a container sets 0.0.0.0
 * @param port port to listen on; 0 takes a free one
 * @param maxConnections open at a time; one more is answered with 503 and closed
 * @param maxBodyBytes largest request body; a larger one is answered with 413
 * @param maxUploadBytes the same for pictures, sound and files, which are sent as forms
 * @param maxHeaderBytes largest sum of a request's header fields; more is answered with 431
 * @param maxRequestLineBytes longest request line; a longer one is answered with 414
 * @param headerDeadline from the first byte of a request's head to its last; then 408
 * @param minBodyBytesPerSecond slowest request body; a slower one is answered with 408
 * @param idleTime after which a connection without a request is closed
 * @param stallTime after which a client that reads nothing of what is being sent is closed
 * @param keepAlive longest silence of a stream that has begun: then a comment or a ping is sent, so
 *     that no proxy on the way takes it for dead; 0s for never
 * @param drainTime what running calls have to finish when Serai is told to stop
 * @param eventLoops threads that carry the calls; 0 means one for each core
 */
public record ServerSettings(
    String host,
    @Range(min = 0, max = 65_535) int port,
    @Range(min = 1, max = 1_000_000) int maxConnections,
    @Range(min = 1_024, max = 1_073_741_824) int maxBodyBytes,
    @Range(min = 1_024, max = 1_073_741_824) int maxUploadBytes,
    @Range(min = 1_024, max = 1_048_576) int maxHeaderBytes,
    @Range(min = 256, max = 1_048_576) int maxRequestLineBytes,
    Duration headerDeadline,
    @Range(min = 1, max = 1_000_000_000) int minBodyBytesPerSecond,
    Duration idleTime,
    Duration stallTime,
    Duration keepAlive,
    Duration drainTime,
    @Range(min = 0, max = 1_024) int eventLoops) {

  public ServerSettings {
    Durations.above(headerDeadline, "headerDeadline");
    Durations.above(idleTime, "idleTime");
    Durations.above(stallTime, "stallTime");
  }

  /** Loopback, port 8000, as many event loops as cores. */
  public static ServerSettings defaults() {
    return new ServerSettings(
        "127.0.0.1",
        8000,
        20_000,
        32 * 1024 * 1024,
        128 * 1024 * 1024,
        32 * 1024,
        8 * 1024,
        Duration.ofSeconds(10),
        1024,
        Duration.ofSeconds(75),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        0);
  }

  /** The threads that carry the calls. */
  public int loops() {
    return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
  }
}
