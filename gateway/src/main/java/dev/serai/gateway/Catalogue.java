package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.core.call.Candidate;
import dev.serai.core.chat.Usage;
import dev.serai.core.port.ModelCatalogue;
import java.util.*;

/** SPIKE */
final class Catalogue implements ModelCatalogue {
  Catalogue(Settings s) {}

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
  public OptionalLong costNanoUsd(Candidate c, Usage u) {
    return OptionalLong.of(u.total() * 100);
  }
}
