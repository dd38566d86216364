package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.translation.ReplyMembers;
import dev.serai.core.chat.detail.DetailSupport;

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
       tool_calls(function custom){index id type function{name arguments} custom{name input}
        extra_content}
       images{index type image_url{url}}}
      """;

  private static final String CHOICE =
      "index text finish_reason native_finish_reason stop_reason matched_stop message "
          + SAID
          + " delta=message "
          + SAID;

  private static final String USAGE =
      """
      usage{prompt_tokens completion_tokens total_tokens cost cost_details is_byok
       queue_time prompt_time completion_time total_time
       prompt_cache_hit_tokens prompt_cache_miss_tokens
       prompt_tokens_details{cached_tokens cache_write_tokens audio_tokens}
       completion_tokens_details{reasoning_tokens audio_tokens}}
      x_groq{id usage}
      """;

  private static final String HEAD =
      "id object created model service_tier system_fingerprint error obfuscation ";

  private static final String SOURCES = " citations search_results{title url} ";

  private static final ReplyMembers READ = of(HEAD, CHOICE);
  private static final ReplyMembers READ_WITH_LOGPROBS = of(HEAD, withLogprobs(CHOICE));
  private static final ReplyMembers READ_WITH_WEB_PAGES =
      annotated(
          "annotations(url_citation){type url title start_index end_index"
              + " url_citation{url title start_index end_index}}");
  private static final ReplyMembers READ_WITH_ALL = annotated("annotations");

  private ResponseMembers() {}

  private static ReplyMembers of(String head, String choice) {
    return ReplyMembers.of(head + "choices{" + choice + "}" + USAGE);
  }

  private static String withLogprobs(String choice) {
    return choice + " logprobs{content}";
  }

  private static ReplyMembers annotated(String annotations) {
    return of(HEAD + SOURCES, withLogprobs(CHOICE.replace("{role", "{role " + annotations)));
  }

  /**
   * Those that a client of another dialect receives.
   *
   * @param details the details of the text that it can receive
   */
  static ReplyMembers read(DetailSupport details) {
    return switch (details) {
      case NONE -> READ;
      case LOGPROBS -> READ_WITH_LOGPROBS;
      case WEB_PAGES -> READ_WITH_WEB_PAGES;
      case ALL -> READ_WITH_ALL;
    };
  }
}
