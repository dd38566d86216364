package dev.serai.gateway.telemetry.trace;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Names the attributes of spans: OpenTelemetry's semantic conventions for generative AI and HTTP,
 * and Serai's own. Where the names of 1.41 and of later versions differ, both are here; {@link
 * TracedCall} chooses.
 */
final class SpanAttributes {
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<Boolean> STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
  static final AttributeKey<String> RESPONSE_MODEL =
      AttributeKey.stringKey("gen_ai.response.model");
  static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Double> FIRST_CHUNK =
      AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
  static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<Long> CACHED_TOKENS =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> CACHE_CREATION_TOKENS =
      AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");
  static final AttributeKey<Long> CACHE_WRITE_TOKENS =
      AttributeKey.longKey("gen_ai.usage.cache_write.input_tokens");
  static final AttributeKey<Long> AUDIO_INPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.audio.input_tokens");
  static final AttributeKey<Long> AUDIO_OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.audio.output_tokens");
  static final AttributeKey<Long> REASONING_TOKENS =
      AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
  static final AttributeKey<String> INPUT_MESSAGES =
      AttributeKey.stringKey("gen_ai.input.messages");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

  static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("serai.request_id");
  static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("serai.attempts");
  static final AttributeKey<String> HEDGE = AttributeKey.stringKey("serai.hedge");
  static final AttributeKey<String> FAN_OUT = AttributeKey.stringKey("serai.fan_out");
  static final AttributeKey<Long> RESPONSES = AttributeKey.longKey("serai.fan_out.responses");
  static final AttributeKey<Double> AGREEMENT = AttributeKey.doubleKey("serai.fan_out.agreement");
  static final AttributeKey<Double> SCORE = AttributeKey.doubleKey("serai.fan_out.score");
  static final AttributeKey<String> PLAN = AttributeKey.stringKey("serai.plan");

  static final AttributeKey<String> STRATEGY = AttributeKey.stringKey("serai.strategy");
  static final AttributeKey<String> STRATEGY_SOURCE =
      AttributeKey.stringKey("serai.strategy_source");
  static final AttributeKey<String> CHOICE = AttributeKey.stringKey("serai.choice");
  static final AttributeKey<Long> TARGETS = AttributeKey.longKey("serai.targets");

  static final AttributeKey<String> BANDIT_STRATEGY = AttributeKey.stringKey("bandit.strategy");
  static final AttributeKey<String> BANDIT_CHOICE = AttributeKey.stringKey("bandit.choice");
  static final AttributeKey<String> BANDIT_CLUSTER = AttributeKey.stringKey("bandit.cluster");
  static final AttributeKey<Double> BANDIT_PROPENSITY = AttributeKey.doubleKey("bandit.propensity");
  static final AttributeKey<Boolean> FAIR_FAST_PATH = AttributeKey.booleanKey("fair.fast_path");
  static final AttributeKey<String> FAIR_QOS = AttributeKey.stringKey("fair.qos");
  static final AttributeKey<Long> MEMORY_FOUND = AttributeKey.longKey("serai.memory.found");
  static final AttributeKey<String> EXPERIMENT = AttributeKey.stringKey("serai.experiment");
  static final AttributeKey<String> VARIANT = AttributeKey.stringKey("serai.variant");
  static final AttributeKey<String> PROMPT = AttributeKey.stringKey("serai.prompt");
  static final AttributeKey<List<String>> DROPPED = AttributeKey.stringArrayKey("serai.dropped");

  static final AttributeKey<String> TENANT = AttributeKey.stringKey("serai.tenant");
  static final AttributeKey<String> TEAM = AttributeKey.stringKey("serai.team");
  static final AttributeKey<String> USER = AttributeKey.stringKey("serai.user");
  static final AttributeKey<String> KEY = AttributeKey.stringKey("serai.key");
  static final AttributeKey<String> SESSION = AttributeKey.stringKey("serai.session");
  static final AttributeKey<String> CONVERSATION = AttributeKey.stringKey("gen_ai.conversation.id");
  static final AttributeKey<String> TASK_TYPE = AttributeKey.stringKey("serai.task_type");
  static final AttributeKey<List<String>> TAGS = AttributeKey.stringArrayKey("serai.tags");

  private SpanAttributes() {}
}
