package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.translation.ReplyMembers;
import dev.serai.core.chat.detail.DetailSupport;

/** The members of a response, or of a line of a stream, that are read. */
final class ResponseMembers {
  private static final String TEXT =
      """
      model created_at done done_reason prompt_eval_count eval_count error status
      total_duration load_duration prompt_eval_duration eval_duration
      response thinking
      message{role content thinking images tool_calls{id type function{index name arguments}}}
      """;

  private static final ReplyMembers READ = ReplyMembers.of(TEXT);
  private static final ReplyMembers READ_WITH_LOGPROBS = ReplyMembers.of(TEXT + " logprobs");

  private ResponseMembers() {}

  /**
   * Those that a client of another dialect receives.
   *
   * @param details the details of the text that it can receive
   */
  static ReplyMembers read(DetailSupport details) {
    return details.hasLogprobs() ? READ_WITH_LOGPROBS : READ;
  }
}
