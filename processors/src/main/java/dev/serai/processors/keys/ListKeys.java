package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;

/** Lists API keys by page, the newest first, without the keys themselves. Thread-safe. */
final class ListKeys extends JsonStep {
  private final KeyStore store;

  ListKeys(KeyStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.Page<ApiKey> page = Pages.read(request, caller, store::list);
    return KeyJson.page(page.items(), store.usage(page.items()), page.more());
  }
}
