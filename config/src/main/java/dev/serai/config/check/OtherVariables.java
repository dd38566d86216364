package dev.serai.config.check;

import dev.serai.config.provider.KnownProvider;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Variables of other programs for what Serai reads from a variable of another name. The first table
 * is the one in docs/migrating-from-litellm.md.
 */
final class OtherVariables {
  private static final String PORT = "PORT";
  private static final String PREFIX = "LITELLM_";
  private static final String HERE = "_BASE_URL";
  private static final String THERE = "_API_BASE";

  /** LiteLLM's variables, and those that Serai reads instead. */
  static final Map<String, String> LITELLM =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("AWS_REGION_NAME", "AWS_REGION"),
              Map.entry("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT"),
              Map.entry("AZURE_API_KEY", "AZURE_OPENAI_API_KEY"),
              Map.entry("AZURE_API_VERSION", "OPENAI_API_VERSION"),
              Map.entry("FIREWORKS_AI_API_KEY", "FIREWORKS_API_KEY"),
              Map.entry("LITELLM_LOG", "LOG_LEVEL"),
              Map.entry("LITELLM_MASTER_KEY", "ROUTER_ADMIN_KEYS"),
              Map.entry(PORT, "SERVER_PORT"),
              Map.entry("TOGETHERAI_API_KEY", "TOGETHER_API_KEY")));

  static {
    for (KnownProvider known : KnownProvider.all()) {
      known
          .urlVariable()
          .filter(here -> here.endsWith(HERE))
          .ifPresent(here -> LITELLM.put(here.replace(HERE, THERE), here));
    }
  }

  private static final Map<String, String> MEANT =
      Map.of(
          "SERAI_ADMIN_KEYS", "ROUTER_ADMIN_KEYS",
          "VERTEX_PROJECT_ID", "VERTEX_PROJECT",
          "VERTEX_REGION", "VERTEX_LOCATION");

  private final Map<String, String> environment;
  private final boolean migrates;

  /**
   * @param environment as {@link System#getenv()}
   */
  OtherVariables(Map<String, String> environment) {
    this.environment = environment;
    migrates =
        environment.keySet().stream()
            .anyMatch(name -> !name.equals(PORT) && (isLiteLlm(name) || name.startsWith(PREFIX)));
  }

  private static boolean isLiteLlm(String name) {
    return LITELLM.containsKey(name);
  }

  /** Whether a variable is LiteLLM's; PORT is, if another one is set. */
  boolean ofLiteLlm(String name) {
    return name.equals(PORT) ? migrates : isLiteLlm(name);
  }

  /** What to say about one of LiteLLM's; empty if that of Serai is set too. */
  Optional<String> warning(String name) {
    String here = LITELLM.getOrDefault(name, "");
    return environment.containsKey(here)
        ? Optional.empty()
        : Optional.of("is LiteLLM's and is not read; the one here is " + here);
  }

  /** The variable that a wrong name stands for. */
  static Optional<String> meant(String name) {
    return Optional.ofNullable(MEANT.get(name));
  }
}
