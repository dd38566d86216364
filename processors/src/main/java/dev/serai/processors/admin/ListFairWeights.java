package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import org.apache.camel.CamelContext;

/** Lists the weights of the fair queue. Thread-safe. */
final class ListFairWeights extends AdminReport {
  private final FairQueueState queue;

  ListFairWeights(FairQueueState queue) {
    this.queue = queue;
  }

  @Override
  void write(JsonWriter json, CamelContext camel) {
    queue.writeWeights(json);
  }
}
