package dev.serai.processors.models;

import dev.serai.core.caller.AllowList;
import dev.serai.core.model.ListedModel;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that clients may ask for: aliases, and {@code provider/model} for every configured
 * provider. Thread-safe.
 */
public final class ListedModels {
  private final Providers providers;
  private final ModelCatalogue catalogue;

  public ListedModels(Providers providers, ModelCatalogue catalogue) {
    this.providers = providers;
    this.catalogue = catalogue;
  }

  /** Every model that a caller may call: aliases first, then by provider. */
  public List<ListedModel> all(AllowList allowed) {
    return owners().entrySet().stream()
        .filter(listed -> isAllowed(listed.getKey(), allowed))
        .map(listed -> model(listed.getKey(), listed.getValue()))
        .toList();
  }

  /**
   * Finds a model by name. The owner of a name that is not listed is the first provider that it
   * resolves to. Empty if the caller may not call it.
   */
  public Optional<ListedModel> find(String name, AllowList allowed) {
    if (!isAllowed(name, allowed)) {
      return Optional.empty();
    }
    return Optional.ofNullable(owners().get(name))
        .or(
            () ->
                targets(name)
                    .findFirst()
                    .map(Candidate::provider)
                    .filter(provider -> providers.find(provider).isPresent()))
        .map(owner -> model(name, owner));
  }

  /**
   * Finds a model by any name that resolves to a configured provider, listed or not; empty if the
   * caller may not call it.
   */
  public Optional<ListedModel> reach(String name, AllowList allowed) {
    int slash = name.indexOf('/');
    boolean reached =
        (catalogue.find(name).isPresent() || namesProvider(name, slash))
            && isAllowed(name, allowed);
    String owner = slash > 0 ? name.substring(0, slash) : ListedModel.ALIAS;
    return reached ? Optional.of(model(name, owner)) : Optional.empty();
  }

  /**
   * The problem of a call for a model that is not found. A caller who may not call it does not
   * learn whether it is known.
   */
  public CallerProblem unknown(String name, AllowList allowed) {
    if (!isAllowed(name, allowed)) {
      return CallerProblem.unknownModel(name);
    }
    ModelHint hint = catalogue.hint(name);
    return catalogue.find(name).isPresent()
        ? CallerProblem.notOffered(name, hint)
        : CallerProblem.unknownModel(name, hint);
  }

  /** The model of requests that name none; empty if there is no default. */
  public String defaultModel() {
    return catalogue.defaultModel();
  }

  private boolean isAllowed(String name, AllowList allowed) {
    return allowed.allowsAll()
        || allowed.allows(name)
        || Stream.concat(candidates(name), all(name))
            .anyMatch(c -> allowed.allows(c.provider() + "/" + c.model()));
  }

  private ListedModel model(String name, String owner) {
    return new ListedModel(name, owner, facts(name));
  }

  /** The owner of every name, in the order of the list. */
  private Map<String, String> owners() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String alias : catalogue.aliases()) {
      names.put(alias, ListedModel.ALIAS);
    }
    for (ProviderProfile provider : providers.all()) {
      for (String model : provider.models()) {
        names.put(provider.name() + "/" + model, provider.name());
      }
      for (String model : catalogue.modelsOf(provider.name())) {
        names.put(provider.name() + "/" + model, provider.name());
      }
    }
    return names;
  }

  private ModelFacts facts(String name) {
    return candidates(name)
        .map(catalogue::facts)
        .reduce(ModelFacts::intersect)
        .orElse(ModelFacts.UNKNOWN);
  }

  private Stream<Candidate> candidates(String name) {
    int slash = name.indexOf('/');
    return namesProvider(name, slash)
        ? Stream.of(new Candidate(name.substring(0, slash), name.substring(slash + 1)))
        : targets(name);
  }

  private boolean namesProvider(String name, int slash) {
    return slash > 0 && providers.find(name.substring(0, slash)).isPresent();
  }

  private Stream<Candidate> all(String name) {
    return catalogue.find(name).stream()
        .flatMap(
            route ->
                Stream.concat(
                    route.targets().stream().map(Target::candidate), route.fallbacks().stream()));
  }

  /** The targets that are tried first. */
  private Stream<Candidate> targets(String name) {
    return catalogue.find(name).stream()
        .flatMap(route -> route.targets().stream())
        .filter(target -> target.level() == 0)
        .map(Target::candidate);
  }
}
