package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.core.dialect.Destination;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model takes, told from its id as Bedrock names models (us.anthropic.claude-sonnet-4-5-...,
 * amazon.nova-pro-v1:0, meta.llama3-...); a provider's quirks overrule it, which the ARN of an
 * inference profile of one's own needs, since it names no model.
 *
 * @param claude whether it is one of Anthropic's, with their thinking, sampling and caching
 * @param mustCall whether it can be told to call some tool ("any")
 * @param mustCallThis whether it can be told to call a certain one ("tool")
 * @param caches whether it keeps prompts in a cache, up to marks in messages and system
 * @param cachesTools whether a mark may stand behind its tools
 */
record ModelTraits(
    boolean claude, boolean mustCall, boolean mustCallThis, boolean caches, boolean cachesTools) {

  private static final String CLAUDE = "claude";
  private static final String FORCED_TOOLS = "forced-tools";
  private static final String PROMPT_CACHE = "prompt-cache";

  /** Every flag, as it is written in settings. */
  static final Set<String> FLAGS =
      Stream.concat(ClaudeTraits.QUIRKS.stream(), Stream.of(CLAUDE, FORCED_TOOLS, PROMPT_CACHE))
          .collect(Collectors.toUnmodifiableSet());

  static ModelTraits of(Destination destination) {
    String model = destination.model();
    boolean claude = model.contains("claude") || destination.hasQuirk(CLAUDE);
    boolean nova = model.contains("amazon.nova");
    boolean forced = destination.hasQuirk(FORCED_TOOLS);
    boolean cached = destination.hasQuirk(PROMPT_CACHE);
    return new ModelTraits(
        claude,
        claude || nova || forced || model.contains("mistral."),
        claude || nova || forced,
        claude || nova || cached,
        claude || cached);
  }
}
