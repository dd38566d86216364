package dev.serai.config.catalogue;

import dev.serai.config.models.LargePrompt;
import dev.serai.config.models.ModelEntry;
import dev.serai.config.models.ModelFile;
import dev.serai.config.models.TokenPrices;
import dev.serai.core.routing.Candidate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds entries of {@code models.yaml}, with their prices in the form of the built-in data.
 * Immutable.
 */
final class WrittenModels {
  /** Kinds of tokens and the kind whose price they have if they have none of their own. */
  private static final Map<String, String> PART_OF =
      Map.of(
          "cached", "input",
          "cache_write", "input",
          "cache_write_1h", "cache_write",
          "audio_input", "input",
          "reasoning", "output",
          "audio_output", "output");

  private final Map<String, Written> exact = new LinkedHashMap<>();
  private final Map<String, Written> beginnings = new LinkedHashMap<>();

  /**
   * An entry of the file.
   *
   * @param priced its prices in the form of the built-in data; empty if it has none
   */
  record Written(ModelEntry entry, Optional<VendorModel> priced) {}

  WrittenModels(ModelFile file) {
    file.models()
        .forEach(
            (name, entry) -> {
              Written written = new Written(entry, priced(name, entry));
              if (name.endsWith("*")) {
                beginnings.put(name.substring(0, name.length() - 1), written);
              } else {
                exact.put(name, written);
              }
            });
  }

  /** The entry of a model: by its full name, otherwise by the longest matching beginning. */
  Optional<Written> find(Candidate candidate) {
    String name = candidate.provider() + "/" + candidate.model();
    Written found = exact.get(name);
    if (found != null) {
      return Optional.of(found);
    }
    String longest = "";
    for (String beginning : beginnings.keySet()) {
      if (name.startsWith(beginning) && beginning.length() > longest.length()) {
        longest = beginning;
      }
    }
    return Optional.ofNullable(beginnings.get(longest));
  }

  /** Whether the file has an entry with the full name of that model. */
  boolean names(String provider, String model) {
    return exact.containsKey(provider + "/" + model);
  }

  /** The models of a provider that have an entry with their full name. */
  List<String> of(String provider) {
    List<String> names = new ArrayList<>();
    for (String name : exact.keySet()) {
      if (name.startsWith(provider + "/")) {
        names.add(name.substring(provider.length() + 1));
      }
    }
    return names;
  }

  private static Optional<VendorModel> priced(String name, ModelEntry entry) {
    if (!entry.priced()) {
      return Optional.empty();
    }
    Map<String, Rate> rates = rates(entry);
    DatedPrice price = new DatedPrice(rates, Price.of(rates), Long.MIN_VALUE, 0, DatedPrice.DAY);
    List<TierPrice> terms = new ArrayList<>();
    entry.terms().forEach((word, prices) -> terms.add(terms(word, prices)));
    return Optional.of(new VendorModel(name, List.of(), List.of(price), terms, 0));
  }

  private static TierPrice terms(String word, TokenPrices prices) {
    Map<String, Rate> rates = new HashMap<>();
    prices.given().forEach((kind, usd) -> rates.put(kind, Rate.flat(usd)));
    return new TierPrice(word, Long.MIN_VALUE, rates);
  }

  /** One rate for each kind of token that has a price at any size of the prompt. */
  private static Map<String, Rate> rates(ModelEntry entry) {
    List<Map<String, BigDecimal>> sizes = pricesBySize(entry);
    Set<String> kinds = sizes.getLast().keySet();
    long[] above = entry.largePrompts().stream().mapToLong(LargePrompt::above).toArray();
    Map<String, Rate> rates = new HashMap<>();
    for (String kind : kinds) {
      long[] prices = new long[sizes.size()];
      Arrays.setAll(prices, i -> Rate.pico(price(sizes.get(i), kind)));
      rates.put(kind, new Rate(above, prices));
    }
    return rates;
  }

  private static List<Map<String, BigDecimal>> pricesBySize(ModelEntry entry) {
    List<Map<String, BigDecimal>> sizes = new ArrayList<>();
    Map<String, BigDecimal> current = new HashMap<>(entry.price().given());
    sizes.add(Map.copyOf(current));
    for (LargePrompt large : entry.largePrompts()) {
      current.putAll(large.price().given());
      sizes.add(Map.copyOf(current));
    }
    return sizes;
  }

  private static BigDecimal price(Map<String, BigDecimal> prices, String kind) {
    String at = kind;
    BigDecimal price = prices.get(at);
    while (price == null) {
      at = PART_OF.getOrDefault(at, "input");
      price = prices.get(at);
    }
    return price;
  }
}
