package dev.serai.config.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file {@code models.yaml}: what an operator knows of models. Immutable.
 *
 * @param models by {@code provider/model}; a name that ends in {@code *} stands for all that begin
 *     like it
 */
public record ModelFile(Map<String, ModelEntry> models) {
  public ModelFile {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** An empty one. */
  public static ModelFile defaults() {
    return new ModelFile(Map.of());
  }
}
