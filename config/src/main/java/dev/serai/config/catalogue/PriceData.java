package dev.serai.config.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the built-in prices from {@code prices.json} in this package, which {@code
 * config/tools/prices.py} makes from pydantic/genai-prices (MIT). Immutable.
 */
final class PriceData {
  private final Map<String, List<VendorModel>> byVendor = new HashMap<>();

  private PriceData() {}

  /** Reads the file, which takes some milliseconds. */
  static PriceData load() {
    PriceData data = new PriceData();
    try (InputStream file = PriceData.class.getResourceAsStream("prices.json");
        JsonParser json = new JsonFactory().createParser(file)) {
      data.readFile(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in price data cannot be read", e);
    }
    return data;
  }

  private void readFile(JsonParser json) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean vendors = json.currentName().equals("vendors");
      json.nextToken();
      if (vendors) {
        readVendors(json);
      }
    }
  }

  List<VendorModel> models(String vendor) {
    return byVendor.getOrDefault(vendor, List.of());
  }

  /** A vendor's model by name, ignoring case: exact names first, then rules. */
  Optional<VendorModel> find(String vendor, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<VendorModel> models = models(vendor);
    for (VendorModel model : models) {
      if (model.id().equals(lower) || model.names().contains("=" + lower)) {
        return Optional.of(model);
      }
    }
    for (VendorModel model : models) {
      if (model.matches(lower)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  private void readVendors(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String vendor = json.currentName();
      List<VendorModel> models = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        models.add(readModel(json));
      }
      byVendor.put(vendor, List.copyOf(models));
    }
  }

  private static VendorModel readModel(JsonParser json) throws IOException {
    String id = "";
    int context = 0;
    List<String> names = List.of();
    List<DatedPrice> prices = new ArrayList<>(1);
    List<TierPrice> tiers = new ArrayList<>(0);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = json.getText();
        case "match" -> names = readTexts(json);
        case "context" -> context = json.getIntValue();
        case "prices" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            prices.add(Read.of(json).asPrice());
          }
        }
        case "tiers" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            tiers.add(Read.of(json).asTier());
          }
        }
        default -> json.skipChildren();
      }
    }
    return new VendorModel(
        id, List.copyOf(names), List.copyOf(prices), List.copyOf(tiers), context);
  }

  /** A price in the file. */
  private record Read(Map<String, Rate> rates, long from, List<String> between, String tier) {
    static Read of(JsonParser json) throws IOException {
      Map<String, Rate> rates = new HashMap<>(8);
      long from = Long.MIN_VALUE;
      List<String> between = List.of();
      String tier = "";
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "from" -> from = DatedPrice.day(json.getText());
          case "between" -> between = readTexts(json);
          case "tier" -> tier = json.getText();
          default -> rates.put(field, readRate(json));
        }
      }
      return new Read(Map.copyOf(rates), from, between, tier);
    }

    DatedPrice asPrice() {
      int begins = between.isEmpty() ? 0 : DatedPrice.second(between.getFirst());
      int ends = between.isEmpty() ? DatedPrice.DAY : DatedPrice.second(between.getLast());
      return new DatedPrice(rates, Price.of(rates), from, begins, ends);
    }

    TierPrice asTier() {
      return new TierPrice(tier, from, rates);
    }
  }

  /** {@code "2.5"}, or {@code ["2.5", [200000, "5"]]}: 5 above 200,000 input tokens. */
  private static Rate readRate(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return Rate.flat(new BigDecimal(json.getText()));
    }
    return readSteps(json);
  }

  private static Rate readSteps(JsonParser json) throws IOException {
    List<Long> above = new ArrayList<>();
    List<Long> prices = new ArrayList<>();
    json.nextToken();
    prices.add(Rate.pico(new BigDecimal(json.getText())));
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      above.add(json.getLongValue());
      json.nextToken();
      prices.add(Rate.pico(new BigDecimal(json.getText())));
      json.nextToken();
    }
    return new Rate(longs(above), longs(prices));
  }

  private static long[] longs(List<Long> values) {
    long[] out = new long[values.size()];
    Arrays.setAll(out, values::get);
    return out;
  }

  private static List<String> readTexts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }
}
