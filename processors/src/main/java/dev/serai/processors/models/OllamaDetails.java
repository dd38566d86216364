package dev.serai.processors.models;

import dev.serai.processors.support.JsonReply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What Ollama's clients expect to be told of a model, as far as a gateway can know it. */
final class OllamaDetails {
  private OllamaDetails() {}

  /** The family is the provider. */
  static String of(String provider) {
    String family = JsonReply.quoted(provider);
    return "{\"parent_model\":\"\",\"format\":\"\",\"family\":"
        + family
        + ",\"families\":["
        + family
        + "],\"parameter_size\":\"\",\"quantization_level\":\"\"}";
  }

  /** Tells one name from another, as a digest of its weights would. */
  static String digest(String name) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
