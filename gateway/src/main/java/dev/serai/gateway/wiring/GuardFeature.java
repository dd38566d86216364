package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.json.JsonTextRewriter;
import dev.serai.config.Settings;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.Guards;
import dev.serai.processors.guard.GuardInput;
import dev.serai.processors.guard.GuardOutput;
import java.util.Map;

/** Checks the texts of chat requests and responses with guards. */
final class GuardFeature implements Feature {
  private static final String FINDINGS = "serai.guard";

  private final SharedParts shared;
  private volatile Guards guards;

  GuardFeature(SharedParts shared) {
    this.shared = shared;
    guards = shared.settings().enabledGuards();
  }

  /** Applies the guards of other settings. */
  void replace(Settings fresh) {
    guards = fresh.enabledGuards();
  }

  private void count(Guard guard, GuardDirection direction, String outcome) {
    shared
        .metrics()
        .registry()
        .counter(
            FINDINGS, "guard", guard.name(), "direction", direction.label(), "outcome", outcome)
        .increment();
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "guard-input", new GuardInput(() -> guards, this::count, shared.loops()),
        "guard-output",
            new GuardOutput(
                this::count, shared.memory(), JsonTextRewriter.ofStrings(), shared.loops()));
  }
}
