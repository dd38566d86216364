package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.translation.ReplyMembers;
import dev.serai.core.chat.detail.DetailSupport;

/** The members of a response, or of an event of a stream, that are read. */
final class ResponseMembers {
  private static final String TEXT =
      """
      responseId modelVersion createTime error
      candidates{index finishReason DETAILS
       content{role
        parts{text REASONING thoughtSignature
         functionCall{id name args} inlineData{mimeType data}}}}
      promptFeedback{blockReason}
      usageMetadata{promptTokenCount candidatesTokenCount totalTokenCount thoughtsTokenCount
       cachedContentTokenCount toolUsePromptTokenCount
       promptTokensDetails{modality tokenCount} candidatesTokensDetails{modality tokenCount}}
      """;

  private static final String LOGPROBS =
      """
      logprobsResult{chosenCandidates{token logProbability}
       topCandidates{candidates{token logProbability}}}
      """;

  private static final ReplyMembers READ = with("");
  private static final ReplyMembers READ_WITH_LOGPROBS = with(LOGPROBS);

  private ResponseMembers() {}

  private static ReplyMembers with(String details) {
    return ReplyMembers.of(TEXT.replace("DETAILS", details).replace("REASONING", "thought"));
  }

  /**
   * Those that a client of another dialect receives. Of {@code inlineData} only images are read:
   * {@link ResponsePartReader} reports the rest.
   *
   * @param details the details of the text that it can receive
   */
  static ReplyMembers read(DetailSupport details) {
    return details.hasLogprobs() ? READ_WITH_LOGPROBS : READ;
  }
}
