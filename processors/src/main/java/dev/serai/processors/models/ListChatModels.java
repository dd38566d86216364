package dev.serai.processors.models;

import dev.serai.processors.support.JsonReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for, which one is taken where a caller leaves it out, and
 * which the operator prefers: his aliases. A context window that is not known is null. Thread-safe.
 */
public final class ListChatModels implements Processor {
  private final ModelNames names;

  public ListChatModels(ModelNames names) {
    this.names = names;
  }

  @Override
  public void process(Exchange exchange) {
    Map<String, String> all = names.all();
    List<String> preferred = new ArrayList<>();
    StringBuilder json = new StringBuilder(4096).append("{\"models\":[");
    for (Map.Entry<String, String> model : all.entrySet()) {
      boolean alias = model.getValue().equals(ModelNames.ALIAS);
      if (alias) {
        preferred.add(JsonReply.quoted(model.getKey()));
      }
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      append(json, model.getKey(), model.getValue(), alias);
    }
    json.append("],\"default\":").append(JsonReply.quoted(names.usual()));
    json.append(",\"total_available\":").append(all.size());
    json.append(",\"preferred\":[").append(String.join(",", preferred)).append("]}");
    exchange.getMessage().setBody(JsonReply.of(json.toString()));
  }

  private void append(StringBuilder json, String id, String provider, boolean preferred) {
    String name = id.substring(preferred ? 0 : id.indexOf('/') + 1);
    String description = preferred ? "An alias" : "A model of the provider " + provider;
    json.append("{\"id\":").append(JsonReply.quoted(id));
    json.append(",\"name\":").append(JsonReply.quoted(name));
    json.append(",\"provider\":").append(JsonReply.quoted(provider));
    json.append(",\"available\":true,\"context_window\":");
    json.append(ModelFactsJson.number(names.facts(id).contextLength()));
    json.append(",\"description\":");
    json.append(JsonReply.quoted(description));
    json.append(",\"is_preferred\":").append(preferred).append('}');
  }
}
