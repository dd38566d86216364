package dev.serai.gateway.telemetry.trace;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.secret.KeyForms;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Route;
import org.apache.camel.opentelemetry.OpenTelemetryTracer;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.tracing.ActiveSpanManager;
import org.apache.camel.tracing.SpanAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Restricts Camel's tracer to the routes that callers reach: one server span per request. Inner
 * routes get no policy and Camel sends no events, so a request that is not traced costs two calls
 * of a policy. Thread-safe.
 */
final class EdgeTracer extends OpenTelemetryTracer {
  private static final List<String> EDGES = List.of("netty-http:", "websocket-netty:");

  /** Paths that monitors poll every few seconds, and documentation. */
  private static final List<String> UNTRACED =
      List.of("/health", "/metrics", "/docs", "/openapi.json");

  private final TracedCall.Recorder recorder;
  private final SamplingRule rule;
  private final LongSupplier randomness;

  EdgeTracer(TracedCall.Recorder recorder, SamplingRule rule, LongSupplier randomness) {
    this.recorder = recorder;
    this.rule = rule;
    this.randomness = randomness;
    setTracer(recorder.tracer());
    setContextPropagators(TraceExport.PROPAGATORS);
  }

  /** Replaces the parent's, which makes Camel send an event for every endpoint, traced or not. */
  @Override
  protected void doInit() {
    CamelContext context = getCamelContext();
    if (!context.getRoutePolicyFactories().contains(this)) {
      context.addRoutePolicyFactory(this);
    }
    initTracer();
    initContextPropagators();
  }

  // Camel expects null for a route that gets no policy.
  @SuppressWarnings("NullAway")
  @Override
  public @Nullable RoutePolicy createRoutePolicy(
      CamelContext context, String routeId, NamedNode route) {
    init(context);
    boolean edge =
        route instanceof NamedRoute named
            && named.getEndpointUrl() != null
            && EDGES.stream().anyMatch(named.getEndpointUrl()::startsWith)
            && UNTRACED.stream().noneMatch(pathOf(named.getEndpointUrl())::startsWith);
    RoutePolicy none = null;
    return edge ? new EdgePolicy(pathOf(((NamedRoute) route).getEndpointUrl())) : none;
  }

  /** The path of the address of a consumer: {@code http.route}. */
  static String pathOf(String uri) {
    int authority = uri.indexOf("//");
    int path = authority < 0 ? -1 : uri.indexOf('/', authority + 2);
    int query = uri.indexOf('?');
    int end = query < 0 ? uri.length() : query;
    return path < 0 || path > end ? "/" : uri.substring(path, end);
  }

  private final class EdgePolicy extends RoutePolicySupport {
    private final String path;

    EdgePolicy(String path) {
      this.path = path;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
      if (!(exchange.getIn().getBody() instanceof InboundRequest request)) {
        return;
      }
      Optional<Traceparent> caller = Traceparent.of(request.headers());
      exchange.setProperty(
          ExchangeProperties.TRACE,
          rule.samples(caller) ? begin(exchange, request) : new UntracedCall(caller, randomness));
    }

    private TracedCall begin(Exchange exchange, InboundRequest request) {
      Headers headers = request.headers();
      SpanAdapter adapter =
          startExchangeBeginSpan(
              exchange,
              new EdgeDecorator(headers),
              request.method() + " " + path,
              org.apache.camel.tracing.SpanKind.SPAN_KIND_SERVER,
              ActiveSpanManager.getSpan(exchange));
      ActiveSpanManager.activate(exchange, adapter);
      Span span = Span.current();
      // Now, since other calls run on this thread before this one ends.
      ActiveSpanManager.endScope(exchange);
      span.setAttribute(SpanAttributes.METHOD, request.method());
      span.setAttribute(SpanAttributes.ROUTE, path);
      span.setAttribute(SpanAttributes.PATH, KeyForms.redactedPath(request.path()));
      span.setAttribute(SpanAttributes.SCHEME, "http");
      span.setAttribute(
          SpanAttributes.REQUEST_ID,
          exchange.getProperty(ExchangeProperties.REQUEST_ID, "", String.class));
      return new TracedCall(recorder, span);
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
      Object trace = exchange.getProperty(ExchangeProperties.TRACE);
      if (trace instanceof TracedCall traced) {
        int status = exchange.getMessage().getBody() instanceof Reply reply ? reply.status() : 500;
        Call call = exchange.getProperty(ExchangeProperties.CALL, Call.class);
        traced.exchangeDone(status, call != null && call.outcome().isEmpty());
        ActiveSpanManager.deactivate(exchange);
      }
    }
  }
}
