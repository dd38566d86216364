package dev.serai.gateway.telemetry.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Adds the meters that every Prometheus client library has, under their standard names: {@code
 * process_cpu_seconds_total}, {@code process_open_fds}, {@code jvm_threads_current} and others.
 * Values that the system does not report are left out. Thread-safe.
 */
final class ProcessMeters implements MeterBinder {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Override
  public void bindTo(MeterRegistry registry) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu.seconds", system, s -> s.getProcessCpuTime() / 1e9)
          .description("CPU time of the process in seconds")
          .register(registry);
      if (system instanceof UnixOperatingSystemMXBean unix) {
        files(unix, registry);
      }
    }
    if (Files.isReadable(STATUS)) {
      memory("process.resident.memory.bytes", "VmRSS:", "Resident memory", registry);
      memory("process.virtual.memory.bytes", "VmSize:", "Virtual memory", registry);
    }
    threads(ManagementFactory.getThreadMXBean(), registry);
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      FunctionTimer.builder(
              "jvm.gc.collection",
              collector,
              GarbageCollectorMXBean::getCollectionCount,
              GarbageCollectorMXBean::getCollectionTime,
              TimeUnit.MILLISECONDS)
          .description("Time of garbage collections")
          .tag("gc", collector.getName())
          .register(registry);
    }
  }

  private static void files(UnixOperatingSystemMXBean unix, MeterRegistry registry) {
    gauge(
            "process.open.fds",
            "Open file descriptors",
            unix,
            UnixOperatingSystemMXBean::getOpenFileDescriptorCount)
        .register(registry);
    gauge(
            "process.max.fds",
            "Limit of open file descriptors",
            unix,
            UnixOperatingSystemMXBean::getMaxFileDescriptorCount)
        .register(registry);
  }

  /**
   * An underscore distinguishes two from Micrometer's, which have a unit at the end on the page.
   */
  private static void threads(ThreadMXBean threads, MeterRegistry registry) {
    String platform = "Platform threads";
    gauge("jvm.threads.current", platform, threads, ThreadMXBean::getThreadCount)
        .register(registry);
    gauge(
            "jvm.threads_daemon",
            "Daemon threads among them",
            threads,
            ThreadMXBean::getDaemonThreadCount)
        .register(registry);
    gauge(
            "jvm.threads_peak",
            "Most platform threads at a time",
            threads,
            ThreadMXBean::getPeakThreadCount)
        .register(registry);
  }

  private static void memory(
      String name, String field, String description, MeterRegistry registry) {
    gauge(name, description + " of the process", STATUS, file -> kilobytes(file, field))
        .register(registry);
  }

  private static <T> Gauge.Builder<T> gauge(
      String name, String description, T source, ToDoubleFunction<T> value) {
    return Gauge.builder(name, source, value).description(description).strongReference(true);
  }

  /** A line such as {@code VmRSS: 123 kB}, in bytes. */
  private static double kilobytes(Path file, String field) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(field)) {
          return 1024.0 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      return Double.NaN; // the value is unknown, which is what the page says
    }
    return Double.NaN;
  }
}
