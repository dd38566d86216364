package dev.serai.processors.edge;

import dev.serai.core.call.ProviderProfile;
import dev.serai.core.call.Providers;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.port.ModelCatalogue;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for, or one of them when the path names it: aliases, and
 * {@code provider/model} for every provider that is up. OpenAI's shape. Thread-safe.
 */
public final class ListModels implements Processor {
  private static final String PATH = "/v1/models";

  private final Providers providers;
  private final ModelCatalogue catalogue;

  public ListModels(Providers providers, ModelCatalogue catalogue) {
    this.providers = providers;
    this.catalogue = catalogue;
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    String body =
        path.length() <= PATH.length() + 1 ? all() : one(path.substring(PATH.length() + 1));
    exchange
        .getMessage()
        .setBody(
            new Reply.Complete(
                200,
                new HeaderFields().add("content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
  }

  private String all() {
    StringBuilder json = new StringBuilder(1024).append("{\"object\":\"list\",\"data\":[");
    String comma = "";
    for (Map.Entry<String, String> model : names().entrySet()) {
      json.append(comma);
      append(json, model.getKey(), model.getValue());
      comma = ",";
    }
    return json.append("]}").toString();
  }

  private String one(String encoded) {
    String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    String owner = names().get(name);
    if (owner == null) {
      throw CallerProblem.unknownModel(name);
    }
    StringBuilder json = new StringBuilder(128);
    append(json, name, owner);
    return json.toString();
  }

  /** Every name and who owns it, in the order listed. */
  private Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String alias : catalogue.aliases()) {
      names.put(alias, "serai");
    }
    for (ProviderProfile provider : providers.all()) {
      for (String model : provider.models()) {
        names.put(provider.name() + "/" + model, provider.name());
      }
      for (String model : catalogue.modelsOf(provider.name())) {
        names.put(provider.name() + "/" + model, provider.name());
      }
    }
    return names;
  }

  private static void append(StringBuilder json, String name, String owner) {
    json.append("{\"id\":");
    quote(json, name);
    json.append(",\"object\":\"model\",\"created\":0,\"owned_by\":");
    quote(json, owner);
    json.append('}');
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ') {
        json.append(c);
      }
    }
    json.append('"');
  }
}
