package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.translation.ReplyMembers;

/** The members of a message, and of the events of a stream, that are read. */
final class ResponseMembers {
  private static final String BLOCK =
      """
      (text thinking redacted_thinking tool_use)
      {type text thinking signature data id name input}
      """;

  private static final String USAGE =
      """
      usage{input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens
       cache_creation{ephemeral_1h_input_tokens ephemeral_5m_input_tokens}
       output_tokens_details{thinking_tokens} service_tier
       iterations{type model input_tokens output_tokens
        cache_read_input_tokens cache_creation_input_tokens
        cache_creation{ephemeral_1h_input_tokens ephemeral_5m_input_tokens}}}
      """;

  private static final String END = " stop_reason stop_details{type explanation} ";

  private static final String MESSAGE =
      "id type role model error request_id " + END + USAGE + " content " + BLOCK;

  /** Those of a message. */
  static final ReplyMembers READ = ReplyMembers.of(MESSAGE);

  /** Those of an event that begins or ends a message, or begins a block. */
  static final ReplyMembers READ_OF_EVENT =
      ReplyMembers.of(
          "type index message=.{"
              + MESSAGE
              + "} delta=.{"
              + END
              + "} content_block=content "
              + BLOCK
              + USAGE);

  private ResponseMembers() {}
}
