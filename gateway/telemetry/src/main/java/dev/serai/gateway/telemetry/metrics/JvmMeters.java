package dev.serai.gateway.telemetry.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;

/**
 * Adds the meters of the JVM and the process to a registry: Micrometer's binders, and the memory of
 * Netty's buffers. Two of Micrometer's meters, whose names Prometheus objects to, are left out.
 * Thread-safe.
 *
 * <p>They are added when the page is read for the first time. Binding loads the platform's
 * management beans, which takes 110 to 170 ms of CPU in a cold JVM: a start need not pay for it.
 * Garbage collections before the first page are therefore not in {@code jvm.gc.pause}.
 */
final class JvmMeters implements AutoCloseable {
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private boolean bound;

  /**
   * Refuses meters that the platform's beans would repeat. Call it before any other meter is added.
   */
  static void filter(MeterRegistry registry) {
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
  }

  /** Adds the meters if it has not done so yet. */
  synchronized void bindOnce(MeterRegistry registry) {
    if (bound) {
      return;
    }
    bound = true;
    List<MeterBinder> binders =
        List.of(
            new JvmInfoMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            collections,
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics());
    binders.forEach(binder -> binder.bindTo(registry));
    new ProcessMeters().bindTo(registry);
    Gauge.builder(
            "netty.allocator.memory.used",
            PooledByteBufAllocator.DEFAULT.metric(),
            metric -> metric.usedDirectMemory())
        .description("Memory outside the heap that the buffers of connections hold")
        .baseUnit("bytes")
        .tag("memory.type", "direct")
        .register(registry);
  }

  /** Stops listening to garbage collections. */
  @Override
  public void close() {
    collections.close();
  }
}
