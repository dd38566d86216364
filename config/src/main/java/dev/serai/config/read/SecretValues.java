package dev.serai.config.read;

import dev.serai.config.annotation.Secret;
import dev.serai.core.secret.SecretException;
import dev.serai.core.secret.SecretManager;
import dev.serai.core.secret.SecretReference;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the secrets that files and variables refer to, each once. For one reading of the settings;
 * not thread-safe.
 */
public final class SecretValues {
  private final SecretManager manager;
  private final Map<SecretReference, Secret> values = new LinkedHashMap<>();

  public SecretValues(SecretManager manager) {
    this.manager = manager;
  }

  /**
   * The secret that a text refers to. If it cannot be read, that is reported, and another text
   * stands for it, so that the same pass finds the other mistakes.
   */
  public String read(Place place, String text, Problems problems) {
    SecretReference reference;
    try {
      reference = SecretReference.parse(text);
    } catch (IllegalArgumentException e) {
      problems.addUnread(place, String.valueOf(e.getMessage()));
      return standIn(text);
    }
    Secret known = values.get(reference);
    if (known != null) {
      return known.reveal();
    }
    try {
      String value = manager.read(reference);
      values.put(reference, new Secret(value));
      return value;
    } catch (SecretException e) {
      problems.addTemporaryUnread(place, reference + " cannot be read: " + e.why());
      return standIn(text);
    }
  }

  /** As long as a secret must be, and different for each reference. */
  private static String standIn(String reference) {
    return hex(reference) + hex(reference + reference);
  }

  private static String hex(String text) {
    UUID hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return hash.toString().replace("-", "");
  }

  /** What was read, by its reference. */
  public Map<SecretReference, Secret> values() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
