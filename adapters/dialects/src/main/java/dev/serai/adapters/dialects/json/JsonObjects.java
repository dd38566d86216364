package dev.serai.adapters.dialects.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.fanout.JsonComparison;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares and merges JSON objects. Stateless. */
final class JsonObjects implements JsonComparison {

  /** A value and its weight. */
  private record Weighed(JsonNode value, long weight) {}

  /** Counts what was decided, and how much of the weight agrees with it. */
  private static final class Agreement {
    private double sum;
    private int decisions;

    void add(long agree, long all) {
      sum += (double) agree / all;
      decisions++;
    }

    double mean() {
      return decisions == 0 ? 1 : sum / decisions;
    }
  }

  @Override
  public Optional<String> form(String text) {
    return StrictJson.form(text);
  }

  @Override
  public Merged merge(List<String> objects, List<Integer> weights) {
    List<Weighed> weighed = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      byte[] text = objects.get(i).getBytes(StandardCharsets.UTF_8);
      weighed.add(new Weighed(StrictJson.tree(text), weights.get(i)));
    }
    Agreement agreement = new Agreement();
    return new Merged(merge(weighed, agreement).toString(), agreement.mean());
  }

  /** The depth of a tree is bounded. */
  private static ObjectNode merge(List<Weighed> objects, Agreement agreement) {
    Set<String> names = new LinkedHashSet<>();
    objects.forEach(object -> object.value().fieldNames().forEachRemaining(names::add));
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    long all = weight(objects);
    for (String name : names) {
      List<Weighed> values = new ArrayList<>();
      for (Weighed object : objects) {
        if (object.value().has(name)) {
          values.add(new Weighed(object.value().get(name), object.weight()));
        }
      }
      long present = weight(values);
      if (2 * present <= all) {
        agreement.add(all - present, all);
      } else if (values.stream().allMatch(value -> value.value().isObject())) {
        merged.set(name, merge(values, agreement));
      } else {
        Weighed most = most(values);
        agreement.add(most.weight(), all);
        merged.set(name, most.value());
      }
    }
    return merged;
  }

  private static long weight(List<Weighed> values) {
    return values.stream().mapToLong(Weighed::weight).sum();
  }

  /** The value with the most weight, and the weight of all that are equal to it. */
  private static Weighed most(List<Weighed> values) {
    Map<String, Weighed> sums = new LinkedHashMap<>();
    for (Weighed value : values) {
      sums.merge(
          StrictJson.form(value.value()),
          value,
          (sum, other) -> new Weighed(sum.value(), sum.weight() + other.weight()));
    }
    Weighed most = sums.values().iterator().next();
    for (Weighed sum : sums.values()) {
      if (sum.weight() > most.weight()) {
        most = sum;
      }
    }
    return most;
  }
}
