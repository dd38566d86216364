package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.translation.ReplyMembers;
import dev.serai.core.chat.detail.DetailSupport;

/** The members of a response object that are read, or that repeat the request. */
final class ResponseMembers {
  private static final String ITEMS =
      """
      (message reasoning function_call custom_tool_call image_generation_call)
      {id type role status call_id name arguments input encrypted_content result output_format
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
      usage{input_tokens output_tokens total_tokens cost cost_details is_byok
       input_tokens_details{cached_tokens cache_write_tokens audio_tokens}
       output_tokens_details{reasoning_tokens audio_tokens}}
      """
          + REPEATED
          + " output "
          + ITEMS;

  private static final String ITEM = "type sequence_number output_index item=output " + ITEMS;

  private static final BySupport READ = BySupport.of(WHOLE);
  private static final BySupport READ_OF_ITEM = BySupport.of(ITEM);

  private ResponseMembers() {}

  /** Those that are read for a client that can receive these details of a text. */
  private record BySupport(
      ReplyMembers none, ReplyMembers logprobs, ReplyMembers webPages, ReplyMembers all) {
    static BySupport of(String text) {
      return new BySupport(
          with("", text),
          with("logprobs", text),
          with("logprobs annotations(url_citation){type url title start_index end_index}", text),
          with("logprobs annotations", text));
    }

    private static ReplyMembers with(String details, String text) {
      return ReplyMembers.of(text.replace("DETAILS", details));
    }

    ReplyMembers get(DetailSupport details) {
      return switch (details) {
        case NONE -> none;
        case LOGPROBS -> logprobs;
        case WEB_PAGES -> webPages;
        case ALL -> all;
      };
    }
  }

  /**
   * Those of the whole response.
   *
   * @param details the details of the text that the client can receive
   */
  static ReplyMembers read(DetailSupport details) {
    return READ.get(details);
  }

  /** Those of the event that ends an item. */
  static ReplyMembers readOfItem(DetailSupport details) {
    return READ_OF_ITEM.get(details);
  }
}
