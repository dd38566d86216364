package dev.serai.config.telemetry;

import dev.serai.config.annotation.Range;

/**
 * Batches of spans, as in OpenTelemetry's batch span processor (SDK environment variables, "Batch
 * Span Processor").
 *
 * @param delayMillis time between two batches, in milliseconds
 * @param queue how many spans may wait to be sent; further ones are lost
 * @param size how many spans a batch may have
 * @param timeoutMillis time limit for sending one batch, retries included, in milliseconds
 */
public record BatchSettings(
    @Range(min = 1, max = 600_000) int delayMillis,
    @Range(min = 1, max = 1_000_000) int queue,
    @Range(min = 1, max = 1_000_000) int size,
    @Range(min = 1, max = 600_000) int timeoutMillis) {

  /**
   * @throws IllegalArgumentException if a batch is larger than the queue
   */
  public BatchSettings {
    if (size > queue) {
      throw new IllegalArgumentException("size must not be above queue");
    }
  }

  /** OpenTelemetry's defaults, with a queue four times as long. */
  public static BatchSettings defaults() {
    return new BatchSettings(5_000, 8_192, 512, 30_000);
  }
}
