package dev.serai.processors.model;

import dev.serai.core.http.InboundRequest;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.ModelNames;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for, or one of them when the path names it: aliases, and
 * {@code provider/model} for every provider that is up. OpenAI's shape, with what is known of each
 * model in OpenRouter's words beside it; what is not known is null or left out. Thread-safe.
 */
public final class ListModels implements Processor {
  private static final String PATH = "/v1/models";

  private final ModelNames names;

  public ListModels(ModelNames names) {
    this.names = names;
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    String body =
        path.length() <= PATH.length() + 1 ? all() : one(path.substring(PATH.length() + 1));
    exchange.getMessage().setBody(JsonReply.of(body));
  }

  private String all() {
    StringBuilder json = new StringBuilder(1024).append("{\"object\":\"list\",\"data\":[");
    String comma = "";
    for (Map.Entry<String, String> model : names.all().entrySet()) {
      json.append(comma);
      append(json, model.getKey(), model.getValue());
      comma = ",";
    }
    return json.append("]}").toString();
  }

  private String one(String encoded) {
    Map.Entry<String, String> found = names.find(encoded);
    StringBuilder json = new StringBuilder(128);
    append(json, found.getKey(), found.getValue());
    return json.toString();
  }

  private void append(StringBuilder json, String name, String owner) {
    json.append("{\"id\":").append(JsonReply.quoted(name));
    json.append(",\"object\":\"model\",\"created\":0,\"owned_by\":");
    json.append(JsonReply.quoted(owner));
    ModelFactsJson.append(json, names.facts(name));
    json.append('}');
  }
}
