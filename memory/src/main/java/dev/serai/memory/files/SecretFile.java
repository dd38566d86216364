package dev.serai.memory.files;

import dev.serai.core.problem.cause.CloseAll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A secret of 32 random bytes, in hexadecimal, in a file that only its owner may read. Thread-safe.
 */
public final class SecretFile {
  private static final int BYTES = 32;

  private final Path file;
  private final RandomGenerator random;

  /**
   * @param random a secure source
   */
  public SecretFile(Path file, RandomGenerator random) {
    this.file = file;
    this.random = random;
  }

  /** Whether there is a secret. An empty file is what a full disk leaves of a first attempt. */
  public boolean exists() {
    try {
      return Files.exists(file) && Files.size(file) > 0;
    } catch (IOException e) {
      return true; // it is there, and reading it will say what is wrong
    }
  }

  /**
   * The 32 bytes. Several processes may come first: the lock lets one create the file.
   *
   * @throws IOException if the file cannot be read or written, or is damaged
   */
  public synchronized byte[] readOrCreate() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      PrivateFiles.createFolder(folder);
    }
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (FileChannel channel = PrivateFiles.open(file, options);
        FileLock held = channel.lock()) {
      return held.isValid() && channel.size() == 0 ? create(channel) : read(channel);
    }
  }

  private byte[] create(FileChannel channel) throws IOException {
    byte[] made = new byte[BYTES];
    random.nextBytes(made);
    String text = HexFormat.of().formatHex(made);
    try {
      PrivateFiles.write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
      return made;
    } catch (IOException e) {
      // a part of a secret would pass for a damaged one
      throw CloseAll.after(e, () -> channel.truncate(0));
    }
  }

  private byte[] read(FileChannel channel) throws IOException {
    byte[] text = Channels.newInputStream(channel).readNBytes(2 * BYTES);
    try {
      byte[] secret = HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII));
      if (secret.length == BYTES) {
        return secret;
      }
      throw new DamagedSecretException(file, "incomplete", null);
    } catch (IllegalArgumentException e) {
      throw new DamagedSecretException(file, "damaged", e);
    }
  }
}
