package dev.serai.config.catalogue;

import dev.serai.config.GeneralSettings;
import dev.serai.config.Settings;
import dev.serai.config.annotation.Secret;
import dev.serai.config.persona.PersonaSettings;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.routing.AliasSettings;
import dev.serai.config.routing.RoutingSettings;
import dev.serai.config.routing.TargetSettings;
import dev.serai.core.cache.RecentMap;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.model.Persona;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision.Source;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Strategy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Resolves names of models by the settings, by {@code models.yaml} and by the built-in data, and
 * has the facts and prices of the models ({@link ModelPrices}). Thread-safe; look-ups take no lock
 * and do no I/O.
 */
public final class SettingsCatalogue implements ModelCatalogue {
  /** Callers choose names, so the cache is bounded. */
  private static final int MAX_CACHED = 4096;

  private static final String GUIDE = "persona/guide";

  private final GeneralSettings general;
  private final RoutingSettings routing;
  private final Failover failover;
  private final RoutePolicy unnamed;
  private final Map<String, DefaultParameters> parameters;
  private final Map<Candidate, ModelParameters> parametersOfModels;
  private final ModelRegions regions;
  private final Map<String, Persona> personas = new HashMap<>();
  private final Map<String, ModelRoute> aliases = new LinkedHashMap<>();
  private final Map<String, Provider> providers = new LinkedHashMap<>();
  private final VendorNames vendors;
  private final PriceData data;
  private final WrittenModels written;
  private final ModelPrices prices;
  private final InstantSource clock;
  private final RecentMap<String, Optional<ModelRoute>> routes = new RecentMap<>(MAX_CACHED);

  /**
   * Reads the built-in prices, which takes some milliseconds.
   *
   * @param clock decides which of several dated prices applies
   */
  public SettingsCatalogue(Settings settings, InstantSource clock) {
    this.general = settings.general();
    this.routing = settings.routing();
    this.failover = routing.failover().over(Failover.DEFAULT);
    this.unnamed = new RoutePolicy(withoutAlias(), Optional.empty());
    this.data = PriceData.load();
    this.written = new WrittenModels(settings.catalogue());
    this.clock = clock;
    settings.models().forEach((name, alias) -> aliases.put(name, route(name, alias)));
    settings
        .personas()
        .forEach((name, one) -> personas.put(PersonaSettings.modelName(name), one.persona()));
    this.parameters = parameters(settings.models());
    this.regions = new ModelRegions(settings.providers());
    this.parametersOfModels = parameters(inOrder(settings));
    for (Provider provider : inOrder(settings)) {
      providers.put(provider.name(), provider);
    }
    this.vendors = new VendorNames(providers.values(), data);
    this.prices = new ModelPrices(providers, vendors, data, written);
  }

  /**
   * The model of requests without one: the default model of the settings, else the first model of
   * the default provider, else the guide.
   */
  @Override
  public String defaultModel() {
    String named = general.defaultModel().orElse("");
    String provider = general.defaultProvider().orElse("");
    if (!named.isEmpty()) {
      boolean complete = provider.isEmpty() || aliases.containsKey(named) || qualified(named);
      return complete ? named : provider + "/" + named;
    }
    return first(provider).map(c -> c.provider() + "/" + c.model()).orElse(GUIDE);
  }

  @Override
  public Optional<ModelRoute> find(String name) {
    ModelRoute alias = aliases.get(name);
    if (alias != null) {
      return Optional.of(alias);
    }
    return routes.computeIfAbsent(name, this::offering);
  }

  private Optional<ModelRoute> offering(String name) {
    List<Candidate> offered = new ArrayList<>();
    List<Candidate> known = new ArrayList<>();
    for (Provider provider : providers.values()) {
      if (offers(provider, name)) {
        Candidate candidate = new Candidate(provider.name(), name);
        known.add(candidate);
        if (provider.enabled()) {
          offered.add(candidate);
        }
      }
    }
    List<Candidate> order = offered.isEmpty() ? known : offered;
    if (order.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelRoute(Target.inOrder(order), fallbacks(order), "catalogue", unnamed));
  }

  @Override
  public Optional<String> defaultProvider() {
    return general.defaultProvider();
  }

  @Override
  public ModelHint hint(String name) {
    return new ModelHints(this, providers).of(name);
  }

  @Override
  public List<String> aliases() {
    return List.copyOf(aliases.keySet());
  }

  @Override
  public List<String> modelsOf(String provider) {
    SortedSet<String> names = new TreeSet<>();
    Provider found = providers.get(provider);
    if (found != null) {
      found.models().forEach(model -> names.add(model.name()));
      data.models(vendors.listed(provider)).forEach(model -> names.add(model.id()));
      names.addAll(written.of(provider));
    }
    return List.copyOf(names);
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
    return costNanoUsd(candidate, usage, clock.instant());
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage, Instant when) {
    return prices.costNanoUsd(candidate, usage, when);
  }

  @Override
  public Prices prices() {
    Instant now = clock.instant();
    return (candidate, usage) -> prices.costNanoUsd(candidate, usage, now);
  }

  @Override
  public DeadlineOverrides deadlines(Candidate candidate) {
    return prices.deadlines(candidate);
  }

  @Override
  public OptionalDouble quality(Candidate candidate) {
    return prices.quality(candidate);
  }

  @Override
  public ModelFacts abilities(Candidate candidate) {
    return prices.facts(candidate);
  }

  @Override
  public Strategy strategy(String tenant, ModelRoute route) {
    return routing
        .strategy(tenant)
        .or(() -> route.policy().strategy())
        .orElse(general.routingStrategy());
  }

  @Override
  public Optional<Persona> persona(String name) {
    return personas.isEmpty() ? Optional.empty() : Optional.ofNullable(personas.get(name));
  }

  @Override
  public DefaultParameters parameters(String name) {
    return parameters.isEmpty()
        ? DefaultParameters.NONE
        : parameters.getOrDefault(name, DefaultParameters.NONE);
  }

  private static Map<String, DefaultParameters> parameters(Map<String, AliasSettings> aliases) {
    Map<String, DefaultParameters> set = new HashMap<>();
    aliases.forEach((name, alias) -> set.put(name, alias.parameters().parameters()));
    set.values().removeIf(DefaultParameters.NONE::equals);
    return Map.copyOf(set);
  }

  @Override
  public ModelParameters parameters(Candidate candidate) {
    return parametersOfModels.isEmpty()
        ? ModelParameters.NONE
        : parametersOfModels.getOrDefault(candidate, ModelParameters.NONE);
  }

  private static Map<Candidate, ModelParameters> parameters(List<Provider> providers) {
    Map<Candidate, ModelParameters> set = new HashMap<>();
    for (Provider provider : providers) {
      for (ModelSettings model : provider.models()) {
        set.putIfAbsent(
            new Candidate(provider.name(), model.name()), model.parameters().parameters());
      }
    }
    set.values().removeIf(ModelParameters.NONE::equals);
    return Map.copyOf(set);
  }

  @Override
  public Optional<String> region(Candidate candidate) {
    return regions.of(candidate);
  }

  @Override
  public Failover failover() {
    return failover;
  }

  @Override
  public Source strategySource(String tenant, ModelRoute route) {
    if (routing.strategy(tenant).isPresent()) {
      return Source.TENANT;
    }
    return route.policy().strategy().isPresent() ? Source.ALIAS : Source.SETTINGS;
  }

  @Override
  public ModelFacts facts(Candidate candidate) {
    return prices.facts(candidate, clock.instant());
  }

  private boolean offers(Provider provider, String name) {
    for (ModelSettings model : provider.models()) {
      if (model.name().equals(name)) {
        return true;
      }
    }
    if (written.names(provider.name(), name)) {
      return true;
    }
    // A name with a slash names a provider; the vendor's rules for parts of names must not match
    // it.
    return name.indexOf('/') < 0 && data.find(vendors.listed(provider.name()), name).isPresent();
  }

  /** The fallback providers that do not offer the model, with their first models. */
  private List<Candidate> fallbacks(List<Candidate> order) {
    List<Candidate> fallbacks = new ArrayList<>();
    for (String provider : general.fallbackProviders()) {
      boolean included = order.stream().anyMatch(c -> c.provider().equals(provider));
      if (!included) {
        first(provider).ifPresent(fallbacks::add);
      }
    }
    return fallbacks;
  }

  private Optional<Candidate> first(String provider) {
    return Optional.ofNullable(providers.get(provider))
        .filter(p -> p.enabled() && !p.models().isEmpty())
        .map(p -> new Candidate(provider, p.models().getFirst().name()));
  }

  private boolean qualified(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && providers.containsKey(name.substring(0, slash));
  }

  private ModelRoute route(String name, AliasSettings alias) {
    List<Target> targets = new ArrayList<>();
    Map<String, Integer> weights = new HashMap<>();
    for (TargetSettings target : alias.targets()) {
      weights.put(target.model(), target.weight());
      targets.add(new Target(candidate(target), target.weight()));
    }
    List<Candidate> fallbacks =
        alias.fallbacks().stream().map(SettingsCatalogue::candidate).toList();
    AttemptRules attempts =
        new AttemptRules(
            alias.deadlines(),
            alias.failover().over(failover),
            alias.maxAttempts().map(OptionalInt::of).orElse(OptionalInt.empty()),
            revealed(alias.headers()),
            alias.hedging().over(routing.hedging().rules()),
            alias.fanOut().rules(weights));
    return new ModelRoute(
        targets, fallbacks, "alias " + name, new RoutePolicy(attempts, alias.strategy()));
  }

  /** For the names of models without a provider. */
  private AttemptRules withoutAlias() {
    return new AttemptRules(
        DeadlineOverrides.NONE, failover, OptionalInt.empty(), Map.of(), routing.hedging().rules());
  }

  private static Map<String, String> revealed(Map<String, Secret> headers) {
    Map<String, String> values = new HashMap<>();
    headers.forEach((name, value) -> values.put(name, value.reveal()));
    return values;
  }

  private static Candidate candidate(TargetSettings target) {
    return new Candidate(target.provider(), target.providerModel());
  }

  /** The default provider, the fallback providers, then all others by priority. */
  private static List<Provider> inOrder(Settings settings) {
    List<String> first = new ArrayList<>();
    settings.general().defaultProvider().ifPresent(first::add);
    first.addAll(settings.general().fallbackProviders());
    List<Provider> order = new ArrayList<>(settings.available());
    order.sort(
        Comparator.comparingInt(
            p -> first.contains(p.name()) ? first.indexOf(p.name()) : first.size()));
    return order;
  }
}
