package dev.serai.adapters.dialects.openaiapi;

import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.translation.QuirkFlag;
import dev.serai.core.dialect.Destination;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where providers that speak one of OpenAI's APIs depart from it. Documented in docs/quirks.md. */
public enum Quirk implements QuirkFlag {
  /** Refuses {@code stream_options}: it is never sent, and streams may not report usage. */
  NO_STREAM_OPTIONS("no-stream-options", "stream_options"),
  /** Knows only {@code max_tokens}: {@code max_completion_tokens} is sent under that name. */
  MAX_TOKENS_ONLY("max-tokens-only"),
  /** Refuses {@code max_tokens}: it is sent as {@code max_completion_tokens}. */
  MAX_COMPLETION_TOKENS("max-completion-tokens"),
  /** Knows no developer role: it is sent as system. */
  NO_DEVELOPER_ROLE("no-developer-role"),
  /** Refuses {@code parallel_tool_calls}. */
  NO_PARALLEL_TOOL_CALLS("no-parallel-tool-calls", "parallel_tool_calls"),
  /** Refuses {@code logprobs} and {@code top_logprobs}. */
  NO_LOGPROBS("no-logprobs", "logprobs", "top_logprobs"),
  /** Refuses {@code logit_bias}. */
  NO_LOGIT_BIAS("no-logit-bias", "logit_bias"),
  /** Refuses {@code frequency_penalty} and {@code presence_penalty}. */
  NO_PENALTIES("no-penalties", "frequency_penalty", "presence_penalty"),
  /** Refuses {@code stop}. */
  NO_STOP("no-stop", "stop"),
  /** Refuses {@code user} and {@code safety_identifier}. */
  NO_USER("no-user", "user", "safety_identifier"),
  /** Refuses {@code store}. */
  NO_STORE("no-store", "store"),
  /** Refuses {@code metadata}. */
  NO_METADATA("no-metadata", "metadata"),
  /** Refuses {@code service_tier}. */
  NO_SERVICE_TIER("no-service-tier", "service_tier"),
  /** Refuses {@code prediction}. */
  NO_PREDICTION("no-prediction", "prediction"),
  /** Refuses {@code modalities} and {@code audio}. */
  NO_MODALITIES("no-modalities", "modalities", "audio"),
  /** Refuses {@code prompt_cache_key} and {@code prompt_cache_retention}. */
  NO_PROMPT_CACHE_KEY("no-prompt-cache-key", "prompt_cache_key", "prompt_cache_retention"),
  /** Refuses {@code prompt_cache_retention}. */
  NO_PROMPT_CACHE_RETENTION("no-prompt-cache-retention", "prompt_cache_retention"),
  /** Refuses {@code verbosity}. */
  NO_VERBOSITY("no-verbosity", "verbosity"),
  /** Refuses {@code web_search_options}. */
  NO_WEB_SEARCH_OPTIONS("no-web-search-options", "web_search_options"),
  /** Refuses {@code safety_identifier}. */
  NO_SAFETY_IDENTIFIER("no-safety-identifier", "safety_identifier"),
  /** Refuses names of messages. */
  NO_NAMES("no-names"),
  /**
   * Refuses members of assistant messages that responses have and requests do not: {@code refusal},
   * {@code annotations}, {@code audio}, {@code images}, {@code reasoning_content}, {@code
   * reasoning_details}, and {@code function_call} that is null.
   */
  STRICT_MESSAGES("strict-messages"),
  /** Refuses {@code reasoning} of assistant messages. */
  NO_REASONING_INPUT("no-reasoning-input"),
  /** Understands {@code cache_control}, the mark up to which the prompt is cached. */
  CACHE_CONTROL("cache-control"),
  /** Takes {@code logprobs} as the number of {@code top_logprobs}. */
  LOGPROBS_COUNT("logprobs-count", "top_logprobs"),
  /** Returns one choice: {@code n} is left out. */
  ONE_CHOICE("one-choice", "n"),
  /** Names the member {@code seed} {@code random_seed}. */
  RANDOM_SEED("random-seed"),
  /** Names the tool choice {@code required} {@code any}. */
  REQUIRED_IS_ANY("required-is-any"),
  /** Accepts only tool call ids of nine letters and digits: others are converted. */
  SHORT_TOOL_IDS("short-tool-ids"),
  /** Requires {@code reasoning_content} in assistant messages with tool calls, empty if unknown. */
  REASONING_CONTENT("reasoning-content"),
  /** Knows JSON mode but no schemas: {@code json_schema} is sent as {@code json_object}. */
  NO_JSON_SCHEMA("no-json-schema"),
  /** Takes its key in the header {@code api-key} instead of {@code Authorization}. */
  API_KEY_HEADER("api-key-header"),
  /** Its list of models is not the list of models that requests can name. */
  NO_MODEL_LIST("no-model-list"),
  /** Refuses {@code encoding_format: base64}: embeddings are requested as numbers and converted. */
  NO_BASE64("no-base64"),
  /** Has no {@code /completions}: a prompt is sent as a chat's user message. */
  NO_COMPLETIONS("no-completions"),
  /** Has {@code /responses} too: requests in that API are sent there unchanged. */
  RESPONSES("responses"),
  /** Has only {@code /responses}: all requests are sent there. */
  RESPONSES_ONLY("responses-only"),
  /** Stores no responses: the whole history is sent instead of a reference to one. */
  RESPONSES_STATELESS("responses-stateless"),
  /** Refuses {@code reasoning.summary}, as OpenAI does for organizations it has not verified. */
  NO_REASONING_SUMMARY("no-reasoning-summary");

  /** The ids that {@link #SHORT_TOOL_IDS} is about. */
  public static final TextLimit SHORT_IDS = new TextLimit(9, 9, TextLimit.Characters.ALPHANUMERIC);

  /** Every flag, as it is written in settings. */
  public static final Set<String> FLAGS = QuirkFlag.flags(values());

  private static final String API_VERSION = "api-version-";
  private static final int MAX_VERSION = 32;
  private static final Map<String, Set<Quirk>> BY_MEMBER = byMember();

  private final String flag;
  private final String[] members;

  /**
   * @param members members of a request that such a provider refuses
   */
  Quirk(String flag, String... members) {
    this.flag = flag;
    this.members = members;
  }

  @Override
  public String flag() {
    return flag;
  }

  /** Whether any flag affects chat completions. */
  public static boolean any(Destination destination) {
    Set<String> flags = destination.provider().quirks();
    return flags.size() > (flags.contains(RESPONSES.flag) ? 1 : 0);
  }

  /** Whether the provider refuses this member of a request. */
  public static boolean refuses(Destination destination, String member) {
    for (Quirk quirk : BY_MEMBER.getOrDefault(member, Set.of())) {
      if (quirk.of(destination)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a flag is {@code api-version-} and a version: letters, digits and hyphens. */
  public static boolean namesApiVersion(String flag) {
    return flag.startsWith(API_VERSION)
        && flag.length() > API_VERSION.length()
        && flag.length() <= API_VERSION.length() + MAX_VERSION
        && flag.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
  }

  /** Azure's {@code api-version}, for a provider whose deployments are in the path. */
  public static Optional<String> apiVersion(Destination destination) {
    for (String flag : destination.provider().quirks()) {
      if (flag.startsWith(API_VERSION)) {
        return Optional.of(flag.substring(API_VERSION.length()));
      }
    }
    return Optional.empty();
  }

  private static Map<String, Set<Quirk>> byMember() {
    Map<String, Set<Quirk>> found = new HashMap<>();
    for (Quirk quirk : values()) {
      for (String member : quirk.members) {
        found.computeIfAbsent(member, _ -> EnumSet.noneOf(Quirk.class)).add(quirk);
      }
    }
    return Collections.unmodifiableMap(found);
  }
}
