package dev.serai.gateway.models;

import dev.serai.config.read.Names;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Adds the models of the providers' own lists to a catalogue. A model that the catalogue does not
 * know goes to the first provider that lists it, with the others as fallbacks. Thread-safe.
 */
public final class CatalogueWithLists extends ForwardingCatalogue {
  private final ModelCatalogue catalogue;
  private final Providers providers;
  private final ModelLists lists;

  public CatalogueWithLists(ModelCatalogue catalogue, Providers providers, ModelLists lists) {
    this.catalogue = catalogue;
    this.providers = providers;
    this.lists = lists;
  }

  @Override
  protected ModelCatalogue target() {
    return catalogue;
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
    List<Candidate> offering = offering(name);
    if (offering.isEmpty()) {
      return Optional.empty();
    }
    List<Target> target = List.of(new Target(offering.getFirst(), 1));
    List<Candidate> others = offering.subList(1, offering.size());
    return Optional.of(new ModelRoute(target, others, "listed by the provider"));
  }

  private List<Candidate> offering(String name) {
    List<Candidate> offering = new ArrayList<>();
    for (ProviderProfile provider : providers.all()) {
      if (lists.offers(provider.name(), name)) {
        offering.add(new Candidate(provider.name(), name));
      }
    }
    return offering;
  }

  /** A name with a provider goes to that provider, even if others list it. */
  private boolean isQualified(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && providers.find(name.substring(0, slash)).isPresent();
  }

  @Override
  public String hint(String name) {
    String hint = catalogue.hint(name);
    if (!hint.isEmpty() || name.indexOf('/') >= 0) {
      return hint;
    }
    return providers.all().stream()
        .map(provider -> Names.closestTo(name, lists.of(provider.name()).names()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(close -> "Did you mean '" + close + "'?")
        .orElse("");
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
}
