package dev.serai.processors.routing.strategy;

import dev.serai.core.model.Charge;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria.Required;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one call needs of a candidate: what its client says that it requires, and what its content
 * needs. The content is walked only if something is known that a candidate may lack, and once. For
 * one call; not thread-safe.
 */
final class Requirements {
  /** No text has more tokens than bytes, so a shorter request fits without counting. */
  private static final int MIN_BYTES_PER_TOKEN = 1;

  private static final Needs NONE = new Needs(Set.of(), Set.of(), 0);
  private static final double NANO_USD = 1e9;

  /** The tier of those that lack something. */
  private static final int LAST = 9;

  private final ModelCatalogue catalogue;
  private final CandidateStats stats;
  private final RoutingRequest request;
  private final Required required;
  private final boolean requiresNothing;
  private final TargetCheck target;
  private Optional<Needs> content = Optional.empty();

  Requirements(
      ModelCatalogue catalogue, CandidateStats stats, RoutingRequest request, TargetCheck target) {
    this.catalogue = catalogue;
    this.stats = stats;
    this.request = request;
    this.required = request.criteria().required();
    this.requiresNothing = required.equals(Required.NOTHING);
    this.target = target;
  }

  /** Whether no candidate is {@linkplain #refused refused}. */
  boolean isEmpty() {
    return requiresNothing && !target.refuses();
  }

  /** Why a candidate does not have what the client requires; empty if it may have it. */
  Optional<String> refused(Candidate candidate) {
    if (requiresNothing) {
      return target.refused(candidate);
    }
    ModelFacts facts = catalogue.abilities(candidate);
    Optional<String> lacking =
        NONE.with(required.vision(), required.functions(), required.contextLength()).lacking(facts);
    return lacking
        .or(() -> region(candidate))
        .or(() -> price(candidate))
        .or(() -> latency(candidate))
        .or(() -> target.refused(candidate));
  }

  private Optional<String> region(Candidate candidate) {
    if (required.regions().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> known = catalogue.region(candidate);
    return required.admitsRegion(known)
        ? Optional.empty()
        : Optional.of(known.map(name -> "it runs in " + name).orElse("its region is not known"));
  }

  private Optional<String> price(Candidate candidate) {
    if (required.nanoUsdPerToken().isEmpty()) {
      return Optional.empty();
    }
    Map<Charge, BigDecimal> prices = catalogue.facts(candidate).prices();
    if (!prices.containsKey(Charge.INPUT) || !prices.containsKey(Charge.OUTPUT)) {
      return Optional.of("its price is not known");
    }
    BigDecimal highest = prices.get(Charge.INPUT).max(prices.get(Charge.OUTPUT));
    return highest.doubleValue() * NANO_USD > required.nanoUsdPerToken().getAsLong()
        ? Optional.of("a token costs " + plain(highest) + " USD")
        : Optional.empty();
  }

  private static String plain(BigDecimal usd) {
    return usd.stripTrailingZeros().toPlainString();
  }

  /** Left out for good, a candidate would never be measured again: so a measure fades. */
  private Optional<String> latency(Candidate candidate) {
    if (required.latencyMillis().isEmpty()) {
      return Optional.empty();
    }
    Measured measured = stats.of(candidate);
    double millis = measured.firstMillis();
    return millis * measured.freshness(stats.nanos()) > required.latencyMillis().getAsLong()
        ? Optional.of("its first token takes " + Math.round(millis) + " ms")
        : Optional.empty();
  }

  /**
   * What a candidate is known to lack for the content of the request, or why it does not meet the
   * quality target; empty if nothing.
   */
  Optional<String> lacking(Candidate candidate) {
    Optional<String> unable = unable(candidate);
    return target.isEmpty() || unable.isPresent() ? unable : target.missed(candidate);
  }

  /** Where a candidate is among the others as far as the quality target decides it. */
  Place place(Candidate candidate) {
    int tier = unable(candidate).isPresent() ? LAST : target.tier(candidate);
    return new Place(tier, tier > 1 ? target.quality(candidate) : 0);
  }

  /**
   * The place of a candidate.
   *
   * @param tier the lower, the sooner it is tried
   * @param quality the higher, the sooner it is tried in its tier
   */
  record Place(int tier, double quality) {}

  /** Whether a candidate is known to lack something for the content of the request. */
  boolean isUnable(Candidate candidate) {
    return unable(candidate).isPresent();
  }

  private Optional<String> unable(Candidate candidate) {
    ModelFacts facts = catalogue.abilities(candidate);
    boolean limits =
        !facts.input().isEmpty()
            || !facts.capabilities().isEmpty()
            || facts.contextLength().isPresent()
                && bytes() / MIN_BYTES_PER_TOKEN > facts.contextLength().getAsInt();
    return limits ? content().lacking(facts) : Optional.empty();
  }

  /** How much of what the call needs is not known of a candidate. */
  int unknown(Candidate candidate) {
    return content()
        .with(required.vision(), required.functions(), required.contextLength())
        .unknown(catalogue.abilities(candidate));
  }

  private int bytes() {
    return request.request().map(sent -> sent.size()).orElse(0);
  }

  private Needs content() {
    if (content.isEmpty()) {
      content = Optional.of(request.content().outline().map(Needs::of).orElse(NONE));
    }
    return content.get();
  }
}
