package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.claude.ClaudeTraits.Thinking;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ReasoningSettings.Mode;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes the members of a request that control generation: the token limit, thinking, sampling and
 * stop sequences. Some combinations are invalid, which ones depends on the model. A member that a
 * rule forbids is left out and reported as dropped, so that the provider does not reject a request
 * that is valid in the client's dialect. For one request; not thread-safe.
 *
 * <ul>
 *   <li>A thinking budget is at least 1,024 tokens and less than max_tokens.
 *   <li>A forced tool choice excludes thinking. Models that always think cannot be forced.
 *   <li>Without thinking the effort is at most high ("Migrating to Claude Opus 5").
 *   <li>A model with a thinking budget requires the signed thinking of an unfinished turn. A turn
 *       without it, of tools or begun by the client, continues without thinking.
 *   <li>With thinking, the temperature is 1 and top_p at least 0.95.
 * </ul>
 */
public final class GenerationWriter {
  private static final int MIN_BUDGET = 1024;
  private static final double MIN_THINKING_TOP_P = 0.95;
  private static final String EFFORT = "reasoning_effort";
  private static final String THINKING = "thinking";
  private static final String TEMPERATURE = "temperature";
  private static final String TOP_K = "top_k";
  private static final String TOP_P = "top_p";

  private final Conversation conversation;
  private final Sampling sampling;
  private final ClaudeTraits traits;
  private final DroppedFields dropped;
  private final int maxTokens;
  private final boolean startsWithReasoning;
  private int budget;
  private boolean adaptive;
  private boolean disabled;
  private boolean returned;
  private Optional<String> effort = Optional.empty();

  /**
   * Decides what to write for one request.
   *
   * @param startsWithReasoning whether an unfinished turn starts with reasoning that the model
   *     accepts back
   * @throws CallerProblem 400 if the thinking budget is out of bounds
   */
  public GenerationWriter(
      Conversation conversation,
      ClaudeTraits traits,
      boolean startsWithReasoning,
      DroppedFields dropped) {
    this.conversation = conversation;
    this.sampling = conversation.sampling();
    this.traits = traits;
    this.startsWithReasoning = startsWithReasoning;
    this.dropped = dropped;
    this.maxTokens = sampling.maxTokens().orElse(traits.defaultMaxTokens());
    decide(sampling.reasoning());
  }

  private void decide(Conversation.ReasoningSettings requested) {
    switch (requested.mode()) {
      case OFF -> disableThinking(THINKING);
      case UNSET -> requested.effort().ifPresent(effort -> think(effort, EFFORT));
      case ON, ADAPTIVE -> {
        if (requested.budgetTokens().isPresent()
            && requested.budgetTokens().getAsInt() < MIN_BUDGET) {
          throw CallerProblem.invalid(
              "thinking.budget_tokens",
              "thinking.budget_tokens: expected at least " + MIN_BUDGET + ".");
        }
        think(requested.effort().orElse("medium"), THINKING);
        if (budget > 0 && requested.budgetTokens().isPresent()) {
          setBudget(requested.budgetTokens().getAsInt());
        }
        if (requested.effort().isEmpty() && effort.isPresent()) {
          effort = Optional.empty();
        }
      }
    }
  }

  /** Uses the client's budget unchanged, if it is less than the token limit. */
  private void setBudget(int requested) {
    if (requested >= maxTokens) {
      throw CallerProblem.invalid(
          "thinking.budget_tokens",
          "thinking.budget_tokens: expected less than max_tokens, " + maxTokens + ".");
    }
    budget = requested;
  }

  /** Turns thinking off, since a tool of the gateway's own must be called. */
  public void forceTool() {
    if (traits.forcesTools() && (budget > 0 || adaptive)) {
      budget = 0;
      adaptive = false;
      disableDefault();
      dropped.add(sampling.reasoning().mode() == Mode.UNSET ? EFFORT : THINKING);
    }
  }

  /**
   * The request returns thinking. A client of another dialect may have changed what was before it:
   * the provider shall leave such thinking out instead of rejecting the request.
   */
  public void returnsThinking() {
    returned = traits.bindsThinking();
  }

  /** The effort for output_config. */
  public Optional<String> effort() {
    return effort;
  }

  /** Writes the members into the open object. */
  public void write(JsonWriter out) {
    out.member("max_tokens", maxTokens);
    if (budget > 0) {
      out.name("thinking").beginObject().member("type", "enabled");
      out.member("budget_tokens", budget).endObject();
    } else if (disabled) {
      out.name("thinking").beginObject().member("type", traits.disabledType()).endObject();
    } else if (adaptive || returned) {
      writeAdaptive(out);
    }
    writeSampling(out);
    writeStops(out);
  }

  private void writeAdaptive(JsonWriter out) {
    out.name("thinking").beginObject().member("type", "adaptive");
    if (adaptive) {
      out.member("display", "summarized");
    }
    if (returned) {
      out.name("block_binding").beginObject();
      out.member("prefix_mismatch_behavior", "drop_block").endObject();
    }
    out.endObject();
  }

  private void think(String requested, String name) {
    switch (requested) {
      case "none" -> disableThinking(name);
      case "minimal", "low", "medium", "high", "xhigh", "max" -> {
        switch (traits.thinking()) {
          case NONE -> dropped.add(name);
          case BUDGET -> useBudget(requested, name);
          case ADAPTIVE -> useEffort(requested, name);
        }
      }
      default -> dropped.add(name);
    }
  }

  private void disableThinking(String name) {
    if (traits.alwaysThinks()) {
      effort = Optional.of("low");
      dropped.add(name);
    } else {
      disabled = traits.thinksByDefault() && traits.thinking() == Thinking.ADAPTIVE;
    }
  }

  private void useBudget(String requested, String name) {
    if (forcesTool() || continuesTurn() && !startsWithReasoning || maxTokens <= MIN_BUDGET) {
      dropped.add(name);
      return;
    }
    // A quarter of the limit is left for the output.
    budget = Math.max(MIN_BUDGET, (int) Math.min(budgetOf(requested), maxTokens * 3L / 4));
  }

  private static int budgetOf(String effort) {
    return switch (effort) {
      case "minimal" -> MIN_BUDGET;
      case "low" -> 4096;
      case "medium" -> 8192;
      case "high" -> 16_384;
      default -> 24_576;
    };
  }

  /**
   * Whether the model continues a turn: after tool results, or after text that the client began.
   */
  private boolean continuesTurn() {
    List<Conversation.Message> messages = conversation.messages();
    Role last = messages.isEmpty() ? Role.USER : messages.getLast().role();
    return last == Role.TOOL || last == Role.ASSISTANT;
  }

  private void useEffort(String requested, String name) {
    boolean weaker =
        requested.equals("minimal") || requested.equals("xhigh") && !traits.beyondHigh();
    effort = Optional.of(!weaker ? requested : requested.equals("minimal") ? "low" : "high");
    adaptive = !forcesTool();
    if (!adaptive) {
      disableDefault();
    }
    if (weaker || !adaptive) {
      dropped.add(name);
    }
  }

  private void disableDefault() {
    disabled = traits.thinksByDefault() && !traits.alwaysThinks();
    if (disabled) {
      effort = effort.map(level -> level.equals("xhigh") || level.equals("max") ? "high" : level);
    }
  }

  private boolean forcesTool() {
    return traits.forcesTools()
        && !conversation.tools().isEmpty()
        && conversation.toolChoice().forcesCall();
  }

  private void writeSampling(JsonWriter out) {
    boolean thinking = budget > 0 || adaptive;
    OptionalDouble temperature = sampling.temperature();
    OptionalDouble topP = sampling.topP();
    boolean hasTemperature = false;
    if (temperature.isPresent()) {
      double requested = temperature.getAsDouble();
      double clamped = Math.clamp(requested, 0.0, 1.0);
      boolean neutral = requested == 1.0;
      hasTemperature = traits.sampling() && (!thinking || neutral);
      if (hasTemperature) {
        out.name(TEMPERATURE).value(clamped);
      }
      if (hasTemperature ? clamped != requested : !neutral) {
        dropped.add(TEMPERATURE);
      }
    }
    if (sampling.topK().isPresent()) {
      if (traits.sampling() && !thinking) {
        out.member(TOP_K, sampling.topK().getAsInt());
      } else {
        dropped.add(TOP_K);
      }
    }
    if (topP.isPresent()) {
      double requested = topP.getAsDouble();
      boolean allowed =
          traits.sampling()
              && (!thinking || requested >= MIN_THINKING_TOP_P)
              && (!hasTemperature || traits.samplesTogether());
      if (allowed) {
        out.name(TOP_P).value(Math.clamp(requested, 0.0, 1.0));
      } else if (requested != 1.0) {
        dropped.add(TOP_P);
      }
    }
  }

  private void writeStops(JsonWriter out) {
    List<String> stops = new ArrayList<>(sampling.stop().size());
    for (String stop : sampling.stop()) {
      if (stop.isBlank()) {
        // The API rejects a stop sequence of white space.
        dropped.add("stop");
      } else {
        stops.add(stop);
      }
    }
    if (!stops.isEmpty()) {
      out.member("stop_sequences", stops);
    }
  }
}
