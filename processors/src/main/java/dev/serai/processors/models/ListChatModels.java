package dev.serai.processors.models;

import dev.serai.core.model.ListedModel;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.JsonText;
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
    List<ListedModel> all = models.all();
    JsonText json = new JsonText().open().list("models");
    all.forEach(model -> write(json, model));
    json.closeList().field("default", models.defaultModel());
    json.field("total_available", all.size()).list("preferred");
    all.stream().filter(ListedModel::isAlias).map(ListedModel::name).forEach(json::element);
    exchange.getMessage().setBody(JsonReply.of(json.closeList().close().bytes()));
  }

  private static void write(JsonText json, ListedModel model) {
    String id = model.name();
    json.open().field("id", id);
    json.field("name", model.isAlias() ? id : id.substring(id.indexOf('/') + 1));
    json.field("provider", model.owner()).field("available", true);
    model
        .facts()
        .contextLength()
        .ifPresentOrElse(
            n -> json.field("context_window", n), () -> json.unknown("context_window"));
    String description = model.isAlias() ? "An alias" : "A model of the provider " + model.owner();
    json.field("description", description).field("is_preferred", model.isAlias()).close();
  }
}
