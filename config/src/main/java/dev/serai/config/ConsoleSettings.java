package dev.serai.config;

import dev.serai.config.annotation.Secret;
import java.util.Optional;

/**
 * The console under {@code /hawtio}.
 *
 * @param enabled whether the console is started
 * @param user the name to log in with
 * @param password the password to log in with; if absent, each start creates one and prints it
 */
public record ConsoleSettings(boolean enabled, String user, Optional<Secret> password) {
  /** Not started; the user is admin. */
  public static ConsoleSettings defaults() {
    return new ConsoleSettings(false, "admin", Optional.empty());
  }
}
