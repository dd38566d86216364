package dev.serai.gateway.models;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.routing.Candidate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A catalogue that is replaced as a whole when the settings change. A call keeps the plan that it
 * has. Thread-safe.
 */
public final class ReloadableCatalogue implements ModelCatalogue {
  private volatile ModelCatalogue current;

  public ReloadableCatalogue(ModelCatalogue first) {
    current = first;
  }

  /** Later look-ups use that catalogue. */
  public void replace(ModelCatalogue next) {
    current = next;
  }

  @Override
  public Optional<ModelRoute> find(String name) {
    return current.find(name);
  }

  @Override
  public String defaultModel() {
    return current.defaultModel();
  }

  @Override
  public Optional<String> defaultProvider() {
    return current.defaultProvider();
  }

  @Override
  public String hint(String name) {
    return current.hint(name);
  }

  @Override
  public List<String> aliases() {
    return current.aliases();
  }

  @Override
  public List<String> modelsOf(String provider) {
    return current.modelsOf(provider);
  }

  @Override
  public ModelFacts facts(Candidate candidate) {
    return current.facts(candidate);
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
    return current.costNanoUsd(candidate, usage);
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage, Instant when) {
    return current.costNanoUsd(candidate, usage, when);
  }
}
