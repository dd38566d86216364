package dev.serai.config.read;

import dev.serai.config.annotation.Secret;
import dev.serai.core.secret.SecretException;
import dev.serai.core.secret.SecretManager;
import dev.serai.core.secret.SecretReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the secrets that files and variables refer to, each once. For one reading of the settings;
 * not thread-safe.
 */
public final class SecretValues {
  private final SecretManager manager;
  private final Map<SecretReference, Secret> values = new LinkedHashMap<>();
  private boolean missing;

  public SecretValues(SecretManager manager) {
    this.manager = manager;
  }

  /** The secret that a text refers to; empty if it cannot be read, which is reported. */
  public Optional<String> read(Place place, String text, Problems problems) {
    SecretReference reference;
    try {
      reference = SecretReference.parse(text);
    } catch (IllegalArgumentException e) {
      missing = true;
      problems.add(place, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    Secret known = values.get(reference);
    if (known != null) {
      return Optional.of(known.reveal());
    }
    try {
      String value = manager.read(reference);
      values.put(reference, new Secret(value));
      return Optional.of(value);
    } catch (SecretException e) {
      missing = true;
      problems.addTemporary(place, reference + " cannot be read: " + e.why());
      return Optional.empty();
    }
  }

  /** Whether one could not be read, so that a setting lacks its value. */
  public boolean areMissing() {
    return missing;
  }

  /** What was read, by its reference. */
  public Map<SecretReference, Secret> values() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
