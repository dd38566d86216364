package dev.serai.core.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The running experiments, as they were read last. Thread-safe; never blocks. */
public final class ExperimentSnapshot {
  private volatile Map<Subject, Experiment> running = Map.of();

  private record Subject(String tenant, String model) {}

  /** Replaces what was read before. */
  public void replace(List<Experiment> all) {
    Map<Subject, Experiment> fresh = new HashMap<>();
    for (Experiment one : all) {
      if (one.status() == Experiment.Status.RUNNING) {
        fresh.put(new Subject(one.tenant(), one.model()), one);
      }
    }
    running = Map.copyOf(fresh);
  }

  /** Those whose champion changes by itself. */
  public List<Experiment> automatic() {
    return running.values().stream().filter(one -> one.rounds().automatic()).toList();
  }

  /** The experiment that divides a tenant's calls for a model name. */
  public Optional<Experiment> find(String tenant, String model) {
    Map<Subject, Experiment> now = running;
    return now.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(now.get(new Subject(tenant, model)));
  }
}
