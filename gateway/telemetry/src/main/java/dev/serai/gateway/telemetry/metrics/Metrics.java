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
 * Holds every meter of the process and writes the page that Prometheus reads. Gauges and counters
 * over values of other classes are read when the page is written; between two pages they cost
 * nothing. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  /** The media type of {@link #scrape}: Prometheus' text exposition format. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final JvmMeters jvm = new JvmMeters();

  /** The registry refers to the source of a function counter weakly; this refers to it strongly. */
  private final Queue<DoubleSupplier> sources = new ConcurrentLinkedQueue<>();

  /** Without meters. */
  public Metrics() {
    JvmMeters.filter(registry);
  }

  /** The registry, for meters that are updated on the hot path and for Camel's. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * Adds a value that rises and falls.
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

  /** Adds a value that only rises and that another class counts. Parameters as for a gauge. */
  public void counter(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    sources.add(value);
    FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .tags(tagsOf(tags))
        .register(registry);
  }

  /**
   * Writes the page, in UTF-8. Reads every meter: not for an event loop.
   *
   * @throws UncheckedIOException if the page cannot be written to memory
   */
  public byte[] scrape() {
    jvm.bindOnce(registry);
    ByteArrayOutputStream page = new ByteArrayOutputStream(32 * 1024);
    try {
      registry.scrape(page, CONTENT_TYPE);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return page.toByteArray();
  }

  /** Stops listening to the JVM. The meters can still be read. */
  @Override
  public void close() {
    jvm.close();
  }

  private static Tags tagsOf(Map<String, String> tags) {
    Tags all = Tags.empty();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      all = all.and(tag.getKey(), tag.getValue());
    }
    return all;
  }
}
