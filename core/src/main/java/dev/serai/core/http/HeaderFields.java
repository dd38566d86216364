package dev.serai.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Header fields that the gateway itself writes: short, ordered. Not thread-safe. */
public final class HeaderFields implements Headers {
  private final List<String> namesAndValues = new ArrayList<>(16);

  /**
   * Adds a field; a value with a line break is refused, since it would end the field.
   *
   * @throws IllegalArgumentException if the value has a line break
   */
  public HeaderFields add(String name, String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("line break in the value of header " + name);
    }
    namesAndValues.add(name);
    namesAndValues.add(value);
    return this;
  }

  /** Replaces the fields of that name by one field. */
  public HeaderFields set(String name, String value) {
    for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
      if (namesAndValues.get(i).equalsIgnoreCase(name)) {
        namesAndValues.subList(i, i + 2).clear();
      }
    }
    return add(name, value);
  }

  /** The number of fields. */
  public int size() {
    return namesAndValues.size() / 2;
  }

  @Override
  public Optional<String> first(String name) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (namesAndValues.get(i).equalsIgnoreCase(name)) {
        return Optional.of(namesAndValues.get(i + 1));
      }
    }
    return Optional.empty();
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      visitor.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
    }
  }

  /** The names only: values may be secrets. */
  @Override
  public String toString() {
    StringBuilder names = new StringBuilder("[");
    forEach((name, value) -> names.append(names.length() == 1 ? "" : ", ").append(name));
    return names.append(']').toString();
  }
}
