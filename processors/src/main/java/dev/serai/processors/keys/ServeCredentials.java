package dev.serai.processors.keys;

import dev.serai.config.read.Names;
import dev.serai.core.credential.CredentialRequest;
import dev.serai.core.credential.CredentialRequestReader;
import dev.serai.core.credential.CredentialStore;
import dev.serai.core.credential.ProviderCredential;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PathId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Lists, stores and deletes keys of providers, and encrypts them anew. No reply has a key.
 * Thread-safe.
 */
public final class ServeCredentials extends OffLoop {
  private static final String PATH = "/admin/credentials/";

  private final CredentialStore store;
  private final CredentialRequestReader reader;
  private final Supplier<Set<String>> providers;

  /**
   * @param providers names of the providers that take a stored key
   */
  public ServeCredentials(
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
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    String id = PathId.after(PATH, request);
    byte[] reply =
        switch (request.method()) {
          case "POST" -> id.isEmpty() ? created(request.body()) : reencrypted();
          case "DELETE" -> deleted(id);
          default -> list();
        };
    exchange.getMessage().setBody(JsonReply.uncached(reply));
  }

  private byte[] created(byte[] body) {
    CredentialRequest request = reader.read(body);
    requireKnown(request.provider());
    JsonWriter json = new JsonWriter().beginObject().name("data");
    write(json, store.create(request.provider(), request.key()));
    return json.endObject().bytes();
  }

  private void requireKnown(String provider) {
    Set<String> known = providers.get();
    if (!known.contains(provider)) {
      String meant =
          Names.closestTo(provider, known).map(name -> " Did you mean " + name + "?").orElse("");
      throw CallerProblem.invalid(
          "provider",
          "The settings have no provider '"
              + provider
              + "' with a key."
              + meant
              + " A provider of a route file has its key in the environment.");
    }
  }

  private byte[] reencrypted() {
    return new JsonWriter()
        .beginObject()
        .member("reencrypted", store.reencrypt())
        .endObject()
        .bytes();
  }

  private byte[] deleted(String id) {
    if (!store.delete(id)) {
      throw new CallerProblem(
          404, "credential_not_found", "There is no credential with that ID.", Optional.of("id"));
    }
    return KeyJson.deleted(id);
  }

  private byte[] list() {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    store.list().forEach(each -> write(json, each));
    return json.endArray().endObject().bytes();
  }

  private static void write(JsonWriter json, ProviderCredential credential) {
    json.beginObject()
        .member("id", credential.id())
        .member("provider", credential.provider())
        .member("hint", credential.hint())
        .member("master_key_id", credential.masterKey())
        .member("usable", credential.usable())
        .member("created_at", credential.created().toString())
        .endObject();
  }
}
