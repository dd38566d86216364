package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.OpaqueState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Converts opaque state to and from {@code thoughtSignature}. The member is declared as bytes, so
 * some clients decode its base64 and encode it again in another alphabet: the state of another
 * provider is the base64 of the text of an {@link OpaqueStateCodec}.
 */
final class ThoughtSignatures {
  /**
   * The placeholder for a call in the history that has no signature where the model requires one,
   * as ai.google.dev/gemini-api/docs/thought-signatures allows.
   */
  static final String NONE = "skip_thought_signature_validator";

  /** The start of every carried state in base64: six bytes of its mark are eight characters. */
  private static final byte[] MARK =
      Base64.getEncoder()
          .withoutPadding()
          .encodeToString(OpaqueStateCodec.MARK.substring(0, 6).getBytes(StandardCharsets.US_ASCII))
          .getBytes(StandardCharsets.US_ASCII);

  private ThoughtSignatures() {}

  /** The bytes to search requests for. Not to be changed. */
  static byte[] mark() {
    return MARK;
  }

  /** The signature that a client receives. */
  static String write(OpaqueState state) {
    byte[] text = OpaqueStateCodec.encode(state).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(text);
  }

  /**
   * Reads the signature that a client sends back.
   *
   * @return Gemini's own signature as a state without a provider: a client of its dialect does not
   *     name it
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
      // The signature of a provider may have any form.
      return Optional.empty();
    }
  }
}
