package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.translation.ReplyMembers;

/** The members of a response, and of the events of a stream, that are read. */
final class ResponseMembers {
  private static final String END =
      """
      stopReason additionalModelResponseFields{stop_sequence}
      serviceTier{type} metrics{latencyMs}
      usage{inputTokens outputTokens totalTokens cacheReadInputTokens cacheWriteInputTokens
       cacheDetails{ttl inputTokens}}
      """;

  /**
   * Text and signature of reasoning are inside another object in a response only. {@link
   * ResponseBlock} reports citations and calls of the vendor's tools.
   */
  private static final String BLOCK =
      """
      {text citation citationsContent{content{text} citations} toolUse{toolUseId name input type}
       reasoningContent{text signature redactedContent reasoningText{text signature}}}
      """;

  /** Those of a response. */
  static final ReplyMembers READ =
      ReplyMembers.of(END + "output{message{role content" + BLOCK + "}}");

  /** Those of an event; {@code p} is padding. */
  static final ReplyMembers READ_OF_EVENT =
      ReplyMembers.of(
          END
              + "p role contentBlockIndex start=output.message.content"
              + BLOCK
              + "delta=output.message.content"
              + BLOCK);

  private ResponseMembers() {}
}
