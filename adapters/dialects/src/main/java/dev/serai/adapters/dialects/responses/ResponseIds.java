package dev.serai.adapters.dialects.responses;

import java.util.concurrent.ThreadLocalRandom;

/** Generates ids of responses and items, with OpenAI's prefixes. */
final class ResponseIds {
  private ResponseIds() {}

  /** Generates an id with this prefix, such as {@code resp_}. */
  static String make(String prefix) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return prefix
        + Long.toUnsignedString(random.nextLong(), 36)
        + Long.toUnsignedString(random.nextLong(), 36);
  }

  /** The prefix for items of a type. */
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
