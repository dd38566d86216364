package dev.serai.config.catalogue;

import dev.serai.config.GeneralSettings;
import dev.serai.config.Settings;
import dev.serai.config.catalogue.WrittenModels.Written;
import dev.serai.config.models.ModelEntry;
import dev.serai.config.provider.AliasSettings;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderKind;
import dev.serai.config.provider.TargetSettings;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.Charge;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.routing.Candidate;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds models, their facts and prices in the settings, in {@code models.yaml} and in the built-in
 * data, in this order. Thread-safe; look-ups take no lock and do no I/O.
 */
public final class SettingsCatalogue implements ModelCatalogue {
  /** From this count of tokens on the count is not plausible and the cost unknown. */
  static final long MAX_TOKENS = 100_000_000;

  /** Callers choose names, so the caches are bounded. */
  private static final int MAX_CACHED = 4096;

  /** Vendors whose names in the price data are the names of their API. */
  private static final Set<String> LISTED = Set.of("openai", "anthropic", "deepseek");

  private static final Rate NOTHING = Rate.flat(BigDecimal.ZERO);
  private static final Price FREE = Price.of(Map.of("input", NOTHING, "output", NOTHING));
  private static final String GUIDE = "persona/guide";

  private final GeneralSettings general;
  private final Map<String, ModelRoute> aliases = new LinkedHashMap<>();
  private final Map<String, Provider> providers = new LinkedHashMap<>();
  private final Map<String, String> vendors = new LinkedHashMap<>();
  private final PriceData data;
  private final WrittenModels written;
  private final InstantSource clock;
  private final Map<String, Optional<ModelRoute>> routes = new ConcurrentHashMap<>();
  private final Map<Candidate, Known> cached = new ConcurrentHashMap<>();

  /**
   * Reads the built-in prices, which takes some milliseconds.
   *
   * @param clock decides which of several dated prices applies
   */
  public SettingsCatalogue(Settings settings, InstantSource clock) {
    this.general = settings.general();
    this.data = PriceData.load();
    this.written = new WrittenModels(settings.catalogue());
    this.clock = clock;
    settings.models().forEach((name, alias) -> aliases.put(name, route(name, alias)));
    for (Provider provider : inOrder(settings)) {
      providers.put(provider.name(), provider);
      boolean known = !data.models(provider.name()).isEmpty();
      vendors.put(provider.name(), known ? provider.name() : vendor(provider));
    }
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
    Optional<ModelRoute> before = routes.get(name);
    if (before != null) {
      return before;
    }
    Optional<ModelRoute> route = offering(name);
    if (routes.size() < MAX_CACHED) {
      routes.put(name, route);
    }
    return route;
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
    List<Target> target = List.of(new Target(order.getFirst(), 1));
    return Optional.of(new ModelRoute(target, fallbacks(order), "catalogue"));
  }

  @Override
  public Optional<String> defaultProvider() {
    return general.defaultProvider();
  }

  @Override
  public String hint(String name) {
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
      data.models(listed(provider)).forEach(model -> names.add(model.id()));
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
    if (usage.input() >= MAX_TOKENS || usage.output() >= MAX_TOKENS) {
      return OptionalLong.empty();
    }
    Optional<Price> price = known(candidate).at(when, usage.tier());
    return price.isPresent() && price.get().covers(usage)
        ? OptionalLong.of(price.get().nanoUsd(usage))
        : usage.reportedNanoUsd();
  }

  @Override
  public ModelFacts facts(Candidate candidate) {
    Known known = known(candidate);
    return known.facts().withPrices(known.usdPerToken(clock.instant()));
  }

  /** Facts of models.yaml first; the built-in data has only the context length. */
  private static ModelFacts facts(Optional<Written> written, Optional<VendorModel> vendor) {
    ModelEntry entry = written.map(Written::entry).orElseGet(ModelEntry::defaults);
    int context = entry.contextLength().or(() -> vendor.map(VendorModel::context)).orElse(0);
    return new ModelFacts(
        above(context),
        above(entry.maxOutputTokens().orElse(0)),
        Set.copyOf(entry.inputModalities()),
        Set.copyOf(entry.outputModalities()),
        Set.copyOf(entry.capabilities()),
        Map.of());
  }

  private static OptionalInt above(int count) {
    return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
  }

  private Known known(Candidate candidate) {
    Known found = cached.get(candidate);
    if (found == null) {
      found = look(candidate);
      if (cached.size() < MAX_CACHED) {
        cached.put(candidate, found);
      }
    }
    return found;
  }

  /**
   * Facts and prices of a candidate.
   *
   * @param own a fixed price, if it has one
   * @param vendor the dated prices, if it has no fixed price
   * @param facts all facts but the prices
   */
  private record Known(Optional<Price> own, Optional<VendorModel> vendor, ModelFacts facts) {
    Optional<Price> at(Instant when, String tier) {
      return own.isPresent() ? own : vendor.flatMap(model -> model.price(when, tier));
    }

    Map<Charge, BigDecimal> usdPerToken(Instant when) {
      return at(when, "").map(Price::usdPerToken).orElse(Map.of());
    }
  }

  private Known look(Candidate candidate) {
    Provider provider = providers.get(candidate.provider());
    Optional<Written> entry = written.find(candidate);
    String vendor = vendors.getOrDefault(candidate.provider(), "");
    Optional<VendorModel> found = data.find(vendor, candidate.model());
    Optional<Price> own = provider == null ? Optional.empty() : own(provider, candidate.model());
    Optional<VendorModel> priced = entry.flatMap(Written::priced);
    if (own.isEmpty() && priced.isEmpty() && provider != null) {
      own = provider.kind() == ProviderKind.PERSONA ? Optional.of(FREE) : own;
    }
    return new Known(own, priced.or(() -> found), facts(entry, found));
  }

  /** The price that the settings give a provider's model. */
  private static Optional<Price> own(Provider provider, String model) {
    for (ModelSettings configured : provider.models()) {
      if (configured.name().equals(model) && configured.costPerInput().isPresent()) {
        return Price.of(configured);
      }
    }
    return Optional.empty();
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
    return name.indexOf('/') < 0 && data.find(listed(provider.name()), name).isPresent();
  }

  /** The vendor whose model names that provider accepts; empty if there is none. */
  private String listed(String provider) {
    String vendor = vendors.getOrDefault(provider, "");
    return LISTED.contains(vendor) ? vendor : "";
  }

  /** The other providers of the model, then the fallback providers with their first models. */
  private List<Candidate> fallbacks(List<Candidate> order) {
    List<Candidate> fallbacks = new ArrayList<>(order.subList(1, order.size()));
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

  private static ModelRoute route(String name, AliasSettings alias) {
    List<Target> targets = new ArrayList<>();
    for (TargetSettings target : alias.targets()) {
      targets.add(new Target(candidate(target), target.weight()));
    }
    List<Candidate> fallbacks =
        alias.fallbacks().stream().map(SettingsCatalogue::candidate).toList();
    return new ModelRoute(targets, fallbacks, "alias " + name);
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

  /** The vendor of a provider: by its name, or by its address. */
  private static String vendor(Provider provider) {
    if (KnownProvider.find(provider.name()).isPresent()) {
      return provider.name();
    }
    if (provider.kind() == ProviderKind.BEDROCK) {
      return "bedrock";
    }
    String host = provider.baseUrl().map(SettingsCatalogue::host).orElse("");
    return KnownProvider.all().stream()
        .filter(known -> known.keyVariable().isPresent())
        .filter(known -> known.baseUrl().map(SettingsCatalogue::host).orElse("-").equals(host))
        .map(KnownProvider::name)
        .findFirst()
        .orElse("");
  }

  private static String host(String url) {
    String host = URI.create(url).getHost();
    return host == null ? "" : host;
  }
}
