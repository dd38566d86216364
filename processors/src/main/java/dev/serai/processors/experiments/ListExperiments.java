package dev.serai.processors.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;

/** Lists the experiments of the caller's tenant, the newest first. Thread-safe. */
final class ListExperiments extends JsonStep {
  private final ExperimentStore store;

  ListExperiments(ExperimentStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.Page<Experiment> page = Pages.read(request, caller, store::list);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    page.items().forEach(one -> ExperimentJson.write(json, one));
    return json.endArray().member("has_more", page.more()).endObject().bytes();
  }
}
