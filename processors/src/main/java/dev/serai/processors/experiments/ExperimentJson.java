package dev.serai.processors.experiments;

import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Variant;
import dev.serai.core.json.JsonWriter;

/** Writes experiments as JSON. Pure. */
final class ExperimentJson {
  private ExperimentJson() {}

  static byte[] of(Experiment experiment) {
    JsonWriter json = new JsonWriter();
    write(json, experiment);
    return json.bytes();
  }

  static void write(JsonWriter json, Experiment experiment) {
    json.beginObject()
        .member("id", experiment.id())
        .member("tenant", experiment.tenant())
        .member("model", experiment.model())
        .member("unit", experiment.unit().label())
        .member("status", experiment.status().label())
        .member("automatic", experiment.rounds().automatic())
        .member("round", experiment.rounds().number())
        .name("variants")
        .beginArray();
    for (Variant variant : experiment.variants()) {
      json.beginObject()
          .member("name", variant.name())
          .member("model", variant.model())
          .member("weight", variant.weight());
      if (variant.isShadow()) {
        json.member("shadow", variant.shadow());
      }
      json.endObject();
    }
    json.endArray().endObject();
  }
}
