package dev.serai.adapters.dialects.anthropic;

import static dev.serai.core.json.JsonWriter.ascii;

/** JSON member names and event types as bytes to compare with. */
final class MemberNames {
  static final byte[] TYPE = ascii("type");
  static final byte[] INDEX = ascii("index");
  static final byte[] MESSAGE = ascii("message");
  static final byte[] CONTENT = ascii("content");
  static final byte[] CONTENT_BLOCK = ascii("content_block");
  static final byte[] DELTA = ascii("delta");
  static final byte[] ERROR = ascii("error");
  static final byte[] ID = ascii("id");
  static final byte[] MODEL = ascii("model");
  static final byte[] NAME = ascii("name");
  static final byte[] INPUT = ascii("input");
  static final byte[] TEXT = ascii("text");
  static final byte[] THINKING = ascii("thinking");
  static final byte[] PARTIAL_JSON = ascii("partial_json");
  static final byte[] STOP_REASON = ascii("stop_reason");
  static final byte[] STOP_DETAILS = ascii("stop_details");
  static final byte[] EXPLANATION = ascii("explanation");
  static final byte[] USAGE = ascii("usage");
  static final byte[] INPUT_TOKENS = ascii("input_tokens");
  static final byte[] OUTPUT_TOKENS = ascii("output_tokens");
  static final byte[] CACHE_READ = ascii("cache_read_input_tokens");
  static final byte[] CACHE_WRITTEN = ascii("cache_creation_input_tokens");
  static final byte[] OUTPUT_DETAILS = ascii("output_tokens_details");
  static final byte[] THINKING_TOKENS = ascii("thinking_tokens");
  static final byte[] CACHE_CREATION = ascii("cache_creation");
  static final byte[] HOUR_TOKENS = ascii("ephemeral_1h_input_tokens");
  static final byte[] ITERATIONS = ascii("iterations");
  static final byte[] SERVICE_TIER = ascii("service_tier");
  static final byte[] SIGNATURE = ascii("signature");
  static final byte[] DATA = ascii("data");
  static final byte[] CITATIONS = ascii("citations");
  static final byte[] CITATION = ascii("citation");

  private MemberNames() {}
}
