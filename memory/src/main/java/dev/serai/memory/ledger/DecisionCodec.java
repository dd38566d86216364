package dev.serai.memory.ledger;

import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Packs how a candidate was chosen into an entry of the journal, and reads it. Pure. It packs on an
 * event loop: a byte if there was nothing to choose.
 */
final class DecisionCodec {
  private static final int MAX_LABEL = 32;

  private DecisionCodec() {}

  /** Packs the decision of a plan, if there is one. */
  static void write(EntryBuffer out, Plan plan) {
    Optional<Decision> made = plan.decision();
    if (made.isEmpty()) {
      out.number(0);
      return;
    }
    Decision decision = made.get();
    List<Candidate> targets = decision.targets();
    out.number(1 + targets.size());
    int named = Math.min(targets.size(), RecordedDecision.MAX_CANDIDATES);
    for (int i = 0; i < named; i++) {
      out.text(targets.get(i).provider(), UsageRecord.MAX_NAME_LENGTH);
      out.text(targets.get(i).model(), UsageRecord.MAX_NAME_LENGTH);
    }
    out.text(decision.strategy(), MAX_LABEL);
    out.text(decision.source().label(), MAX_LABEL);
    out.text(plan.reason(), RecordedDecision.MAX_REASON_LENGTH);
    out.text(decision.choice().label(), MAX_LABEL);
    out.number(RecordedDecision.steps(decision.propensity()));
    out.text(decision.draw().map(Draw::algorithm).orElse(""), MAX_LABEL);
    features(out, decision.draw().flatMap(Draw::features));
    assignment(out, decision.assignment());
  }

  private static void assignment(EntryBuffer out, Optional<Assignment> assignment) {
    if (assignment.isEmpty()) {
      out.number(0);
      return;
    }
    out.number(assignment.get().challenger() ? 2 : 1);
    out.text(assignment.get().experiment(), UsageRecord.MAX_NAME_LENGTH);
    out.text(assignment.get().variant(), UsageRecord.MAX_NAME_LENGTH);
  }

  private static void features(EntryBuffer out, Optional<PolicyFeatures> features) {
    if (features.isEmpty()) {
      out.text("", MAX_LABEL);
      return;
    }
    PolicyFeatures known = features.get();
    out.text(known.task(), MAX_LABEL);
    out.number(known.promptTokens());
    out.number(known.turns());
    int bits = 0;
    for (Trait trait : known.traits()) {
      bits |= bit(trait);
    }
    out.number(bits);
  }

  /** Never changes, whatever the order of the constants is. */
  private static int bit(Trait trait) {
    return switch (trait) {
      case TOOLS -> 1;
      case IMAGES -> 2;
      case STRUCTURED_OUTPUT -> 4;
      case REASONING -> 8;
      case OTHER_LANGUAGE -> 16;
    };
  }

  /** Reads what {@link #write} has packed. */
  static Optional<RecordedDecision> read(EntryBuffer in) {
    return readFormer(in).map(made -> made.of(readAssignment(in)));
  }

  private static Optional<Assignment> readAssignment(EntryBuffer in) {
    int kind = in.small();
    return kind == 0
        ? Optional.empty()
        : Optional.of(new Assignment(in.text(), in.text(), kind == 2));
  }

  /** Reads a decision of an earlier version of Serai, which knew no experiments. */
  static Optional<RecordedDecision> readFormer(EntryBuffer in) {
    int targets = in.small() - 1;
    if (targets < 0) {
      return Optional.empty();
    }
    int named = Math.min(targets, RecordedDecision.MAX_CANDIDATES);
    List<Candidate> candidates = new ArrayList<>(named);
    for (int i = 0; i < named; i++) {
      candidates.add(new Candidate(in.text(), in.text()));
    }
    String strategy = in.text();
    String source = in.text();
    String reason = in.text();
    String choice = in.text();
    long propensity = in.number();
    return Optional.of(
        new RecordedDecision(
            strategy,
            source,
            reason,
            choice,
            targets,
            candidates,
            in.text(),
            propensity == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(propensity / RecordedDecision.PROPENSITY_STEPS),
            readFeatures(in)));
  }

  private static Optional<PolicyFeatures> readFeatures(EntryBuffer in) {
    String task = in.text();
    if (task.isEmpty()) {
      return Optional.empty();
    }
    long tokens = in.number();
    int turns = in.small();
    int bits = in.small();
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if ((bits & bit(trait)) != 0) {
        traits.add(trait);
      }
    }
    return Optional.of(new PolicyFeatures(task, tokens, turns, traits));
  }
}
