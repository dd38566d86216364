package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.translation.ReplyMembers;

/** The members of a response object that are read, or that repeat the request. */
final class ResponseMembers {
  private static final String ITEMS =
      """
      (message reasoning function_call custom_tool_call)
      {id type role status call_id name arguments input encrypted_content
       summary(summary_text){type text}
       content(output_text refusal reasoning_text text){type text refusal DETAILS}}
      """;

  private static final String REPEATED =
      """
      background conversation frequency_penalty instructions max_output_tokens max_tool_calls
      metadata parallel_tool_calls presence_penalty previous_response_id prompt prompt_cache_key
      prompt_cache_retention reasoning safety_identifier store temperature text tool_choice tools
      top_logprobs top_p truncation user
      """;

  private static final String WHOLE =
      """
      id object created_at model status service_tier error incomplete_details{reason}
      usage{input_tokens output_tokens total_tokens
       input_tokens_details{cached_tokens cache_write_tokens audio_tokens}
       output_tokens_details{reasoning_tokens audio_tokens}}
      """
          + REPEATED
          + " output "
          + ITEMS;

  private static final String ITEM = "type sequence_number output_index item=output " + ITEMS;

  private static final ReplyMembers READ = without(WHOLE);
  private static final ReplyMembers READ_WITH_DETAILS = with(WHOLE);
  private static final ReplyMembers READ_OF_ITEM = without(ITEM);
  private static final ReplyMembers READ_OF_ITEM_WITH_DETAILS = with(ITEM);

  private ResponseMembers() {}

  private static ReplyMembers without(String text) {
    return ReplyMembers.of(text.replace("DETAILS", ""));
  }

  private static ReplyMembers with(String text) {
    return ReplyMembers.of(text.replace("DETAILS", "annotations logprobs"));
  }

  /**
   * Those of the whole response.
   *
   * @param details whether the client can receive details of the text
   */
  static ReplyMembers read(boolean details) {
    return details ? READ_WITH_DETAILS : READ;
  }

  /** Those of the event that ends an item. */
  static ReplyMembers readOfItem(boolean details) {
    return details ? READ_OF_ITEM_WITH_DETAILS : READ_OF_ITEM;
  }
}
