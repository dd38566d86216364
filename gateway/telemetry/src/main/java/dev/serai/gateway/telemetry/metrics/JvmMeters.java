package dev.serai.gateway.telemetry.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The few values of a JVM that an operator looks at. The management beans are loaded when the page
 * is asked for the first time, not when the gateway starts.
 */
final class JvmMeters {
  private static final Map<String, String> HEAP = Map.of("area", "heap");
  private static final Map<String, String> NONHEAP = Map.of("area", "nonheap");

  private static final Map<String, String> BUFFERS = Map.of("area", "buffers");

  private JvmMeters() {}

  static void addTo(Metrics metrics) {
    memory(metrics);
    metrics.gauge(
        "jvm.threads.live",
        "Platform threads",
        Map.of(),
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    collections(metrics);
    process(metrics);
  }

  private static void memory(Metrics metrics) {
    metrics.gauge("jvm.memory.used", "Bytes in use", HEAP, heap(MemoryUsage::getUsed));
    metrics.gauge("jvm.memory.committed", "Bytes taken", HEAP, heap(MemoryUsage::getCommitted));
    metrics.gauge("jvm.memory.max", "Bytes that may be taken", HEAP, heap(MemoryUsage::getMax));
    metrics.gauge(
        "jvm.memory.used",
        "Bytes in use",
        NONHEAP,
        () -> ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed());
    metrics.gauge(
        "jvm.memory.used",
        "Bytes in use",
        BUFFERS,
        () -> PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
  }

  private static void collections(Metrics metrics) {
    metrics.counter(
        "jvm.gc.collections",
        "Garbage collections",
        Map.of(),
        sum(GarbageCollectorMXBean::getCollectionCount));
    DoubleSupplier millis = sum(GarbageCollectorMXBean::getCollectionTime);
    metrics.counter(
        "jvm.gc.collection.seconds",
        "Seconds spent in garbage collections",
        Map.of(),
        () -> millis.getAsDouble() / 1e3);
  }

  private static void process(Metrics metrics) {
    metrics.gauge(
        "process.files.open",
        "Open file descriptors, sockets included",
        Map.of(),
        unix(UnixOperatingSystemMXBean::getOpenFileDescriptorCount));
    metrics.gauge(
        "process.files.max",
        "Bound of open file descriptors",
        Map.of(),
        unix(UnixOperatingSystemMXBean::getMaxFileDescriptorCount));
    metrics.counter(
        "process.cpu.seconds",
        "Processor time of the whole process",
        Map.of(),
        unix(system -> system.getProcessCpuTime() / 1e9));
    metrics.gauge(
        "process.uptime.seconds",
        "Age of the process",
        Map.of(),
        () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
  }

  private static DoubleSupplier heap(ToLongFunction<MemoryUsage> value) {
    return () -> value.applyAsLong(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
  }

  private static DoubleSupplier sum(ToLongFunction<GarbageCollectorMXBean> value) {
    return () -> {
      List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
      long sum = 0;
      for (GarbageCollectorMXBean collector : collectors) {
        sum += Math.max(0, value.applyAsLong(collector));
      }
      return sum;
    };
  }

  /** Not a number where the system cannot say. */
  private static DoubleSupplier unix(ToDoubleFunction<UnixOperatingSystemMXBean> value) {
    return () -> {
      OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
      return system instanceof UnixOperatingSystemMXBean unix
          ? value.applyAsDouble(unix)
          : Double.NaN;
    };
  }
}
