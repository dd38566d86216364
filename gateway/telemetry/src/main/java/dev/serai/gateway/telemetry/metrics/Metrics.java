package dev.serai.gateway.telemetry.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;

/**
 * Every meter of the process, and the page that Prometheus reads. Thread-safe. Values that somebody
 * else keeps are read when the page is asked for, so watching them costs nothing in between.
 */
public final class Metrics {
  /** The media type of {@link #scrape}: Prometheus' text exposition format. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** The registry holds what it counts for others weakly: it is held here. */
  private final Queue<DoubleSupplier> kept = new ConcurrentLinkedQueue<>();

  /** With what a JVM says of itself: heap, collections, threads, files, processor time. */
  public Metrics() {
    JvmMeters.addTo(this);
  }

  /** For meters with a hot path of their own, and for Camel's. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * Shows a value that rises and falls.
   *
   * @param name with dots between words, without unit
   * @param tags names and values; values from a small, fixed set
   */
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .tags(tagsOf(tags))
        .strongReference(true)
        .register(registry);
  }

  /** Shows a value that only rises and that somebody else counts. Parameters as for a gauge. */
  public void counter(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    kept.add(value);
    FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .tags(tagsOf(tags))
        .register(registry);
  }

  /** The page, in UTF-8. Walks every meter: not for an event loop. */
  public byte[] scrape() {
    ByteArrayOutputStream page = new ByteArrayOutputStream(32 * 1024);
    try {
      registry.scrape(page, CONTENT_TYPE);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return page.toByteArray();
  }

  private static Tags tagsOf(Map<String, String> tags) {
    Tags all = Tags.empty();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      all = all.and(tag.getKey(), tag.getValue());
    }
    return all;
  }
}
