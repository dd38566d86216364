package dev.serai.gateway.telemetry.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;

/** An OTLP receiver over HTTP that stores the spans it receives. */
final class OtlpReceiver implements AutoCloseable {
  final List<Span> spans = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final Map<String, String> resource = new ConcurrentHashMap<>();
  final List<String> encodings = new CopyOnWriteArrayList<>();
  final List<String> keys = new CopyOnWriteArrayList<>();

  /** How many exports get 503 before one is accepted. */
  final AtomicInteger refusals = new AtomicInteger();

  private final HttpServer server;
  private final String scheme;

  OtlpReceiver() throws IOException {
    this(HttpServer.create(local(), 0), "http");
  }

  private OtlpReceiver(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  /** A receiver with https. */
  static OtlpReceiver secure(SSLContext identity) throws IOException {
    HttpsServer server = HttpsServer.create(local(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity));
    return new OtlpReceiver(server, "https");
  }

  private static InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (refusals.getAndDecrement() > 0) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-key")));
    String encoding = String.valueOf(exchange.getRequestHeaders().getFirst("content-encoding"));
    encodings.add(encoding);
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.parseFrom(
            encoding.equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()
                : body);
    bodies.add(request.toString());
    for (ResourceSpans sent : request.getResourceSpansList()) {
      for (KeyValue attribute : sent.getResource().getAttributesList()) {
        resource.put(attribute.getKey(), attribute.getValue().getStringValue());
      }
      for (ScopeSpans scope : sent.getScopeSpansList()) {
        spans.addAll(scope.getSpansList());
      }
    }
    exchange.getResponseHeaders().add("content-type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  List<Span> spans(Span.SpanKind kind) {
    return spans.stream().filter(span -> span.getKind() == kind).toList();
  }

  static Map<String, Object> attributes(Span span) {
    Map<String, Object> all = new ConcurrentHashMap<>();
    for (KeyValue attribute : span.getAttributesList()) {
      var value = attribute.getValue();
      Object plain =
          switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case BOOL_VALUE -> value.getBoolValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                    .map(v -> v.getStringValue())
                    .toList();
            default -> value.toString();
          };
      all.put(attribute.getKey(), plain);
    }
    return all;
  }

  static String traceId(Span span) {
    return HexFormat.of().formatHex(span.getTraceId().toByteArray());
  }

  static String spanId(Span span) {
    return HexFormat.of().formatHex(span.getSpanId().toByteArray());
  }

  static String parentId(Span span) {
    return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
