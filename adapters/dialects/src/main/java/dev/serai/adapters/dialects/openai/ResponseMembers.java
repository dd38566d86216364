package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.translation.ReplyMembers;

/**
 * The members of a {@code chat.completion}, and of its chunks, that are read, or that only describe
 * the provider's work.
 */
final class ResponseMembers {
  private static final String SAID =
      """
      {role refusal reasoning_content reasoning reasoning_details
       content(text thinking refusal){type text thinking(text){type text} refusal}
       function_call{name arguments}
       tool_calls(function custom){index id type function{name arguments} custom{name input}}
       images{index type image_url{url}}}
      """;

  private static final String CHOICE =
      "index text finish_reason native_finish_reason stop_reason matched_stop message "
          + SAID
          + " delta=message "
          + SAID;

  private static final String USAGE =
      """
      usage{prompt_tokens completion_tokens total_tokens cost
       queue_time prompt_time completion_time total_time
       prompt_cache_hit_tokens prompt_cache_miss_tokens
       prompt_tokens_details{cached_tokens cache_write_tokens audio_tokens}
       completion_tokens_details{reasoning_tokens audio_tokens}}
      x_groq{id usage}
      """;

  private static final String HEAD =
      "id object created model service_tier system_fingerprint error obfuscation ";

  private static final ReplyMembers READ = of(HEAD, CHOICE);
  private static final ReplyMembers READ_WITH_DETAILS =
      of(
          HEAD + " citations search_results{title url} ",
          CHOICE.replace("{role", "{role annotations") + " logprobs{content}");

  private ResponseMembers() {}

  private static ReplyMembers of(String head, String choice) {
    return ReplyMembers.of(head + "choices{" + choice + "}" + USAGE);
  }

  /**
   * Those that a client of another dialect receives.
   *
   * @param details whether it can receive details of the text
   */
  static ReplyMembers read(boolean details) {
    return details ? READ_WITH_DETAILS : READ;
  }
}
