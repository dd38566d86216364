package dev.serai.processors.models;

import dev.serai.core.caller.AllowList;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.ModelListSurface;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Shows the model that the request names, listed or not, in the form that the client reads.
 * Thread-safe.
 */
public final class ShowModel implements Processor {
  private final ListedModels models;
  private final List<ModelListSurface> surfaces;

  public ShowModel(ListedModels models, List<ModelListSurface> surfaces) {
    this.models = models;
    this.surfaces = List.copyOf(surfaces);
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    ModelListSurface surface = ListModels.surfaceOf(request, surfaces);
    String name =
        surface
            .readName(request)
            .orElseThrow(() -> new IllegalStateException("no model is named at " + request.path()));
    AllowList allowed = Calls.caller(exchange).identity().models();
    exchange
        .getMessage()
        .setBody(
            JsonReply.of(
                surface.writeOne(
                    models
                        .reach(name, allowed)
                        .orElseThrow(() -> surface.unknown(name, models.unknown(name, allowed))))));
  }
}
