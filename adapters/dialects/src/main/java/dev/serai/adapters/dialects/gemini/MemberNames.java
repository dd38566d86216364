package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

/** Names of JSON members, as bytes to compare with. */
final class MemberNames {
  static final byte[] CANDIDATES = ascii("candidates");
  static final byte[] INDEX = ascii("index");
  static final byte[] CONTENT = ascii("content");
  static final byte[] PARTS = ascii("parts");
  static final byte[] FUNCTION_CALL = ascii("functionCall");
  static final byte[] NAME = ascii("name");
  static final byte[] FINISH_REASON = ascii("finishReason");
  static final byte[] PROMPT_FEEDBACK = ascii("promptFeedback");
  static final byte[] BLOCK_REASON = ascii("blockReason");
  static final byte[] ERROR = ascii("error");
  static final byte[] MODEL_VERSION = ascii("modelVersion");
  static final byte[] CODE = ascii("code");
  static final byte[] STATUS = ascii("status");
  static final byte[] MESSAGE = ascii("message");
  static final byte[] DETAILS = ascii("details");
  static final byte[] REASON = ascii("reason");
  static final byte[] FIELD_VIOLATIONS = ascii("fieldViolations");
  static final byte[] FIELD = ascii("field");
  static final byte[] DESCRIPTION = ascii("description");
  static final byte[] METADATA = ascii("metadata");
  static final byte[] QUOTA_RESET_DELAY = ascii("quotaResetDelay");
  static final byte[] QUOTA_RESET_TIME = ascii("quotaResetTimeStamp");
  static final byte[] RETRY_DELAY = ascii("retryDelay");
  static final byte[] USAGE = ascii("usageMetadata");
  static final byte[] PROMPT_TOKENS = ascii("promptTokenCount");
  static final byte[] CACHED_TOKENS = ascii("cachedContentTokenCount");
  static final byte[] CANDIDATE_TOKENS = ascii("candidatesTokenCount");
  static final byte[] THOUGHT_TOKENS = ascii("thoughtsTokenCount");
  static final byte[] TOOL_TOKENS = ascii("toolUsePromptTokenCount");
  static final byte[] TOTAL_TOKENS = ascii("totalTokenCount");
  static final byte[] COUNTED_TOKENS = ascii("totalTokens");
  static final byte[] PROMPT_DETAILS = ascii("promptTokensDetails");
  static final byte[] CANDIDATE_DETAILS = ascii("candidatesTokensDetails");
  static final byte[] MODALITY = ascii("modality");
  static final byte[] TOKEN_COUNT = ascii("tokenCount");

  private MemberNames() {}
}
