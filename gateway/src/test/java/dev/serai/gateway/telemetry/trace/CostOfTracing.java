package dev.serai.gateway.telemetry.trace;

import dev.serai.config.Settings;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.EdgeComponent;
import dev.serai.gateway.edge.EdgeSettings;
import dev.serai.gateway.edge.TestInstruments;
import dev.serai.gateway.edge.request.RequestIds;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry.OpenTelemetryTracer;
import org.apache.camel.support.DefaultConsumer;

/**
 * Measures what a request that is not sampled costs: an edge route and three inner ones without
 * tracing, with ours, and with Camel's own. A program, not a test.
 */
public final class CostOfTracing {
  private static final int ROUND = 50_000;
  private static final AsyncCallback NOTHING = doneSync -> {};

  private CostOfTracing() {}

  public static void main(String[] args) throws Exception {
    Settings settings =
        Settings.load(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9",
                "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG", args[0]),
            Path.of("/nonexistent"));
    try (DefaultCamelContext plain = new DefaultCamelContext();
        DefaultCamelContext ours = new DefaultCamelContext();
        DefaultCamelContext camels = new DefaultCamelContext();
        Tracing tracing = new Tracing(settings.tracing(), InstantSource.system())) {
      ours.addRoutePolicyFactory(tracing.tracer());
      camelsOwn(Double.parseDouble(args[0])).init(camels);
      Consumer first = edge(plain);
      Consumer second = edge(ours);
      Consumer third = edge(camels);
      for (int round = 0; round < 30; round++) {
        System.out.printf(
            "none %.0f ns, ours %.0f ns, Camel's %.0f ns%n",
            measure(first), measure(second), measure(third));
      }
    }
  }

  private static OpenTelemetryTracer camelsOwn(double ratio) {
    OpenTelemetryTracer tracer = new OpenTelemetryTracer();
    tracer.setExcludePatterns("direct:*");
    tracer.setContextPropagators(TraceExport.PROPAGATORS);
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
            .addSpanProcessor(SimpleSpanProcessor.create(new DiscardingExporter()))
            .build();
    tracer.setTracer(provider.get("camel"));
    return tracer;
  }

  private static Consumer edge(DefaultCamelContext context) throws Exception {
    context.disableJMX();
    context
        .getRegistry()
        .bind(
            "netty-http",
            new EdgeComponent(
                EdgeSettings.defaults(),
                (_, _) -> new byte[0],
                new RequestIds(InstantSource.system(), () -> 1),
                new TestInstruments().make()));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("netty-http:http://127.0.0.1:" + port + "/v1/chat/completions")
                .routeId("edge")
                .process(exchange -> {})
                .to("direct:a")
                .process(CostOfTracing::respond);
            from("direct:a").process(exchange -> {}).to("direct:b");
            from("direct:b").process(exchange -> {}).to("direct:c");
            from("direct:c").process(exchange -> {}).process(exchange -> {});
          }
        });
    context.start();
    return context.getRoute("edge").getConsumer();
  }

  private static void respond(Exchange exchange) {
    exchange.getMessage().setBody(new Reply.Complete(200, new HeaderFields(), new byte[0]));
  }

  private static double measure(Consumer consumer) throws Exception {
    DefaultConsumer edge = (DefaultConsumer) consumer;
    HeaderFields headers = new HeaderFields().add("content-type", "application/json");
    InboundRequest request =
        new InboundRequest("POST", "/v1/chat/completions", "", headers, new byte[0]);
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < ROUND; i++) {
      Exchange exchange = edge.createExchange(false);
      exchange.getIn().setBody(request);
      edge.createUoW(exchange);
      edge.getAsyncProcessor().process(exchange, NOTHING);
      edge.doneUoW(exchange);
    }
    long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return (after - before) / (double) ROUND;
  }
}
