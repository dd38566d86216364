package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.OpaqueState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code thoughtSignature} as clients of this surface see it. It is declared as bytes, so that some
 * of them decode its base64 and encode it again in their own alphabet: another provider's state is
 * carried as the base64 of a {@link OpaqueStateCodec}'s text.
 */
final class ThoughtSignatures {
  /**
   * Said where a call in the history has no signature and the model wants one, as
   * ai.google.dev/gemini-api/docs/thought-signatures allows.
   */
  static final String NONE = "skip_thought_signature_validator";

  /** How every carrier begins once it is base64: seven characters of its mark make nine. */
  private static final byte[] MARK =
      Base64.getEncoder()
          .withoutPadding()
          .encodeToString(OpaqueStateCodec.MARK.substring(0, 6).getBytes(StandardCharsets.US_ASCII))
          .getBytes(StandardCharsets.US_ASCII);

  private ThoughtSignatures() {}

  /** For looking through requests. Not to be changed. */
  static byte[] mark() {
    return MARK;
  }

  /** What a client is given. */
  static String write(OpaqueState state) {
    byte[] text = OpaqueStateCodec.encode(state).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(text);
  }

  /**
   * What a client gives back.
   *
   * @return GeminiDialect's own signature as a state of no provider in particular, since a client
   *     of its dialect does not say whose it is
   */
  static Optional<OpaqueState> read(String signature) {
    if (signature.isEmpty() || signature.equals(NONE)) {
      return Optional.empty();
    }
    Optional<OpaqueState> carried = carried(signature);
    return carried.isPresent()
        ? carried
        : Optional.of(new OpaqueState(GeminiDialect.NAME, "", GeminiDialect.SIGNATURE, signature));
  }

  /** The state of another provider that a signature carries. */
  static Optional<OpaqueState> carried(String signature) {
    try {
      String plain = signature.replace('-', '+').replace('_', '/');
      byte[] text = Base64.getMimeDecoder().decode(plain);
      return OpaqueStateCodec.decode(new String(text, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      // A signature is what its provider likes.
      return Optional.empty();
    }
  }
}
