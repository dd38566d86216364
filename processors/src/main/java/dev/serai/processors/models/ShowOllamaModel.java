package dev.serai.processors.models;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Shows one model in Ollama's shape. Whether it calls tools only its provider knows: the gateway
 * says yes, so that clients offer them. Thread-safe.
 */
public final class ShowOllamaModel implements Processor {
  private final ModelNames names;
  private final Function<byte[], String> asked;

  /**
   * @param asked reads the model's name from a request
   */
  public ShowOllamaModel(ModelNames names, Function<byte[], String> asked) {
    this.names = names;
    this.asked = asked;
  }

  @Override
  public void process(Exchange exchange) {
    String name = asked.apply(Calls.body(exchange, InboundRequest.class).body());
    if (!names.leadsSomewhere(name)) {
      throw new CallerProblem(
          404, "model_not_found", "model '" + name + "' not found", Optional.of("model"));
    }
    int slash = name.indexOf('/');
    String provider = slash > 0 ? name.substring(0, slash) : ModelNames.ALIAS;
    exchange
        .getMessage()
        .setBody(
            JsonReply.of(
                "{\"modelfile\":\"\",\"parameters\":\"\",\"template\":\"\",\"details\":"
                    + OllamaDetails.of(provider)
                    + ",\"model_info\":{\"general.architecture\":"
                    + JsonReply.quoted(provider)
                    + ",\"general.basename\":"
                    + JsonReply.quoted(name)
                    + "},\"capabilities\":[\"completion\",\"tools\"],"
                    + "\"modified_at\":\"1970-01-01T00:00:00Z\"}"));
  }
}
