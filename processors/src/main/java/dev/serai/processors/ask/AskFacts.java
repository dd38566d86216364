package dev.serai.processors.ask;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.model.Charge;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Plan;
import dev.serai.core.surface.ExplainingSurface.Account;
import dev.serai.core.surface.ExplainingSurface.CallFacts;
import dev.serai.core.surface.ExplainingSurface.Choice;
import dev.serai.core.surface.ExplainingSurface.Estimate;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.routing.strategy.QualityForecast;
import dev.serai.processors.routing.strategy.RoutingRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the lines of one call say of it. Confined to the thread that carries the call. */
final class AskFacts implements CallFacts {
  /** An alias may have a thousand targets, and few are ever tried. */
  private static final int MAX_SHOWN = 20;

  private static final double THOUSAND = 1000;
  private static final int BYTES_PER_CHARACTER = 2;

  /** How much more room is taken at a time, in bytes. */
  private static final long STEP = 64 * 1024;

  private final Call call;
  private final Sources sources;
  private final ByteHold room;
  private final TaskCluster cluster;
  private long taken;

  /** What the facts are from. */
  record Sources(ModelCatalogue catalogue, CandidateStats stats, QualityForecast forecast) {}

  /**
   * @param room for the text of the response
   */
  AskFacts(Call call, Sources sources, ByteHold room) {
    this.call = call;
    this.sources = sources;
    this.room = room;
    this.cluster = QualityForecast.cluster(RoutingRequest.of(call));
    call.hold(room);
  }

  @Override
  public String prompt() {
    StringBuilder prompt = new StringBuilder();
    for (Message message : call.askedChat().conversation().messages()) {
      for (Part part : message.parts()) {
        if (part instanceof TextPart text) {
          prompt.append(text.text());
        }
      }
    }
    return prompt.toString();
  }

  @Override
  public Choice choice() {
    Plan plan = call.plan();
    List<Estimate> estimates = new ArrayList<>();
    for (Candidate candidate : plan.candidates().stream().limit(MAX_SHOWN).toList()) {
      estimates.add(
          new Estimate(
              name(candidate),
              role(plan, estimates.isEmpty()),
              usdPerThousand(candidate),
              quality(candidate),
              sources.stats().p95Millis(candidate)));
    }
    return new Choice(estimates, plan.reason(), plan.assignment());
  }

  private static String role(Plan plan, boolean first) {
    if (!first) {
      return "fallback";
    }
    if (plan.assignment().filter(Assignment::challenger).isPresent()) {
      return "challenger";
    }
    return plan.draw().filter(Draw::explores).isPresent() ? "explore" : "primary";
  }

  private OptionalDouble usdPerThousand(Candidate candidate) {
    Map<Charge, BigDecimal> prices = sources.catalogue().facts(candidate).prices();
    BigDecimal input = prices.get(Charge.INPUT);
    BigDecimal output = prices.get(Charge.OUTPUT);
    return input == null || output == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(input.add(output).doubleValue() / 2 * THOUSAND);
  }

  private double quality(Candidate candidate) {
    return sources.forecast().predict(candidate, call.plannedModel(), cluster).quality();
  }

  @Override
  public List<String> escalations() {
    List<String> models = new ArrayList<>(0);
    Optional<Candidate> before = Optional.empty();
    for (Attempt attempt : call.attempts()) {
      Candidate candidate = attempt.candidate();
      if (attempt.runsBeside() && attempt.problem().isPresent()) {
        continue; // it ran beside the others, and not after them
      }
      if (before.isPresent() && !before.get().equals(candidate)) {
        models.add(name(candidate));
      }
      before = Optional.of(candidate);
    }
    return models;
  }

  @Override
  public String model() {
    return name(call.current().candidate());
  }

  private static String name(Candidate candidate) {
    return candidate.provider() + "/" + candidate.model();
  }

  @Override
  public Account account() {
    Candidate candidate = call.current().candidate();
    Optional<Usage> usage = call.current().usage();
    OptionalLong served = usage.map(used -> cost(candidate, used)).orElse(OptionalLong.empty());
    OptionalLong cost =
        served.isPresent() ? OptionalLong.of(served.getAsLong() + costBeside()) : served;
    return new Account(
        usage.map(used -> OptionalLong.of(used.input())).orElse(OptionalLong.empty()),
        usage.map(used -> OptionalLong.of(used.output())).orElse(OptionalLong.empty()),
        cost,
        cost.isPresent() ? savings(cost.getAsLong(), usage.get()) : OptionalDouble.empty(),
        quality(candidate),
        cluster.label());
  }

  /** What is known to be charged for the attempts beside the one that serves the call. */
  private long costBeside() {
    long sum = 0;
    for (Attempt attempt : call.attempts()) {
      Optional<Usage> used = attempt == call.current() ? Optional.empty() : attempt.usage();
      if (used.isPresent() && HedgedAttempts.mayBeCharged(attempt)) {
        sum += cost(attempt.candidate(), used.get()).orElse(0);
      }
    }
    return sum;
  }

  private OptionalLong cost(Candidate candidate, Usage usage) {
    return sources.catalogue().costNanoUsd(candidate, usage);
  }

  /** Against the candidate of the plan at which the same tokens cost most. */
  private OptionalDouble savings(long cost, Usage usage) {
    long most = cost;
    for (Candidate other : call.plan().candidates().stream().limit(MAX_SHOWN).toList()) {
      most = Math.max(most, cost(other, usage).orElse(0));
    }
    return OptionalDouble.of(most == 0 ? 0 : 100 * (1 - (double) cost / most));
  }

  @Override
  public boolean hasRoom(int characters) {
    long needed = (long) BYTES_PER_CHARACTER * characters;
    if (needed <= taken) {
      return true;
    }
    taken = needed + STEP;
    return room.resize(taken);
  }
}
