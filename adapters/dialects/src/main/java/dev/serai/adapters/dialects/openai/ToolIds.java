package dev.serai.adapters.dialects.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ids of tool calls for providers that take only nine letters and digits. */
final class ToolIds {
  private static final int LENGTH = 9;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private ToolIds() {}

  /** The id itself if it is such a one; else always the same one for the same id. */
  static String brief(String id) {
    if (isBrief(id)) {
      return id;
    }
    byte[] digest = digest(id);
    StringBuilder brief = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      int twoBytes = (digest[2 * i] & 0xFF) << 8 | digest[2 * i + 1] & 0xFF;
      brief.append(ALPHABET.charAt(twoBytes % ALPHABET.length()));
    }
    return brief.toString();
  }

  private static boolean isBrief(String id) {
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
