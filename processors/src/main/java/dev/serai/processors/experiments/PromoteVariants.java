package dev.serai.processors.experiments;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditEvent.Kind;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.core.experiment.result.Promotion;
import dev.serai.core.problem.GatewayProblem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the better variants of the experiments that say so become champions. Every gateway with the
 * same database decides, and the change of the first one counts: the others see that the round is
 * over. A change of a champion is in the audit log before it is stored. For one thread; blocks.
 */
public final class PromoteVariants {
  private static final Logger LOG = LoggerFactory.getLogger(PromoteVariants.class);
  private static final int CONFLICT = 409;

  private final ExperimentSnapshot running;
  private final Stores stores;
  private final Supplier<Promotion.Rules> rules;
  private final InstantSource clock;
  private final PromotionPauses pauses;

  /** Where experiments, their calls and their changes are. */
  public record Stores(ExperimentStore experiments, ObservedCall.Source calls, AuditLog audit) {}

  /**
   * @param running the experiments that run
   */
  public PromoteVariants(
      ExperimentSnapshot running,
      Stores stores,
      Supplier<Promotion.Rules> rules,
      InstantSource clock) {
    this.running = running;
    this.stores = stores;
    this.rules = rules;
    this.clock = clock;
    pauses = new PromotionPauses(clock);
  }

  /** Looks at every running experiment whose calls have not been read lately. */
  public void run() {
    List<Experiment> automatic = running.automatic();
    pauses.retain(automatic.stream().map(Experiment::id).toList());
    for (Experiment one : automatic) {
      try {
        if (pauses.areOver(one.id())) {
          decide(one);
        }
      } catch (GatewayProblem unavailable) {
        LOG.warn(
            "experiments: whether '{}' has a better variant is decided later: {}",
            one.id(),
            unavailable.getMessage());
      }
    }
  }

  private void decide(Experiment one) {
    long now = clock.millis();
    Promotion.Rules current = rules.get();
    if (!Promotion.mayEnd(one, current, now)) {
      return;
    }
    List<ObservedCall> calls = stores.calls().of(one, ObservedCall.Kind.CALLS);
    pauses.begin(one.id(), calls.size());
    Optional<Experiment> next = Promotion.next(one, calls, current, now);
    if (next.isEmpty()) {
      return;
    }
    if (next.get().champion().name().equals(one.champion().name())) {
      store(one, now, Optional.empty());
    } else {
      promote(one, next.get().champion().name(), now);
    }
  }

  private void promote(Experiment one, String name, long now) {
    record(Kind.BEGUN, one, name, 0);
    boolean stored = store(one, now, Optional.of(name));
    record(Kind.DONE, one, name, stored ? 200 : CONFLICT);
    if (stored) {
      LOG.info(
          "experiments: '{}' is the champion of '{}' now, because its calls are worth more than"
              + " those of '{}'",
          name,
          one.id(),
          one.champion().name());
    }
  }

  /** Ends the round that was looked at; false if it is over, or the experiment has changed. */
  private boolean store(Experiment seen, long now, Optional<String> promoted) {
    return stores
        .experiments()
        .change(
            seen.id(),
            stored -> {
              if (!stored.equals(seen)) {
                return stored;
              }
              return promoted
                  .map(name -> stored.promoted(name, now))
                  .orElseGet(() -> stored.nextRound(now));
            })
        .filter(stored -> stored.rounds().sinceMillis() == now)
        .isPresent();
  }

  private void record(Kind kind, Experiment one, String name, int status) {
    Identity identity = Identity.recorded(one.tenant(), "", "", "");
    AuditEvent.Action action =
        new AuditEvent.Action(
            "",
            "local",
            "promote",
            "/v1/experiments/" + one.id() + '/' + name,
            Permission.ADMIN_USERS.label());
    stores.audit().append(new AuditEvent(kind, clock.instant(), identity, action, status, ""));
  }
}
