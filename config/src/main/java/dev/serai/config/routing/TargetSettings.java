package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.ShortForm;

/**
 * A target or a fallback of an alias.
 *
 * @param model the model, as provider/model; not another alias
 * @param weight its share of the calls, relative to the other targets; fallbacks are tried in
 *     order, whatever their weight
 */
public record TargetSettings(
    @Required @ShortForm String model, @Range(min = 1, max = 1_000_000) int weight) {
  /**
   * @throws IllegalArgumentException if the model lacks its provider or its name, or is a pattern
   */
  public TargetSettings {
    int slash = model.indexOf('/');
    if (!model.isEmpty() && (slash < 1 || slash == model.length() - 1)) {
      throw new IllegalArgumentException(
          "model must have the form provider/model"
              + (slash < 0 ? ", as in PROVIDER/" + model : "")
              + "; it cannot be another alias");
    }
    if (model.contains("*")) {
      throw new IllegalArgumentException("model must be one exact model; * matches nothing here");
    }
  }

  /** Whether a name is that of one model of a provider. */
  public static boolean isOne(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && slash < name.length() - 1 && !name.contains("*");
  }

  /** Weight 1, without a model, which must be set. */
  public static TargetSettings defaults() {
    return new TargetSettings("", 1);
  }

  /** The provider's name; empty if the model was refused. */
  public String provider() {
    return model.substring(0, Math.max(0, model.indexOf('/')));
  }

  /** The model's name at the provider. */
  public String providerModel() {
    return model.substring(model.indexOf('/') + 1);
  }
}
