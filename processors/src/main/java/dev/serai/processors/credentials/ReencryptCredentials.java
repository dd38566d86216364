package dev.serai.processors.credentials;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Encrypts all stored keys of providers with the first master key. Thread-safe. */
final class ReencryptCredentials extends JsonStep {
  private final CredentialStore store;

  ReencryptCredentials(CredentialStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    return new JsonWriter()
        .beginObject()
        .member("reencrypted", store.reencrypt())
        .endObject()
        .bytes();
  }
}
