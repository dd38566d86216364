package dev.serai.processors.models;

import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The names that callers may ask for: aliases, and {@code provider/model} for every provider that
 * is up. Thread-safe.
 */
public final class ModelNames {
  /** The owner of an alias. */
  public static final String ALIAS = "serai";

  private final Providers providers;
  private final ModelCatalogue catalogue;

  public ModelNames(Providers providers, ModelCatalogue catalogue) {
    this.providers = providers;
    this.catalogue = catalogue;
  }

  /** Every name and the provider it belongs to, {@link #ALIAS} for an alias, in order. */
  public Map<String, String> all() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String alias : catalogue.aliases()) {
      names.put(alias, ALIAS);
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

  /**
   * The name in a path and the provider it belongs to; for a name that is not listed but leads
   * somewhere, the provider that is asked first.
   *
   * @param encoded percent-encoded
   * @throws CallerProblem 404 if there is no such name
   */
  public Map.Entry<String, String> find(String encoded) {
    String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    String owner = all().get(name);
    if (owner != null) {
      return Map.entry(name, owner);
    }
    return targets(name)
        .findFirst()
        .filter(candidate -> providers.find(candidate.provider()).isPresent())
        .map(candidate -> Map.entry(name, candidate.provider()))
        .orElseThrow(() -> CallerProblem.unknownModel(name));
  }

  /** What is known of whatever answers to a name: of an alias, what all of its targets share. */
  public ModelFacts facts(String name) {
    return candidates(name)
        .map(catalogue::facts)
        .reduce(ModelFacts::intersect)
        .orElse(ModelFacts.UNKNOWN);
  }

  /** Whom a name leads to; what is not an alias may name its provider. */
  private Stream<Candidate> candidates(String name) {
    int slash = name.indexOf('/');
    if (slash > 0 && providers.find(name.substring(0, slash)).isPresent()) {
      return Stream.of(new Candidate(name.substring(0, slash), name.substring(slash + 1)));
    }
    return targets(name);
  }

  private Stream<Candidate> targets(String name) {
    return catalogue.find(name).stream()
        .flatMap(route -> route.targets().stream())
        .map(Target::candidate);
  }

  /** Whether a name, listed or not, leads to a provider that is up. */
  public boolean leadsSomewhere(String name) {
    int slash = name.indexOf('/');
    return catalogue.find(name).isPresent()
        || (slash > 0 && providers.find(name.substring(0, slash)).isPresent());
  }

  /** The name that stands for a model left out; empty if none does. */
  public String usual() {
    return catalogue.defaultModel();
  }
}
