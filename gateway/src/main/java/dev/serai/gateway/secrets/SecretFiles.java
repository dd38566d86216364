package dev.serai.gateway.secrets;

import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.secret.SecretException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads secrets that are files, as Docker and Kubernetes mount them. Pure. */
final class SecretFiles {
  /** The most that a secret may be. */
  static final int MAX_BYTES = 64 * 1024;

  private SecretFiles() {}

  /**
   * The content, without blank space around it.
   *
   * @throws SecretException if it cannot be read, is empty, too large or not UTF-8
   */
  static String read(Path file) throws SecretException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new SecretException("it is not a file; name a file with the secret alone");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new SecretException(
            "the file is larger than 64 KiB, the most that a secret may have; name a file with the"
                + " secret alone");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank()) {
        throw new SecretException("the file is empty; write the secret into it");
      }
      return text.strip();
    } catch (CharacterCodingException e) {
      throw new SecretException(
          "the file is not text in UTF-8; a binary secret is written as text");
    } catch (IOException e) {
      throw new SecretException(FailureText.of(e) + "; mount it, or correct the path");
    }
  }
}
