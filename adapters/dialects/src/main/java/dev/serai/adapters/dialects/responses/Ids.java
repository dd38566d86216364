package dev.serai.adapters.dialects.responses;

import java.util.concurrent.ThreadLocalRandom;

/** Ids of responses and items, with the beginnings that OpenAI gives them. */
final class Ids {
  private Ids() {}

  /** A new one that begins so, as in {@code resp_}. */
  static String make(String prefix) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return prefix
        + Long.toUnsignedString(random.nextLong(), 36)
        + Long.toUnsignedString(random.nextLong(), 36);
  }

  /** How ids of items of a type begin. */
  static String prefix(String type) {
    return switch (type) {
      case "message" -> "msg_";
      case "reasoning" -> "rs_";
      case "function_call" -> "fc_";
      case "function_call_output" -> "fco_";
      case "custom_tool_call" -> "ctc_";
      case "custom_tool_call_output" -> "ctco_";
      default -> "item_";
    };
  }
}
