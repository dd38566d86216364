package dev.serai.gateway.models;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A catalogue, and the models that the providers' own lists have beside it. Where a provider's list
 * is known, it and what was configured are what is listed for it. Thread-safe.
 */
public final class CatalogueWithLists implements ModelCatalogue {
  private final ModelCatalogue catalogue;
  private final Providers providers;
  private final ModelLists lists;

  public CatalogueWithLists(ModelCatalogue catalogue, Providers providers, ModelLists lists) {
    this.catalogue = catalogue;
    this.providers = providers;
    this.lists = lists;
  }

  @Override
  public Optional<ModelRoute> find(String name) {
    Optional<ModelRoute> route = catalogue.find(name);
    return route.isPresent() ? route : listed(name);
  }

  private Optional<ModelRoute> listed(String name) {
    if (isQualified(name)) {
      return Optional.empty();
    }
    List<Candidate> offering = new ArrayList<>();
    for (ProviderProfile provider : providers.all()) {
      if (lists.offers(provider.name(), name)) {
        offering.add(new Candidate(provider.name(), name));
      }
    }
    if (offering.isEmpty()) {
      return Optional.empty();
    }
    List<Target> target = List.of(new Target(offering.getFirst(), 1));
    List<Candidate> others = offering.subList(1, offering.size());
    return Optional.of(new ModelRoute(target, others, "listed by the provider"));
  }

  /** What names a provider goes to that provider, whatever others list. */
  private boolean isQualified(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && providers.find(name.substring(0, slash)).isPresent();
  }

  @Override
  public String defaultModel() {
    return catalogue.defaultModel();
  }

  @Override
  public List<String> aliases() {
    return catalogue.aliases();
  }

  @Override
  public List<String> modelsOf(String provider) {
    ModelNames listed = lists.of(provider);
    if (listed.fetched().isEmpty()) {
      return catalogue.modelsOf(provider);
    }
    SortedSet<String> names = new TreeSet<>(listed.names());
    return List.copyOf(names);
  }

  @Override
  public ModelFacts facts(Candidate candidate) {
    return catalogue.facts(candidate);
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
    return catalogue.costNanoUsd(candidate, usage);
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage, Instant when) {
    return catalogue.costNanoUsd(candidate, usage, when);
  }
}
