package dev.serai.config;

import dev.serai.core.time.DurationFaults;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The operator's own routes.
 *
 * @param folder the folder that is watched for route files; it need not exist
 * @param poll time between two checks of the folder
 */
public record RoutesSettings(Path folder, Duration poll) {
  public RoutesSettings {
    new DurationFaults().positive("poll", poll).throwIfAny();
  }

  /** {@code ./serai.d}, twice a second. */
  public static RoutesSettings defaults() {
    return new RoutesSettings(Path.of("serai.d"), Duration.ofMillis(500));
  }
}
