package dev.serai.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The operator's own routes.
 *
 * @param folder watched for route files; it need not be there
 * @param poll time between two looks at it
 */
public record RoutesSettings(Path folder, Duration poll) {
  public RoutesSettings {
    Durations.above(poll, "poll");
  }

  /** {@code ./serai.d}, twice a second. */
  public static RoutesSettings defaults() {
    return new RoutesSettings(Path.of("serai.d"), Duration.ofMillis(500));
  }
}
