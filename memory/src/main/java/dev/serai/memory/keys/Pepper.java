package dev.serai.memory.keys;

import dev.serai.core.keys.KeyHasher;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.files.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The secret that keys are hashed with: that of the settings, or else one in a file beside SQLite's
 * that only its owner may read. The file is created with the first key. Gateways that share a
 * database server need the same pepper, so there the settings must have it. Thread-safe.
 */
public final class Pepper {
  private static final String FILE = "api-keys.pepper";
  private static final String CHECK = "the pepper of the API keys";

  private final SecretFile file;
  private final boolean shared;
  private volatile Optional<KeyHasher> known;

  /**
   * Reads and creates nothing yet.
   *
   * @param configured the pepper of the settings
   * @param folder the folder of the state
   * @param shared whether the database is a server, which other gateways may use too
   * @param random a secure source
   */
  public Pepper(Optional<String> configured, Path folder, boolean shared, RandomGenerator random) {
    this.file = new SecretFile(folder.resolve(FILE), random);
    this.shared = shared;
    this.known = configured.map(text -> new KeyHasher(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the database keeps of a pepper, to see whether another process has the same. */
  static byte[] check(KeyHasher hasher) {
    return hasher.hash(CHECK).bytes();
  }

  /** Whether there is one, so that keys may have been created. Reads nothing but the folder. */
  public boolean exists() {
    return known.isPresent() || (!shared && file.exists());
  }

  /**
   * Hashes with the pepper; empty if there is none yet.
   *
   * @throws IOException if the file cannot be read
   */
  public Optional<KeyHasher> find() throws IOException {
    Optional<KeyHasher> found = known;
    return found.isEmpty() && exists() ? Optional.of(create()) : found;
  }

  /**
   * Hashes with the pepper, which is created if there is none.
   *
   * @throws CallerProblem 409 if the settings must have it
   * @throws IOException if the file cannot be read or written
   */
  KeyHasher create() throws IOException {
    Optional<KeyHasher> found = known;
    if (found.isPresent()) {
      return found.get();
    }
    if (shared) {
      throw new CallerProblem(
          409,
          "key_pepper_missing",
          "Serai cannot create API keys yet: set SERAI_KEY_PEPPER to the same value in every"
              + " gateway that uses the database, for example to the output of: openssl rand -hex"
              + " 32",
          Optional.empty());
    }
    KeyHasher made = new KeyHasher(file.readOrCreate());
    known = Optional.of(made);
    return made;
  }
}
