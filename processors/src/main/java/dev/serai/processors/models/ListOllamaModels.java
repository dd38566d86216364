package dev.serai.processors.models;

import dev.serai.core.http.InboundRequest;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for in Ollama's shape: {@code /api/tags} all of them, {@code
 * /api/ps} none, since the gateway itself holds no model in memory. Sizes are not known and told as
 * 0. Thread-safe.
 */
public final class ListOllamaModels implements Processor {
  private static final String LOADED = "/api/ps";

  private final ModelNames names;

  public ListOllamaModels(ModelNames names) {
    this.names = names;
  }

  @Override
  public void process(Exchange exchange) {
    boolean loaded = Calls.body(exchange, InboundRequest.class).path().equals(LOADED);
    exchange.getMessage().setBody(JsonReply.of(loaded ? "{\"models\":[]}" : all()));
  }

  private String all() {
    StringBuilder json = new StringBuilder(4096).append("{\"models\":[");
    String comma = "";
    for (Map.Entry<String, String> model : names.all().entrySet()) {
      String name = JsonReply.quoted(model.getKey());
      json.append(comma).append("{\"name\":").append(name).append(",\"model\":").append(name);
      json.append(",\"modified_at\":\"1970-01-01T00:00:00Z\",\"size\":0,\"digest\":\"");
      json.append(OllamaDetails.digest(model.getKey())).append("\",\"details\":");
      json.append(OllamaDetails.of(model.getValue())).append('}');
      comma = ",";
    }
    return json.append("]}").toString();
  }
}
