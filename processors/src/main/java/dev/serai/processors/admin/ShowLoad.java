package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.core.provider.ProviderStatus.State;
import java.util.List;
import org.apache.camel.CamelContext;

/** Shows what the gateway serves at this moment. Thread-safe. */
final class ShowLoad extends AdminReport {
  private final AdminSteps.Facts facts;
  private final FairQueueState queue;

  ShowLoad(AdminSteps.Facts facts, FairQueueState queue) {
    this.facts = facts;
    this.queue = queue;
  }

  @Override
  void write(JsonWriter json, CamelContext camel) {
    json.member("connections", facts.connections())
        .member("in_flight", facts.inFlight())
        .member("streams", facts.streams())
        .name("memory")
        .beginObject()
        .member("held_bytes", facts.memory().taken())
        .member("limit_bytes", facts.memory().capacity())
        .endObject();
    queue.writeCounts(json.name("fair_queue"));
    List<ProviderStatus> all = facts.providers();
    json.name("providers").beginObject();
    for (State state : State.values()) {
      json.member(word(state), all.stream().filter(one -> one.state() == state).count());
    }
    json.endObject();
  }
}
