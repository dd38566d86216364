package dev.serai.gateway.models;

import dev.serai.config.read.Names;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Adds the models of the providers' own lists to a catalogue. A model that the catalogue does not
 * know goes to the first provider that lists it, then to the others. Thread-safe.
 */
final class CatalogueWithLists extends ForwardingCatalogue {
  private final ModelCatalogue catalogue;
  private final Providers providers;
  private final ModelLists lists;

  CatalogueWithLists(ModelCatalogue catalogue, Providers providers, ModelLists lists) {
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
    return Optional.of(
        new ModelRoute(
            Target.inOrder(offering),
            List.of(),
            "listed by the provider",
            RoutePolicy.NONE.with(_ -> failover())));
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
  public ModelHint hint(String name) {
    ModelHint off = off(name);
    ModelHint hint = off.isEmpty() ? catalogue.hint(name) : off;
    if (!hint.isEmpty() || name.indexOf('/') >= 0) {
      return hint.isEmpty() ? closeProvider(name) : hint;
    }
    return providers.all().stream()
        .map(provider -> Names.closestTo(name, lists.of(provider.name()).names()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(ModelHint::close)
        .orElse(ModelHint.NONE);
  }

  /** Why the providers of a name are off, if files configure them. */
  private ModelHint off(String name) {
    Set<String> names =
        new LinkedHashSet<>(List.of(name.substring(0, Math.max(0, name.indexOf('/')))));
    catalogue
        .find(name)
        .ifPresent(
            route -> {
              route.targets().forEach(target -> names.add(target.candidate().provider()));
              route.fallbacks().forEach(fallback -> names.add(fallback.provider()));
            });
    Map<String, String> off = new LinkedHashMap<>();
    names.forEach(each -> providers.whyOff(each).ifPresent(why -> off.put(each, why)));
    return ModelHint.off(off);
  }

  /** The same name at a provider of a route file whose name is close. */
  private ModelHint closeProvider(String name) {
    int slash = name.indexOf('/');
    Set<String> names = new TreeSet<>(providers.offNames());
    providers.all().forEach(provider -> names.add(provider.name()));
    return Names.closestTo(name.substring(0, slash), names)
        .filter(close -> !close.equals(name.substring(0, slash)))
        .map(close -> ModelHint.close(close + name.substring(slash)))
        .orElse(ModelHint.NONE);
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
