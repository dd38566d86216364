package dev.serai.core.experiment.assigned;

import dev.serai.core.json.JsonWriter;

/**
 * The variant of a call that takes part in an experiment. Immutable.
 *
 * @param experiment the ID of the experiment
 * @param variant the name of the variant
 * @param challenger whether it is another variant than the first one
 */
public record Assignment(String experiment, String variant, boolean challenger) {
  /** As the header field {@code x-serai-experiment} has it. */
  public String label() {
    return experiment + '/' + variant;
  }

  /** The reason of a plan that the experiment has led to. */
  public String reason(String ofVariant) {
    return "experiment " + label() + ", " + ofVariant;
  }

  /** Writes it as an object. */
  public void write(JsonWriter json) {
    json.beginObject()
        .member("id", experiment)
        .member("variant", variant)
        .member("challenger", challenger)
        .endObject();
  }
}
