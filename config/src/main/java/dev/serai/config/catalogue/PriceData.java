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
import org.jspecify.annotations.Nullable;

/**
 * The vendored prices: {@code prices.json} beside this class, made by {@code
 * config/tools/prices.py} from pydantic/genai-prices (MIT). Immutable.
 */
final class PriceData {
  private final Map<String, List<VendorModel>> byVendor = new HashMap<>();

  private PriceData() {}

  /** Reads the file; some milliseconds. */
  static PriceData load() {
    PriceData data = new PriceData();
    try (InputStream file = PriceData.class.getResourceAsStream("prices.json");
        JsonParser json = new JsonFactory().createParser(file)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean vendors = json.currentName().equals("vendors");
        json.nextToken();
        if (vendors) {
          data.readVendors(json);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the price data cannot be read", e);
    }
    return data;
  }

  /** The models of a vendor. */
  List<VendorModel> models(String vendor) {
    return byVendor.getOrDefault(vendor, List.of());
  }

  /** A vendor's model of that name, whatever its case: an exact name before a rule. */
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
    List<String> names = new ArrayList<>();
    List<DatedPrice> prices = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = json.getText();
        case "match" -> names.addAll(readTexts(json));
        case "prices" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            prices.add(readPrice(json));
          }
        }
        default -> json.skipChildren();
      }
    }
    return new VendorModel(id, List.copyOf(names), List.copyOf(prices));
  }

  private static DatedPrice readPrice(JsonParser json) throws IOException {
    Map<String, Rate> rates = new HashMap<>();
    long from = Long.MIN_VALUE;
    int begins = 0;
    int ends = DatedPrice.DAY;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "from" -> from = DatedPrice.day(json.getText());
        case "between" -> {
          List<String> hours = readTexts(json);
          begins = DatedPrice.second(hours.getFirst());
          ends = DatedPrice.second(hours.getLast());
        }
        default -> rates.put(field, readRate(json));
      }
    }
    Rate input = present(rates.get("input"));
    Price price =
        new Price(
            input,
            rates.getOrDefault("cached", input),
            rates.getOrDefault("cache_write", input),
            present(rates.get("output")));
    return new DatedPrice(price, from, begins, ends);
  }

  private static Rate present(@Nullable Rate rate) {
    if (rate == null) {
      throw new IllegalStateException("the price data has a price without input or output");
    }
    return rate;
  }

  /** {@code "2.5"}, or {@code ["2.5", [200000, "5"]]}: from above 200,000 input tokens on, 5. */
  private static Rate readRate(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return Rate.flat(new BigDecimal(json.getText()));
    }
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
