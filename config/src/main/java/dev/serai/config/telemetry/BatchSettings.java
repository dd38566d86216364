package dev.serai.config.telemetry;

import dev.serai.config.read.Range;

/**
 * How spans wait and travel together. The names are those of OpenTelemetry's batch span processor
 * (SDK environment variables, "Batch Span Processor").
 *
 * @param delayMillis longest wait of a span for others to travel with, in milliseconds
 * @param queue how many spans may wait; those that find it full are lost
 * @param size how many spans travel together at most
 * @param timeoutMillis longest time for handing over one batch, tries included, in milliseconds
 */
public record BatchSettings(
    @Range(min = 1, max = 600_000) int delayMillis,
    @Range(min = 1, max = 1_000_000) int queue,
    @Range(min = 1, max = 1_000_000) int size,
    @Range(min = 1, max = 600_000) int timeoutMillis) {

  public BatchSettings {
    if (size > queue) {
      throw new IllegalArgumentException("size above that of the queue is not allowed");
    }
  }

  /** OpenTelemetry's defaults, but for a queue four times as long. */
  public static BatchSettings defaults() {
    return new BatchSettings(5_000, 8_192, 512, 30_000);
  }
}
