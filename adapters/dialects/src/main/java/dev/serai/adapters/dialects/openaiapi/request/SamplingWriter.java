package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.adapters.dialects.openaiapi.ModelTraits;
import dev.serai.adapters.dialects.openaiapi.ReasoningEffort;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.json.JsonWriter;
import java.util.OptionalDouble;

/** Writes {@code temperature} and {@code top_p}, which both APIs have. Stateless. */
public final class SamplingWriter {
  private SamplingWriter() {}

  /** Writes the parameters if the model accepts them; else reports values other than 1. */
  public static void write(Sampling sampling, String model, JsonWriter out, DroppedFields dropped) {
    ModelTraits traits = new ModelTraits(model);
    if (traits.takesSampling(ReasoningEffort.sent(sampling.reasoning(), traits))) {
      sampling.temperature().ifPresent(value -> out.name("temperature").value(value));
      sampling.topP().ifPresent(value -> out.name("top_p").value(value));
    } else {
      report("temperature", sampling.temperature(), dropped);
      report("top_p", sampling.topP(), dropped);
    }
  }

  /** The default is 1: to leave it out changes nothing. */
  private static void report(String member, OptionalDouble value, DroppedFields dropped) {
    if (value.orElse(1) != 1) {
      dropped.add(member);
    }
  }
}
