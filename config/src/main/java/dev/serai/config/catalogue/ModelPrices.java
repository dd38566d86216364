package dev.serai.config.catalogue;

import dev.serai.config.catalogue.WrittenModels.Written;
import dev.serai.config.models.ModelEntry;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderKind;
import dev.serai.core.cache.RecentMap;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.Charge;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.Candidate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds the facts and the prices of a candidate. A price of the settings comes before one of {@code
 * models.yaml}, and that before one of the built-in data. Thread-safe; look-ups take no lock.
 */
final class ModelPrices {
  /** Callers choose names, so the cache is bounded. */
  private static final int MAX_CACHED = 4096;

  private static final Rate NOTHING = Rate.flat(BigDecimal.ZERO);
  private static final Price FREE = Price.of(Map.of("input", NOTHING, "output", NOTHING));

  private final Map<String, Provider> providers;
  private final VendorNames vendors;
  private final PriceData data;
  private final WrittenModels written;
  private final RecentMap<Candidate, Known> cached = new RecentMap<>(MAX_CACHED);

  /**
   * @param providers by name
   */
  ModelPrices(
      Map<String, Provider> providers, VendorNames vendors, PriceData data, WrittenModels written) {
    this.providers = providers;
    this.vendors = vendors;
    this.data = data;
    this.written = written;
  }

  /** What an attempt that began then cost, in nano US dollars; empty if that is unknown. */
  OptionalLong costNanoUsd(Candidate candidate, Usage usage, Instant when) {
    if (usage.input() >= Usage.MAX_TOKENS || usage.output() >= Usage.MAX_TOKENS) {
      return OptionalLong.empty();
    }
    Optional<Price> price = known(candidate).at(when, usage.tier());
    return price.isPresent() && price.get().covers(usage)
        ? OptionalLong.of(price.get().nanoUsd(usage))
        : usage.reportedNanoUsd();
  }

  /** The facts about a candidate, with its prices at that time. */
  ModelFacts facts(Candidate candidate, Instant when) {
    Known known = known(candidate);
    return known.facts().withPrices(known.usdPerToken(when));
  }

  /** The facts about a candidate without its prices. */
  ModelFacts facts(Candidate candidate) {
    return known(candidate).facts();
  }

  /** The deadlines of a candidate: those of the settings, then those of {@code models.yaml}. */
  DeadlineOverrides deadlines(Candidate candidate) {
    return known(candidate).deadlines();
  }

  /** The quality of a candidate: that of the settings, then that of {@code models.yaml}. */
  OptionalDouble quality(Candidate candidate) {
    return known(candidate).quality();
  }

  /**
   * What is known of a candidate.
   *
   * @param own a fixed price, if it has one
   * @param vendor the dated prices, if it has no fixed price
   * @param facts all facts but the prices
   */
  private record Known(
      Optional<Price> own,
      Optional<VendorModel> vendor,
      ModelFacts facts,
      DeadlineOverrides deadlines,
      OptionalDouble quality) {
    Optional<Price> at(Instant when, String tier) {
      return own.isPresent() ? own : vendor.flatMap(model -> model.price(when, tier));
    }

    Map<Charge, BigDecimal> usdPerToken(Instant when) {
      return at(when, "").map(Price::usdPerToken).orElse(Map.of());
    }
  }

  private Known known(Candidate candidate) {
    return cached.computeIfAbsent(candidate, this::find);
  }

  private Known find(Candidate candidate) {
    Provider provider = providers.get(candidate.provider());
    Optional<Written> entry = written.find(candidate);
    String vendor =
        provider != null && provider.kind() == ProviderKind.VERTEX
            ? VertexPrices.vendor(provider, candidate.model())
            : vendors.of(candidate.provider());
    Optional<VendorModel> found = data.find(vendor, candidate.model());
    Optional<Price> own = provider == null ? Optional.empty() : own(provider, candidate.model());
    Optional<VendorModel> priced = entry.flatMap(Written::priced);
    if (own.isEmpty() && priced.isEmpty() && provider != null) {
      own = provider.kind() == ProviderKind.PERSONA ? Optional.of(FREE) : own;
    }
    DeadlineOverrides written =
        entry.map(one -> one.entry().deadlines()).orElse(DeadlineOverrides.NONE);
    DeadlineOverrides deadlines = provider == null ? written : own(provider, candidate).or(written);
    return new Known(
        own, priced.or(() -> found), facts(entry, found), deadlines, qualityOf(candidate));
  }

  private OptionalDouble qualityOf(Candidate candidate) {
    return Optional.ofNullable(providers.get(candidate.provider())).stream()
        .flatMap(provider -> provider.models().stream())
        .filter(model -> model.name().equals(candidate.model()))
        .flatMap(model -> model.quality().stream())
        .findFirst()
        .or(() -> written.find(candidate).flatMap(one -> one.entry().quality()))
        .map(quality -> OptionalDouble.of(quality.doubleValue()))
        .orElse(OptionalDouble.empty());
  }

  /** The deadlines that the settings give a provider's model. */
  private static DeadlineOverrides own(Provider provider, Candidate candidate) {
    return provider.models().stream()
        .filter(model -> model.name().equals(candidate.model()))
        .map(ModelSettings::deadlines)
        .findFirst()
        .orElse(DeadlineOverrides.NONE);
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

  /** Facts of models.yaml first; the built-in data has only the context length. */
  private static ModelFacts facts(Optional<Written> written, Optional<VendorModel> vendor) {
    ModelEntry entry = written.map(Written::entry).orElseGet(ModelEntry::defaults);
    int context = entry.contextLength().or(() -> vendor.map(VendorModel::context)).orElse(0);
    return new ModelFacts(
        aboveZero(context),
        aboveZero(entry.maxOutputTokens().orElse(0)),
        Set.copyOf(entry.inputModalities()),
        Set.copyOf(entry.outputModalities()),
        Set.copyOf(entry.capabilities()),
        Map.of());
  }

  private static OptionalInt aboveZero(int count) {
    return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
  }
}
