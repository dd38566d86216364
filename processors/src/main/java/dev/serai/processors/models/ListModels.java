package dev.serai.processors.models;

import dev.serai.core.caller.AllowList;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.ModelListSurface;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the models that clients may ask for, or shows the one that the request names, in the form
 * that the client reads. Thread-safe.
 */
public final class ListModels implements Processor {
  private final ListedModels models;
  private final List<ModelListSurface> surfaces;

  /**
   * @param surfaces in order of preference: several share a path and recognise clients by headers
   */
  public ListModels(ListedModels models, List<ModelListSurface> surfaces) {
    this.models = models;
    this.surfaces = List.copyOf(surfaces);
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    ModelListSurface surface = surfaceOf(request, surfaces);
    Optional<String> name = surface.readName(request);
    AllowList allowed = Calls.caller(exchange).identity().models();
    if (name.isEmpty()) {
      surface.checkPage(request);
    }
    byte[] body =
        name.isEmpty()
            ? surface.writeList(models.all(allowed))
            : surface.writeOne(
                models
                    .find(name.get(), allowed)
                    .orElseThrow(
                        () -> surface.unknown(name.get(), models.unknown(name.get(), allowed))));
    exchange.getMessage().setBody(JsonReply.of(body));
  }

  /** The first surface that owns the request. If there is none, the routes are wrong. */
  static ModelListSurface surfaceOf(InboundRequest request, List<ModelListSurface> surfaces) {
    return surfaces.stream()
        .filter(surface -> surface.owns(request))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no list of models at " + request.path()));
  }
}
