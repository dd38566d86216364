package dev.serai.adapters.dialects.bedrock;

import static dev.serai.core.json.JsonWriter.ascii;

/** JSON member names and event types as bytes to compare with. */
final class MemberNames {
  static final byte[] MESSAGE_START = ascii("messageStart");
  static final byte[] BLOCK_START = ascii("contentBlockStart");
  static final byte[] BLOCK_DELTA = ascii("contentBlockDelta");
  static final byte[] BLOCK_STOP = ascii("contentBlockStop");
  static final byte[] MESSAGE_STOP = ascii("messageStop");
  static final byte[] METADATA = ascii("metadata");
  static final byte[] OUTPUT = ascii("output");
  static final byte[] MESSAGE = ascii("message");
  static final byte[] MESSAGE_UPPER = ascii("Message");
  static final byte[] TYPE = ascii("__type");
  static final byte[] CONTENT = ascii("content");
  static final byte[] INDEX = ascii("contentBlockIndex");
  static final byte[] START = ascii("start");
  static final byte[] DELTA = ascii("delta");
  static final byte[] TEXT = ascii("text");
  static final byte[] TOOL_USE = ascii("toolUse");
  static final byte[] TOOL_USE_ID = ascii("toolUseId");
  static final byte[] NAME = ascii("name");
  static final byte[] TOOL_TYPE = ascii("type");
  static final byte[] INPUT = ascii("input");
  static final byte[] REASONING = ascii("reasoningContent");
  static final byte[] REASONING_TEXT = ascii("reasoningText");
  static final byte[] SIGNATURE = ascii("signature");
  static final byte[] REDACTED = ascii("redactedContent");
  static final byte[] CITED = ascii("citationsContent");
  static final byte[] CITATION = ascii("citation");
  static final byte[] CITATIONS = ascii("citations");
  static final byte[] STOP_REASON = ascii("stopReason");
  static final byte[] MODEL_FIELDS = ascii("additionalModelResponseFields");
  static final byte[] STOP_SEQUENCE = ascii("stop_sequence");
  static final byte[] USAGE = ascii("usage");
  static final byte[] SERVICE_TIER = ascii("serviceTier");
  static final byte[] TIER_TYPE = ascii("type");
  static final byte[] INPUT_TOKENS = ascii("inputTokens");
  static final byte[] OUTPUT_TOKENS = ascii("outputTokens");
  static final byte[] CACHE_READ = ascii("cacheReadInputTokens");
  static final byte[] CACHE_WRITTEN = ascii("cacheWriteInputTokens");
  static final byte[] CACHE_DETAILS = ascii("cacheDetails");
  static final byte[] TTL = ascii("ttl");

  private MemberNames() {}
}
