package dev.serai.gateway.edge.body;

import dev.serai.core.hash.Sha256;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Compares a body, while it arrives, with the hash that its signature covers. Not thread-safe. */
final class BodyHash {
  private final byte[] wanted;
  private final MessageDigest digest = Sha256.digest();

  /**
   * @param wanted the SHA-256 in hexadecimal
   */
  BodyHash(String wanted) {
    this.wanted = HexFormat.of().parseHex(wanted.toLowerCase(Locale.ROOT));
  }

  /** Takes some bytes, which stay in the buffer; a problem if they end another body. */
  Optional<GatewayProblem> update(ByteBuf piece, boolean last) {
    if (piece.isReadable()) {
      digest.update(piece.nioBuffer());
    }
    return !last || MessageDigest.isEqual(digest.digest(), wanted)
        ? Optional.empty()
        : Optional.of(
            new AuthenticationProblem(
                "The body is not the signed one: its SHA-256 is not that of X-Content-SHA256."));
  }
}
