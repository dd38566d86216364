package dev.serai.gateway.telemetry.trace;

import dev.serai.config.telemetry.BatchSettings;
import dev.serai.config.telemetry.ReceiverTlsSettings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.config.telemetry.TracingSettings.Compression;
import dev.serai.config.telemetry.TracingSettings.Protocol;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Builds the OpenTelemetry SDK from the settings. */
final class TraceExport {
  /** Without baggage, which belongs to the caller: providers must not read it. */
  static final ContextPropagators PROPAGATORS =
      ContextPropagators.create(W3CTraceContextPropagator.getInstance());

  private TraceExport() {}

  /**
   * A provider of tracers that records every span: {@link SamplingRule} has decided before which
   * requests are traced. Spans wait in a bounded queue and are sent in batches by a thread of its
   * own; spans that find the queue full are lost.
   *
   * @throws IllegalArgumentException if the protocol is gRPC or a certificate cannot be read
   */
  static SdkTracerProvider provider(TracingSettings settings) {
    if (settings.protocol() == Protocol.GRPC) {
      throw new IllegalArgumentException(
          "tracing.protocol (OTEL_EXPORTER_OTLP_PROTOCOL): grpc is not supported; set http/protobuf"
              + " and the HTTP port of the receiver, usually 4318");
    }
    return SdkTracerProvider.builder()
        .setResource(resource(settings))
        .setSampler(Sampler.alwaysOn())
        .addSpanProcessor(batches(exporter(settings), settings.batch()))
        .build();
  }

  private static SpanProcessor batches(SpanExporter exporter, BatchSettings batch) {
    return BatchSpanProcessor.builder(exporter)
        .setScheduleDelay(Duration.ofMillis(batch.delayMillis()))
        .setMaxQueueSize(batch.queue())
        .setMaxExportBatchSize(batch.size())
        .setExporterTimeout(Duration.ofMillis(batch.timeoutMillis()))
        .build();
  }

  private static SpanExporter exporter(TracingSettings settings) {
    URI url = settings.tracesUrl().orElseThrow();
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(url.toString())
            .setCompression(settings.compression() == Compression.GZIP ? "gzip" : "none")
            .setTimeout(Duration.ofMillis(settings.timeoutMillis()));
    settings.headers().forEach((name, value) -> exporter.addHeader(name, value.reveal()));
    trust(exporter, settings.tls());
    return exporter.build();
  }

  private static void trust(OtlpHttpSpanExporterBuilder exporter, ReceiverTlsSettings tls) {
    tls.certificate().ifPresent(file -> exporter.setTrustedCertificates(read(file)));
    if (tls.clientKey().isPresent()) {
      exporter.setClientTls(
          read(tls.clientKey().get()), read(tls.clientCertificate().orElseThrow()));
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("tracing.tls: the file " + file + " cannot be read", e);
    }
  }

  private static Resource resource(TracingSettings settings) {
    AttributesBuilder attributes = Attributes.builder();
    settings.resourceAttributes().forEach(attributes::put);
    attributes.put(AttributeKey.stringKey("service.name"), settings.serviceName());
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }
}
