package dev.serai.processors.models;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.ListedModel;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the models that callers may ask for, the default model, and the models that the operator
 * prefers, which are the aliases. A context window that is not known is null. Thread-safe.
 */
public final class ListChatModels implements Processor {
  private final ListedModels models;

  public ListChatModels(ListedModels models) {
    this.models = models;
  }

  @Override
  public void process(Exchange exchange) {
    List<ListedModel> all = models.all(Calls.caller(exchange).identity().models());
    JsonWriter json = new JsonWriter().beginObject().name("models").beginArray();
    all.forEach(model -> write(json, model));
    json.endArray().member("default", models.defaultModel());
    json.member("total_available", all.size()).name("preferred").beginArray();
    all.stream().filter(ListedModel::isAlias).map(ListedModel::name).forEach(json::value);
    exchange.getMessage().setBody(JsonReply.of(json.endArray().endObject().bytes()));
  }

  private static void write(JsonWriter json, ListedModel model) {
    String id = model.name();
    json.beginObject().member("id", id);
    json.member("name", model.isAlias() ? id : id.substring(id.indexOf('/') + 1));
    json.member("provider", model.owner()).member("available", true);
    model
        .facts()
        .contextLength()
        .ifPresentOrElse(
            n -> json.member("context_window", n), () -> json.nullMember("context_window"));
    String description = model.isAlias() ? "An alias" : "A model of the provider " + model.owner();
    json.member("description", description).member("is_preferred", model.isAlias()).endObject();
  }
}
