package dev.serai.processors.credentials;

import dev.serai.config.read.Names;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.credential.CredentialRequest;
import dev.serai.core.provider.credential.CredentialRequestReader;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.Set;
import java.util.function.Supplier;

/** Stores a key of a provider, encrypted. Thread-safe. */
final class CreateCredential extends JsonStep {
  private final CredentialStore store;
  private final CredentialRequestReader reader;
  private final Supplier<Set<String>> providers;

  CreateCredential(
      CredentialStore store,
      CredentialRequestReader reader,
      Supplier<Set<String>> providers,
      EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
    this.providers = providers;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest inbound) {
    CredentialRequest request = reader.read(inbound.body());
    requireKnown(request.provider());
    JsonWriter json = new JsonWriter().beginObject().name("data");
    ListCredentials.write(json, store.create(request.provider(), request.key()));
    return json.endObject().bytes();
  }

  /** The name is shown only if it is close to a known one: it may be a key by mistake. */
  private void requireKnown(String provider) {
    Set<String> known = providers.get();
    if (!known.contains(provider)) {
      String meant =
          Names.closestTo(provider, known)
              .map(name -> " '" + provider + "' with a key. Did you mean " + name + "?")
              .orElse(" of that name with a key.");
      throw CallerProblem.invalid(
          "provider",
          "The settings have no provider"
              + meant
              + " A provider of a route file has its key in the environment.");
    }
  }
}
