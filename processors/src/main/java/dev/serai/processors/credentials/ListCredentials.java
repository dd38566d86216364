package dev.serai.processors.credentials;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.core.provider.credential.ProviderCredential;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;

/** Lists the stored keys of providers, without the keys themselves. Thread-safe. */
final class ListCredentials extends JsonStep {
  private final CredentialStore store;

  ListCredentials(CredentialStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.requireNone(request);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    store.list().forEach(each -> write(json, each));
    return json.endArray().endObject().bytes();
  }

  /** Writes what may be shown of a stored key. */
  static void write(JsonWriter json, ProviderCredential credential) {
    json.beginObject()
        .member("id", credential.id())
        .member("provider", credential.provider())
        .member("hint", credential.hint())
        .member("master_key_id", credential.masterKey())
        .member("usable", credential.usable())
        .member("created_at", credential.created())
        .endObject();
  }
}
