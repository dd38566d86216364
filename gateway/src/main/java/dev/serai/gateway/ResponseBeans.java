package dev.serai.gateway;

import dev.serai.core.port.CallListener;
import dev.serai.core.port.ResponseStore;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.kept.KeptInMemory;
import dev.serai.processors.edge.KeepResponse;
import dev.serai.processors.edge.RecallResponse;
import dev.serai.processors.edge.ServeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The steps around responses that are kept, by the names that routes use. */
final class ResponseBeans {
  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final Duration LIFE = Duration.ofDays(1);

  private final ResponseStore store;

  ResponseBeans(Ticker ticker) {
    store = new KeptInMemory(MOST_BYTES, LIFE, ticker);
  }

  Map<String, Object> all() {
    return Map.of(
        "recall-response", new RecallResponse(store), "serve-response", new ServeResponse(store));
  }

  /** These listeners, and the one that keeps what a call came to. */
  List<CallListener> with(List<CallListener> others) {
    List<CallListener> all = new ArrayList<>(others);
    all.add(new KeepResponse(store));
    return all;
  }
}
