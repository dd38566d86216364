package dev.serai.processors.admin;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;

/** Lists stored keys with their roles by page, the newest first. Thread-safe. */
final class ListAdminKeys extends JsonStep {
  private final KeyStore store;

  ListAdminKeys(KeyStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.Page<ApiKey> page = Pages.read(request, caller, store::list);
    JsonWriter json = new JsonWriter().beginObject().name("keys").beginArray();
    page.items().forEach(key -> AdminKeyJson.members(json.beginObject(), key).endObject());
    return json.endArray().member("has_more", page.more()).endObject().bytes();
  }
}
