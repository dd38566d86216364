package dev.serai.adapters.dialects.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Converts tool call ids for providers that accept only nine letters and digits. */
final class ToolCallIds {
  private static final int LENGTH = 9;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private ToolCallIds() {}

  /** The id itself if it is nine letters and digits; else a hash, equal for equal ids. */
  static String shorten(String id) {
    if (isShort(id)) {
      return id;
    }
    byte[] digest = digest(id);
    StringBuilder shortened = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      int twoBytes = (digest[2 * i] & 0xFF) << 8 | digest[2 * i + 1] & 0xFF;
      shortened.append(ALPHABET.charAt(twoBytes % ALPHABET.length()));
    }
    return shortened.toString();
  }

  private static boolean isShort(String id) {
    return id.length() == LENGTH && id.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  private static byte[] digest(String id) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
