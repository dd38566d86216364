package dev.serai.adapters.dialects.bedrock;

/** Converts tool call ids to what Bedrock accepts: at most 64 letters, digits, '_' and '-'. */
final class ToolCallIds {
  private static final int MAX_LENGTH = 64;

  private ToolCallIds() {}

  /** Converts an id of another dialect; a call and its result get the same one. */
  static String convert(String callId) {
    // The end of a long id distinguishes it from others.
    int from = Math.max(0, callId.length() - MAX_LENGTH);
    StringBuilder id = new StringBuilder(MAX_LENGTH);
    for (int i = from; i < callId.length(); i++) {
      char c = callId.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      id.append(plain || c == '-' ? c : '_');
    }
    return id.isEmpty() ? "_" : id.toString();
  }
}
