package dev.serai.memory.credentials;

import dev.serai.core.provider.credential.MasterKey;
import dev.serai.core.provider.credential.MasterKeys;
import dev.serai.memory.files.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The master keys of the settings, or of the file that the settings name, which is read each time.
 * Without both, and if the database is SQLite, one in a file beside it that is created with the
 * first credential. Thread-safe.
 */
public final class ConfiguredMasterKeys implements MasterKeys {
  private static final String FILE = "provider-credentials.key";
  private static final long MAX_BYTES = 64 * 1024;

  /** A file that was changed later than this may still be being written. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private final List<MasterKey> configured;
  private final Optional<Path> file;
  private final Optional<SecretFile> own;
  private final InstantSource clock;

  /**
   * Where the master keys are.
   *
   * @param text the setting, if it is set
   * @param file the file, if the settings name one
   * @param folder the folder of the state
   * @param shared whether the database is a server, which other gateways may use too
   */
  public record Sources(Optional<String> text, Optional<Path> file, Path folder, boolean shared) {
    /** Without the keys. */
    @Override
    public String toString() {
      return "Sources in " + folder;
    }
  }

  /**
   * Reads and creates nothing yet.
   *
   * @param random a secure source
   */
  public ConfiguredMasterKeys(Sources sources, RandomGenerator random, InstantSource clock) {
    this.clock = clock;
    configured = sources.text.map(MasterKey::list).orElse(List.of());
    file = sources.file;
    own =
        sources.shared
            ? Optional.empty()
            : Optional.of(new SecretFile(sources.folder.resolve(FILE), random));
  }

  /** Whether there may be a master key, so that credentials may have been stored. */
  public boolean mayExist() {
    return !configured.isEmpty() || file.isPresent() || own.filter(SecretFile::exists).isPresent();
  }

  @Override
  public List<MasterKey> read(boolean create) throws IOException {
    if (!configured.isEmpty()) {
      return configured;
    }
    if (file.isPresent()) {
      return fromFile(file.get(), create);
    }
    boolean wanted = own.filter(secret -> create || secret.exists()).isPresent();
    return wanted
        ? List.of(new MasterKey(HexFormat.of().formatHex(own.orElseThrow().readOrCreate())))
        : List.of();
  }

  /** What half a master key encrypts is lost, so a file is not used while it may be incomplete. */
  private List<MasterKey> fromFile(Path from, boolean encrypts) throws IOException {
    if (Files.size(from) > MAX_BYTES) {
      throw new IOException("the file of the master keys is larger than " + MAX_BYTES + " bytes");
    }
    Duration age =
        Duration.between(Files.getLastModifiedTime(from).toInstant(), clock.instant()).abs();
    if (encrypts && age.compareTo(SETTLED) < 0) {
      throw new IOException(
          "the file of the master keys was changed less than a second ago and may be incomplete");
    }
    try {
      return MasterKey.list(Files.readString(from));
    } catch (IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }
}
