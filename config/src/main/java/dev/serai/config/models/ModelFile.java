package dev.serai.config.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file {@code models.yaml}: facts and prices of models. Immutable.
 *
 * @param models entries by {@code provider/model}; a name that ends in {@code *} matches all names
 *     with that beginning
 */
public record ModelFile(Map<String, ModelEntry> models) {
  public ModelFile {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** An empty file. */
  public static ModelFile defaults() {
    return new ModelFile(Map.of());
  }
}
