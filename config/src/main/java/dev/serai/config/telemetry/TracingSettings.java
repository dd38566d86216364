package dev.serai.config.telemetry;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Traces for an OpenTelemetry receiver. They are off until there is an endpoint.
 *
 * @param enabled false switches traces off even if there is an endpoint
 * @param exporter the exporter of spans; none switches traces off too
 * @param endpoint the base address of the receiver; traces go to {@code /v1/traces} below it
 * @param tracesEndpoint the exact address for traces, if it is not below the endpoint
 * @param protocol the protocol to the receiver; grpc is not supported and stops the start
 * @param compression the compression of a batch of spans
 * @param tls certificates for the receiver
 * @param headers headers for the receiver; their values are secrets
 * @param timeoutMillis time limit of one export, in milliseconds
 * @param batch batches of spans
 * @param propagators the headers that carry a trace; baggage is accepted and not forwarded
 * @param serviceName the name of this gateway in traces
 * @param resourceAttributes further attributes of this gateway
 * @param sampler which calls are traced
 * @param sampleRatio the share of calls that are traced, for samplers with a ratio
 * @param captureContent whether the text of prompts is written to spans
 * @param semconv the version of the GenAI conventions, for names in spans and metrics
 */
public record TracingSettings(
    boolean enabled,
    Exporter exporter,
    Optional<URI> endpoint,
    Optional<URI> tracesEndpoint,
    Protocol protocol,
    Compression compression,
    ReceiverTlsSettings tls,
    Map<String, Secret> headers,
    @Range(min = 1, max = 600_000) int timeoutMillis,
    BatchSettings batch,
    List<Propagator> propagators,
    String serviceName,
    Map<String, String> resourceAttributes,
    Sampler sampler,
    double sampleRatio,
    boolean captureContent,
    Semconv semconv) {

  /** Exporters of spans. */
  public enum Exporter {
    OTLP,
    NONE
  }

  /** Compressions of a batch. */
  public enum Compression {
    NONE,
    GZIP
  }

  /** OpenTelemetry's names for the headers that carry a trace. */
  public enum Propagator {
    TRACECONTEXT,
    BAGGAGE
  }

  /** Protocols to the receiver. */
  public enum Protocol {
    HTTP_PROTOBUF("http/protobuf"),
    GRPC("grpc");

    private final String label;

    Protocol(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** OpenTelemetry's own samplers. */
  public enum Sampler {
    ALWAYS_ON,
    ALWAYS_OFF,
    TRACEIDRATIO,
    PARENTBASED_ALWAYS_ON,
    PARENTBASED_ALWAYS_OFF,
    PARENTBASED_TRACEIDRATIO
  }

  /** Versions of the GenAI conventions. */
  public enum Semconv {
    V1_41("v1.41"),
    LATEST("latest"),
    BOTH("both");

    private final String label;

    Semconv(String label) {
      this.label = label;
    }

    /** Whether the names of semantic conventions 1.41 are written. */
    public boolean writesV141() {
      return this != LATEST;
    }

    /** Whether the names of the conventions that came after 1.41 are written. */
    public boolean writesLatest() {
      return this != V1_41;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * @throws IllegalArgumentException if {@code tracecontext} is missing, or an address has no valid
   *     host
   */
  public TracingSettings {
    if (!propagators.contains(Propagator.TRACECONTEXT)) {
      throw new IllegalArgumentException("propagators must include tracecontext");
    }
    requireHost("endpoint", endpoint);
    requireHost("tracesEndpoint", tracesEndpoint);
    headers = Map.copyOf(headers);
    propagators = List.copyOf(propagators);
    resourceAttributes = Map.copyOf(resourceAttributes);
  }

  /** The exporter takes no host with an underscore. */
  private static void requireHost(String name, Optional<URI> address) {
    if (address.filter(uri -> uri.getHost() == null).isPresent()) {
      throw new IllegalArgumentException(name + " must have a host without underscores");
    }
  }

  /** Off; with an endpoint, every call is traced unless its caller decided otherwise. */
  public static TracingSettings defaults() {
    return new TracingSettings(
        true,
        Exporter.OTLP,
        Optional.empty(),
        Optional.empty(),
        Protocol.HTTP_PROTOBUF,
        Compression.NONE,
        ReceiverTlsSettings.defaults(),
        Map.of(),
        10_000,
        BatchSettings.defaults(),
        List.of(Propagator.TRACECONTEXT),
        "serai",
        Map.of(),
        Sampler.PARENTBASED_TRACEIDRATIO,
        1.0,
        false,
        Semconv.V1_41);
  }

  /** Whether anything is traced. */
  public boolean on() {
    return enabled && exporter == Exporter.OTLP && tracesUrl().isPresent();
  }

  /** The address that spans are sent to. */
  public Optional<URI> tracesUrl() {
    return tracesEndpoint.or(() -> endpoint.map(TracingSettings::belowBase));
  }

  /** The same settings with the receiver at {@code base}. */
  public TracingSettings sentTo(URI base) {
    return with(Optional.of(base), Optional.empty(), tls);
  }

  /** The same with the files of certificates in that folder, where their paths are relative. */
  public TracingSettings under(Path folder) {
    return with(endpoint, tracesEndpoint, tls.under(folder));
  }

  private TracingSettings with(
      Optional<URI> base, Optional<URI> exact, ReceiverTlsSettings certificates) {
    return new TracingSettings(
        enabled,
        exporter,
        base,
        exact,
        protocol,
        compression,
        certificates,
        headers,
        timeoutMillis,
        batch,
        propagators,
        serviceName,
        resourceAttributes,
        sampler,
        sampleRatio,
        captureContent,
        semconv);
  }

  private static URI belowBase(URI base) {
    String text = base.toString();
    return URI.create(text + (text.endsWith("/") ? "" : "/") + "v1/traces");
  }
}
