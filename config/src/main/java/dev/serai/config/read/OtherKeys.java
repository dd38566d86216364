package dev.serai.config.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words that other programs, LiteLLM above all, have for settings of Serai, and settings that are
 * easily looked for in another part. Pure.
 */
final class OtherKeys {
  /** The place of a setting in docs/settings.md, by the other word. */
  static final Map<String, String> PLACES = new HashMap<>();

  static {
    PLACES.put("max_budget", "budgets.NAME.limit");
    PLACES.put("soft_budget", "budgets.NAME.hard");
    PLACES.put("budget_duration", "budgets.NAME.period");
    PLACES.put("budget_limit", "budgets.NAME.limit");
    PLACES.put("rpm", "limits.keys.requests_per_minute");
    PLACES.put("rpm_limit", "limits.keys.requests_per_minute");
    PLACES.put("rps", "limits.keys.requests_per_second");
    PLACES.put("tpm", "limits.keys.tokens_per_minute");
    PLACES.put("tpm_limit", "limits.keys.tokens_per_minute");
    PLACES.put("max_parallel_requests", "limits.keys.concurrent_requests");
    PLACES.put("api_base", "providers.NAME.base_url");
    PLACES.put("endpoint_url", "providers.NAME.base_url");
    PLACES.put("url", "providers.NAME.base_url");
    PLACES.put("custom_llm_provider", "providers.NAME.kind");
    PLACES.put("extra_headers", "providers.NAME.headers");
    PLACES.put("input_cost_per_token", "providers.NAME.models[].cost_per_input");
    PLACES.put("output_cost_per_token", "providers.NAME.models[].cost_per_output");
    PLACES.put("model", "models.NAME.targets");
    PLACES.put("litellm_params", "models.NAME.targets");
    PLACES.put("model_name", "models.NAME.targets");
    PLACES.put("order", "models.NAME.strategy");
    PLACES.put("num_retries", "retry.max_attempts");
    PLACES.put("max_retries", "retry.max_attempts");
    PLACES.put("request_timeout", "upstream.deadlines");
    PLACES.put("timeout", "upstream.deadlines");
    PLACES.put("stream_timeout", "upstream.deadlines");
    PLACES.put("allowed_fails", "upstream.breaker");
    PLACES.put("cooldown_time", "upstream.breaker");
    PLACES.put("drop_params", "serai.strict");
    PLACES.put("master_key", "auth.admin_keys");
    PLACES.put("database_url", "state.database_url");
    PLACES.put("redis_url", "state.redis_url");
    PLACES.put("team_id", "auth.keys[].team");
    PLACES.put("user_id", "auth.keys[].user");
    PLACES.put("key_alias", "auth.keys[].name");
    PLACES.put("allowed_models", "auth.keys[].models");
    PLACES.put("default_model", "general.default_model");
    PLACES.put("default_provider", "general.default_provider");
    PLACES.put("fallback_providers", "general.fallback_providers");
  }

  /** What is written in an entry of the models file, whose prices are those of a million tokens. */
  private static final Map<String, String> ENTRY_PRICES =
      Map.of(
          "input_cost_per_token", "input",
          "output_cost_per_token", "output",
          "cache_read_input_token_cost", "cached_input",
          "cost_per_input", "input",
          "cost_per_output", "output",
          "cost_per_cached_input", "cached_input");

  private OtherKeys() {}

  /**
   * How an entry of the models file has the price that a word stands for.
   *
   * @param allowed the keys that the entry has
   */
  static Optional<String> entryPrice(String word, Set<String> allowed) {
    String unit =
        word.endsWith("_cost_per_token") || word.endsWith("_token_cost")
            ? "; multiply by 1,000,000"
            : "";
    return Optional.ofNullable(ENTRY_PRICES.get(word))
        .filter(_ -> allowed.contains("price"))
        .map(key -> "; write price: {" + key + ": ...}, in US dollars per million tokens" + unit);
  }

  /** The place of the setting that a word of another program stands for. */
  static Optional<String> place(String word) {
    return Optional.ofNullable(PLACES.get(word));
  }
}
