package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.claude.ClaudeTraits.Thinking;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ReasoningSettings.Mode;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the model is to generate: its limit, its thinking and its sampling, which exclude each other
 * in ways that differ by model. What a rule forbids is left out and noted, so that the provider
 * never answers 400 to what a caller of another dialect may well ask.
 *
 * <ul>
 *   <li>A budget of thinking is at least 1,024 tokens and less than max_tokens.
 *   <li>With a forced tool choice nothing may be thought.
 *   <li>A model with a budget wants the thinking of the turn that goes on back, signed: a turn of
 *       tools, or one the caller began, that has none goes on without thinking.
 *   <li>While thinking, the temperature is 1 and top_p at least 0.95.
 * </ul>
 */
public final class GenerationWriter {
  private static final int LEAST_BUDGET = 1024;
  private static final double LEAST_THINKING_TOP_P = 0.95;
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
  private final boolean thoughtful;
  private int budget;
  private boolean adaptive;
  private boolean silenced;
  private Optional<String> effort = Optional.empty();

  /**
   * @param thoughtful whether the turn that goes on, if one does, begins with a thought that goes
   *     back to the model
   */
  public GenerationWriter(
      Conversation conversation, ClaudeTraits traits, boolean thoughtful, DroppedFields dropped) {
    this.conversation = conversation;
    this.sampling = conversation.sampling();
    this.traits = traits;
    this.thoughtful = thoughtful;
    this.dropped = dropped;
    this.maxTokens = sampling.maxTokens().orElse(traits.defaultMaxTokens());
    decide(sampling.reasoning());
  }

  private void decide(Conversation.ReasoningSettings wish) {
    switch (wish.mode()) {
      case OFF -> thinkNothing(THINKING);
      case UNSET -> wish.effort().ifPresent(effort -> think(effort, EFFORT));
      case ON, ADAPTIVE -> {
        if (wish.budgetTokens().isPresent() && wish.budgetTokens().getAsInt() < LEAST_BUDGET) {
          throw CallerProblem.invalid(
              "thinking.budget_tokens",
              "thinking.budget_tokens: expected at least " + LEAST_BUDGET + ".");
        }
        think(wish.effort().orElse("medium"), THINKING);
        if (budget > 0 && wish.budgetTokens().isPresent()) {
          setBudget(wish.budgetTokens().getAsInt());
        }
        if (wish.effort().isEmpty() && effort.isPresent()) {
          effort = Optional.empty();
        }
      }
    }
  }

  /** The caller's very budget, unless it leaves no room for an answer. */
  private void setBudget(int wish) {
    if (wish >= maxTokens) {
      throw CallerProblem.invalid(
          "thinking.budget_tokens",
          "thinking.budget_tokens: expected less than max_tokens, " + maxTokens + ".");
    }
    budget = wish;
  }

  /** A tool of our own has to be called, so that nothing may be thought. */
  public void forceTool() {
    if (budget > 0 || adaptive) {
      budget = 0;
      adaptive = false;
      silenced = traits.thinksUnasked() && !traits.alwaysThinks();
      dropped.add(sampling.reasoning().mode() == Mode.UNSET ? EFFORT : THINKING);
    }
  }

  /** The effort for output_config. */
  public Optional<String> effort() {
    return effort;
  }

  /** Writes the members of a request that say so, into the object at hand. */
  public void write(JsonWriter out) {
    out.member("max_tokens", maxTokens);
    if (budget > 0) {
      out.name("thinking").beginObject().member("type", "enabled");
      out.member("budget_tokens", budget).endObject();
    } else if (adaptive) {
      out.name("thinking").beginObject().member("type", "adaptive");
      out.member("display", "summarized").endObject();
    } else if (silenced) {
      out.name("thinking").beginObject().member("type", "disabled").endObject();
    }
    writeSampling(out);
    writeStops(out);
  }

  private void think(String wish, String name) {
    switch (wish) {
      case "none" -> thinkNothing(name);
      case "minimal", "low", "medium", "high", "xhigh", "max" -> {
        switch (traits.thinking()) {
          case NONE -> dropped.add(name);
          case BUDGET -> thinkWithin(wish, name);
          case ADAPTIVE -> thinkAsDeemedRight(wish, name);
        }
      }
      default -> dropped.add(name);
    }
  }

  private void thinkNothing(String name) {
    if (traits.alwaysThinks()) {
      effort = Optional.of("low");
      dropped.add(name);
    } else {
      silenced = traits.thinksUnasked() && traits.thinking() == Thinking.ADAPTIVE;
    }
  }

  private void thinkWithin(String wish, String name) {
    if (forcesTool() || isInTheTurn() && !thoughtful || maxTokens <= LEAST_BUDGET) {
      dropped.add(name);
      return;
    }
    int wished =
        switch (wish) {
          case "minimal" -> LEAST_BUDGET;
          case "low" -> 4096;
          case "medium" -> 8192;
          case "high" -> 16_384;
          default -> 24_576;
        };
    // A quarter is left for the answer.
    budget = Math.max(LEAST_BUDGET, (int) Math.min(wished, maxTokens * 3L / 4));
  }

  /** Whether the turn that is to go on has begun: with calls that are answered, or with text. */
  private boolean isInTheTurn() {
    List<Conversation.Message> messages = conversation.messages();
    Role last = messages.isEmpty() ? Role.USER : messages.getLast().role();
    return last == Role.TOOL || last == Role.ASSISTANT;
  }

  private void thinkAsDeemedRight(String wish, String name) {
    boolean weaker = wish.equals("minimal") || wish.equals("xhigh") && !traits.beyondHigh();
    effort = Optional.of(!weaker ? wish : wish.equals("minimal") ? "low" : "high");
    adaptive = !forcesTool();
    silenced = !adaptive && traits.thinksUnasked() && !traits.alwaysThinks();
    if (weaker || !adaptive) {
      dropped.add(name);
    }
  }

  private boolean forcesTool() {
    ToolChoice choice = conversation.toolChoice();
    return !conversation.tools().isEmpty()
        && (choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named);
  }

  private void writeSampling(JsonWriter out) {
    boolean thinking = budget > 0 || adaptive;
    OptionalDouble temperature = sampling.temperature();
    OptionalDouble topP = sampling.topP();
    boolean warm = false;
    if (temperature.isPresent()) {
      double wish = temperature.getAsDouble();
      double clamped = Math.clamp(wish, 0.0, 1.0);
      boolean neutral = wish == 1.0;
      warm = traits.sampling() && (!thinking || neutral);
      if (warm) {
        out.name(TEMPERATURE).value(clamped);
      }
      if (warm ? clamped != wish : !neutral) {
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
      double wish = topP.getAsDouble();
      boolean allowed =
          traits.sampling()
              && (!thinking || wish >= LEAST_THINKING_TOP_P)
              && (!warm || traits.bothSamplings());
      if (allowed) {
        out.name(TOP_P).value(Math.clamp(wish, 0.0, 1.0));
      } else if (wish != 1.0) {
        dropped.add(TOP_P);
      }
    }
  }

  private void writeStops(JsonWriter out) {
    List<String> stops = new ArrayList<>(sampling.stop().size());
    for (String stop : sampling.stop()) {
      if (stop.isBlank()) {
        // The dialect refuses a stop sequence of white space only.
        dropped.add("stop");
      } else {
        stops.add(stop);
      }
    }
    if (!stops.isEmpty()) {
      out.name("stop_sequences").beginArray();
      stops.forEach(out::value);
      out.endArray();
    }
  }
}
