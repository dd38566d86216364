package dev.serai.gateway.telemetry.log;

import dev.serai.config.telemetry.LogSettings.Format;
import dev.serai.config.telemetry.TracingSettings.Semconv;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.gateway.telemetry.SampleCalls;
import dev.serai.gateway.telemetry.metrics.CallMetrics;
import dev.serai.gateway.telemetry.metrics.Metrics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;

/**
 * Measures the log and the metrics: CPU of the calling thread and of the rest of the process, per
 * call, at a load of about 40,000 calls a second. A program, not a test: {@code CostOfTelemetry
 * log-file}.
 */
public final class CostOfTelemetry {
  private static final int ROUND = 400_000;

  private CostOfTelemetry() {}

  public static void main(String[] args) throws Exception {
    Call call = new SampleCalls().answered("openai", "gpt-5-mini-2026-08-07");
    try (LogSink sink =
        LogSink.toFile(
            Path.of(args[0]), 8192, lost -> new byte[0], BackgroundThreads.unreported())) {
      LogStyle style = new LogStyle(Format.JSON, Level.INFO);
      CallListener log =
          new RequestLog(sink, SampleCalls.catalogue(), style, InstantSource.system());
      CallListener metrics =
          new CallMetrics(new Metrics(), SampleCalls.catalogue(), Semconv.V1_41, 100);
      for (int round = 0; round < 4; round++) {
        measure("log", log, call);
        measure("metrics", metrics, call);
        System.out.printf("lines lost %d%n", sink.droppedLines());
      }
    }
  }

  private static void measure(String what, CallListener listener, Call call) {
    long process = processNanos();
    long own = ownNanos();
    long resting = 0;
    for (int i = 0; i < ROUND; i++) {
      listener.settled(call);
      if (i % 400 == 399) {
        long before = ownNanos();
        LockSupport.parkNanos(10_000_000);
        resting += ownNanos() - before;
      }
    }
    own = ownNanos() - own - resting;
    process = processNanos() - process - own - resting;
    System.out.printf(
        "%s: %.0f ns on the calling thread, %.0f ns elsewhere%n",
        what, own / (double) ROUND, process / (double) ROUND);
  }

  private static long ownNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
