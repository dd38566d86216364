package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.translation.ReplyMembers;

/** The members of a response, or of a line of a stream, that are read. */
final class ResponseMembers {
  static final ReplyMembers READ =
      ReplyMembers.of(
          """
          model created_at done done_reason prompt_eval_count eval_count error status
          total_duration load_duration prompt_eval_duration eval_duration
          response thinking
          message{role content thinking images tool_calls{id type function{index name arguments}}}
          """);

  private ResponseMembers() {}
}
