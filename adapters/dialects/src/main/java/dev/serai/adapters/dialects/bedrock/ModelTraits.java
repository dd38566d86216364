package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeTraits;
import dev.serai.core.dialect.Destination;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model accepts, derived from its Bedrock id (us.anthropic.claude-sonnet-4-5-...,
 * amazon.nova-pro-v1:0, meta.llama3-...). A provider's quirks override it; the ARN of an
 * application inference profile needs them, since it does not contain the model.
 *
 * @param claude whether it is a Claude model, with Anthropic's thinking, sampling and caching
 * @param nova whether it is an Amazon Nova model
 * @param forcesAnyTool whether a request can require a call of any tool ("any")
 * @param forcesNamedTool whether a request can require a call of a certain tool ("tool")
 * @param caches whether it caches prompts up to marks in messages and system
 * @param cachesTools whether it caches prompts up to a mark after the tools
 * @param cachesAnHour whether it accepts a mark for one hour: Claude from 4.5 on. Others respond
 *     400
 */
record ModelTraits(
    boolean claude,
    boolean nova,
    boolean forcesAnyTool,
    boolean forcesNamedTool,
    boolean caches,
    boolean cachesTools,
    boolean cachesAnHour) {

  private static final String CLAUDE = "claude";
  private static final String FORCED_TOOLS = "forced-tools";
  private static final String NO_FORCED_TOOLS = "no-forced-tools";
  private static final String PROMPT_CACHE = "prompt-cache";

  /** All quirk flags, as written in settings. */
  static final Set<String> QUIRKS =
      Stream.concat(
              ClaudeTraits.QUIRKS.stream(),
              Stream.of(CLAUDE, FORCED_TOOLS, NO_FORCED_TOOLS, PROMPT_CACHE))
          .collect(Collectors.toUnmodifiableSet());

  /** Models that do not support a tool choice ("ToolChoice", docs.aws.amazon.com). */
  private static final List<String> UNFORCED =
      List.of("meta.llama", "amazon.titan", "cohere.command", "ai21.j", "deepseek.");

  /** Claude models without prompt caching ("Prompt caching", docs.aws.amazon.com). */
  private static final List<String> UNCACHED =
      List.of(
          "claude-instant",
          "claude-v2",
          "claude-3-haiku",
          "claude-3-sonnet",
          "claude-3-opus",
          "claude-3-5-sonnet-20240620");

  static ModelTraits of(Destination destination) {
    String model = destination.model();
    boolean claude = model.contains("claude") || destination.hasQuirk(CLAUDE);
    boolean nova = model.contains("amazon.nova");
    boolean unforced =
        destination.hasQuirk(NO_FORCED_TOOLS) || UNFORCED.stream().anyMatch(model::contains);
    boolean quirk = destination.hasQuirk(FORCED_TOOLS);
    boolean forced = quirk || !unforced && ClaudeTraits.of(destination).forcesTools();
    boolean cached = destination.hasQuirk(PROMPT_CACHE);
    boolean claudeCaches = claude && UNCACHED.stream().noneMatch(model::contains);
    return new ModelTraits(
        claude,
        nova,
        forced,
        quirk || forced && !model.contains("mistral."),
        claudeCaches || nova || cached,
        claudeCaches || cached,
        ClaudeTraits.isAtLeast(model, 405));
  }
}
