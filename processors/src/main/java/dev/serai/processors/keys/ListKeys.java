package dev.serai.processors.keys;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyStore;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/** Lists API keys by page, the newest first, without the keys themselves. Thread-safe. */
public final class ListKeys extends OffLoop {
  private final KeyStore store;

  public ListKeys(KeyStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    Pages.Page<ApiKey> page = Pages.read(request, Calls.caller(exchange), store::list);
    exchange
        .getMessage()
        .setBody(
            JsonReply.uncached(KeyJson.page(page.items(), store.usage(page.items()), page.more())));
  }
}
