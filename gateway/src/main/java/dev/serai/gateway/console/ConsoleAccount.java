package dev.serai.gateway.console;

import dev.serai.config.ConsoleSettings;
import dev.serai.config.annotation.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The account that may log in. Immutable.
 *
 * @param generated whether the password was generated for this start; then the greeting shows it
 */
public record ConsoleAccount(String user, Secret password, boolean generated) {
  private static final int PASSWORD_BYTES = 18;

  /** The account of the settings; a password is generated if they have none. */
  public static ConsoleAccount of(ConsoleSettings settings) {
    return settings
        .password()
        .map(password -> new ConsoleAccount(settings.user(), password, false))
        .orElseGet(() -> new ConsoleAccount(settings.user(), random(), true));
  }

  private static Secret random() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The field Authorization with which a program logs in (RFC 7617). */
  public String basic() {
    return "Basic " + Base64.getEncoder().encodeToString(bytes(user + ":" + password.reveal()));
  }

  /** Whether both are correct; compares in constant time. */
  boolean admits(String name, char[] word) {
    boolean known = MessageDigest.isEqual(bytes(user), bytes(name));
    return MessageDigest.isEqual(bytes(password.reveal()), bytes(new String(word))) && known;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
