package dev.serai.adapters.dialects.responses;

import java.util.concurrent.ThreadLocalRandom;

/** Generates ids of responses and items, with OpenAI's prefixes. */
final class ResponseIds {
  /**
   * The prefix for reasoning. It tells it from a provider's, which providers that store responses
   * look up by its id.
   */
  static final String REASONING = "rs_serai";

  private ResponseIds() {}

  /** Whether the id is one that was generated for reasoning. */
  static boolean isOfReasoning(String id) {
    return id.startsWith(REASONING);
  }

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
      case "reasoning" -> REASONING;
      case "function_call" -> "fc_";
      case "function_call_output" -> "fco_";
      case "custom_tool_call" -> "ctc_";
      case "custom_tool_call_output" -> "ctco_";
      case ResponseItemWriter.IMAGE -> "ig_";
      default -> "item_";
    };
  }
}
