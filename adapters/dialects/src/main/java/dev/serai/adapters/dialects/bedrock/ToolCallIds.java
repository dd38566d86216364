package dev.serai.adapters.dialects.bedrock;

/** Ids of tool calls as Bedrock takes them: letters, digits, '_' and '-', at most 64. */
final class ToolCallIds {
  private static final int LONGEST = 64;

  private ToolCallIds() {}

  /** Another dialect's id in these letters; the same for the call and for its result. */
  static String plain(String foreign) {
    // What tells ids apart stands at their end.
    int from = Math.max(0, foreign.length() - LONGEST);
    StringBuilder id = new StringBuilder(LONGEST);
    for (int i = from; i < foreign.length(); i++) {
      char c = foreign.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      id.append(plain || c == '-' ? c : '_');
    }
    return id.isEmpty() ? "_" : id.toString();
  }
}
