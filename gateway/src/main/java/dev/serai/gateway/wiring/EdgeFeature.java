package dev.serai.gateway.wiring;

import dev.serai.config.ServerSettings;
import dev.serai.config.read.SettingsException;
import dev.serai.config.tls.TlsSettings;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.http.Headers;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProblemListener;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.gateway.edge.EdgeComponent;
import dev.serai.gateway.edge.EdgeInstruments;
import dev.serai.gateway.edge.EdgeLoad;
import dev.serai.gateway.edge.EdgeSettings;
import dev.serai.gateway.edge.ProblemWriter;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.request.BrowserRules;
import dev.serai.gateway.edge.request.RequestHead;
import dev.serai.gateway.edge.tls.TlsPort;
import dev.serai.gateway.edge.websocket.SocketLimits;
import dev.serai.gateway.telemetry.metrics.HttpMeters;
import dev.serai.gateway.telemetry.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the HTTP server. Starting it opens the gateway for requests. */
final class EdgeFeature implements Feature {
  private final ServerSettings settings;
  private final EdgeComponent edge;
  private final Optional<BackgroundThread> certificates;
  private volatile boolean ready;
  private volatile boolean draining;

  /**
   * What the edge does with a request before its body is complete.
   *
   * @param callers says whose credential a request has
   * @param forms which forms are forwarded while they arrive
   * @param loops refuses requests that have passed this gateway before
   * @param audit records requests that manage the gateway
   */
  record Admission(
      Authenticator callers, RequestBody.Forms forms, Consumer<Headers> loops, AuditLog audit) {}

  EdgeFeature(
      SharedParts shared, Surfaces surfaces, TelemetryFeature telemetry, Admission admission) {
    settings = shared.settings().server();
    Optional<TlsPort> tls = tls(shared);
    Duration poll = shared.settings().routes().poll();
    certificates =
        tls.map(port -> shared.threads().repeat("tls-certificates", poll, poll, _ -> port.poll()));
    edge =
        new EdgeComponent(
            limits(settings),
            problems(surfaces, telemetry.problems()),
            shared.requestIds(),
            instruments(shared, admission, tls));
    edge.alsoListenAt(settings.memoryPort());
    meter(shared.metrics(), edge.load());
    meter(shared.metrics(), shared.memory());
    meterLoops(shared.metrics(), edge);
  }

  /**
   * Writes problems as the surface of the request does.
   *
   * @param shown receives every problem
   */
  static ProblemWriter problems(Surfaces surfaces, ProblemListener shown) {
    return new ProblemWriter() {
      @Override
      public byte[] of(RequestHead request, GatewayProblem problem) {
        shown.shown(problem);
        return surface(request).writeProblem(problem, request.id());
      }

      @Override
      public int status(RequestHead request, GatewayProblem problem) {
        return surface(request).status(problem);
      }

      private Surface surface(RequestHead request) {
        return surfaces.forRequest(request.path(), request.headers());
      }
    };
  }

  /** Fails the start if the files cannot be used. */
  private static Optional<TlsPort> tls(SharedParts shared) {
    TlsSettings tls = shared.settings().server().tls();
    Path home = shared.settings().home();
    if (tls.certificate().isEmpty() || tls.key().isEmpty()) {
      return Optional.empty();
    }
    boolean asks = tls.clientAuth() != TlsSettings.ClientAuth.NONE;
    TlsPort.Files files =
        new TlsPort.Files(
            home.resolve(tls.certificate().get()),
            home.resolve(tls.key().get()),
            tls.clientCa().filter(_ -> asks).map(home::resolve),
            tls.clientAuth() == TlsSettings.ClientAuth.REQUIRE);
    try {
      ServerSettings server = shared.settings().server();
      return Optional.of(
          new TlsPort(files, server.http2(), server.headerDeadline(), shared.clock()));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(List.of("server.tls: " + e.getMessage()));
    }
  }

  private static EdgeInstruments instruments(
      SharedParts shared, Admission admission, Optional<TlsPort> tls) {
    return new EdgeInstruments(
        shared.ticker(),
        shared.clock(),
        new HttpMeters(shared.metrics()),
        shared.memory(),
        admission.callers(),
        admission.forms(),
        admission.loops(),
        Optional.of(admission.audit()),
        tls,
        shared.settings().auth().login().site());
  }

  private static EdgeSettings limits(ServerSettings server) {
    return new EdgeSettings(
        server.loops(),
        server.maxConnections(),
        server.maxBodyBytes(),
        server.maxHeaderBytes(),
        server.maxRequestLineBytes(),
        server.headerDeadline(),
        server.minBodyBytesPerSecond(),
        server.idleTime(),
        server.stallTime(),
        server.keepAlive(),
        server.http2(),
        server.maxStreams(),
        BrowserRules.of(server.host(), server.allowedHosts(), server.allowedOrigins()),
        new SocketLimits(
            server.maxMessageBytes(),
            server.socketIdleTime(),
            server.maxSessionTime(),
            server.allowedOrigins()));
  }

  private static void meter(Metrics metrics, EdgeLoad load) {
    metrics.gauge("serai.connections", "Client connections", Map.of(), load::connections);
    metrics.gauge("serai.in.flight", "Requests being served", Map.of(), load::inFlight);
    metrics.gauge("serai.streams", "Replies being streamed", Map.of(), load::streams);
  }

  private static void meter(Metrics metrics, ByteLimit memory) {
    metrics.gauge(
        "serai.memory.held.bytes",
        "Bytes of requests and replies that are held",
        Map.of(),
        memory::taken);
    metrics.gauge(
        "serai.memory.limit.bytes",
        "Bytes of requests and replies that may be held",
        Map.of(),
        memory::capacity);
  }

  /** The port it listens on; the one the system chose if the settings say 0. */
  int port() {
    return edge.port();
  }

  /** The event loops that have ended although the gateway serves. */
  List<String> endedLoops() {
    return edge.loopsWork().entrySet().stream()
        .filter(loop -> !loop.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void meterLoops(Metrics metrics, EdgeComponent edge) {
    for (String loop : edge.loopsWork().keySet()) {
      metrics.gauge(
          "serai.thread.up",
          ThreadFailures.UP,
          Map.of("thread", loop),
          () -> Boolean.TRUE.equals(edge.loopsWork().get(loop)) ? 1 : 0);
    }
  }

  /** Whether requests are served: not before {@link #start}, not once it drains. */
  boolean isReady() {
    return ready;
  }

  /** Whether it waits for the requests that run, and then ends. */
  boolean isDraining() {
    return draining;
  }

  /** What it serves at this moment. */
  EdgeLoad load() {
    return edge.load();
  }

  /**
   * Is no longer ready; after the grace takes no new requests and waits for those that run.
   *
   * @param beforeCutOff is called before requests that still run are cut off
   * @return whether all ended in time
   */
  boolean drain(Runnable beforeCutOff) throws InterruptedException {
    draining = true;
    ready = false;
    return edge.drain(settings.drainGrace(), settings.drainTime(), beforeCutOff);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of("netty-http", edge, "websocket-netty", edge.webSockets());
  }

  @Override
  public void start() {
    certificates.ifPresent(BackgroundThread::start);
    edge.serve();
    ready = true;
  }

  @Override
  public void close() {
    certificates.ifPresent(BackgroundThread::stop);
  }
}
