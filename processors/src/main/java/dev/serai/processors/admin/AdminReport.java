package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import dev.serai.processors.support.JsonReply;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step that replies with what is in memory, as a JSON object. Thread-safe. */
abstract class AdminReport implements Processor {
  /** Writes the members of the reply. */
  abstract void write(JsonWriter json, CamelContext camel);

  @Override
  public final void process(Exchange exchange) {
    JsonWriter json = new JsonWriter().beginObject();
    write(json, exchange.getContext());
    exchange.getMessage().setBody(JsonReply.uncached(json.endObject().bytes()));
  }

  static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
