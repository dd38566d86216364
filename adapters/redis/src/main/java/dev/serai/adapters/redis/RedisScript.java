package dev.serai.adapters.redis;

import dev.serai.core.hash.Sha1;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A script that runs in Redis.
 *
 * @param hash Redis's name for it
 */
record RedisScript(String text, String hash) {
  /** Reads a script from the folder of this class. */
  static RedisScript load(String file) {
    try (InputStream in = RedisScript.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      String hash = HexFormat.of().formatHex(Sha1.of(bytes));
      return new RedisScript(new String(bytes, StandardCharsets.UTF_8), hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
