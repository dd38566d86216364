package dev.serai.processors.responses;

import dev.serai.core.responses.ResponseStore;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that work with stored responses. The steps are thread-safe. */
public final class ResponseSteps {
  private ResponseSteps() {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(ResponseStore store, EventLoops loops) {
    return Map.of(
        "recall-response", new RecallResponse(store, loops),
        "show-response", new ShowResponse(store, loops),
        "list-input-items", new ListInputItems(store, loops),
        "cancel-response", new CancelResponse(store, loops),
        "delete-response", new DeleteResponse(store, loops));
  }
}
