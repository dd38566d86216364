package dev.serai.processors.routing.strategy;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A token costs 10, 100 and 1,000 nano USD at the providers a, b and c; no other has a price. */
final class KnownModels implements ModelCatalogue {
  final Map<Candidate, ModelFacts> facts = new HashMap<>();
  final Map<Candidate, String> regions = new HashMap<>();
  int pricesRead;
  Strategy strategy = Strategy.PRIORITY;
  private static final long[] PRICES = {10, 100, 1_000};

  @Override
  public Optional<ModelRoute> find(String name) {
    return Optional.empty();
  }

  @Override
  public List<String> aliases() {
    return List.of();
  }

  @Override
  public List<String> modelsOf(String provider) {
    return List.of();
  }

  @Override
  public Strategy strategy(String tenant, ModelRoute route) {
    return strategy;
  }

  @Override
  public ModelFacts facts(Candidate candidate) {
    return facts.getOrDefault(candidate, ModelFacts.UNKNOWN);
  }

  @Override
  public Optional<String> region(Candidate candidate) {
    return Optional.ofNullable(regions.get(candidate));
  }

  @Override
  public Prices prices() {
    pricesRead++;
    return this::costNanoUsd;
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
    int place = "abc".indexOf(candidate.provider());
    return place < 0
        ? OptionalLong.empty()
        : OptionalLong.of((usage.input() + usage.output()) * PRICES[place]);
  }
}
