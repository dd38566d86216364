package dev.serai.config;

import dev.serai.config.read.Secret;
import java.util.Optional;

/**
 * The console under {@code /hawtio}.
 *
 * @param enabled whether it is started
 * @param user who may log in
 * @param password the password for it; without one, one is made at each start and printed
 */
public record ConsoleSettings(boolean enabled, String user, Optional<Secret> password) {
  /** Not started. */
  public static ConsoleSettings defaults() {
    return new ConsoleSettings(false, "admin", Optional.empty());
  }
}
