package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PathId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** Shows, changes, rotates and deletes one API key. Thread-safe. */
public final class ServeKey extends OffLoop {
  private static final String PATH = "/v1/keys/";
  private static final Set<String> CHANGEABLE =
      Set.of(
          "name",
          "models",
          "tools",
          "tags",
          "disabled",
          "expires_at",
          "limits",
          "limit",
          "limit_reset");
  private static final Set<String> OF_ROTATION = Set.of("overlap_seconds");

  private final KeyStore store;
  private final KeyRequestReader reader;
  private final InstantSource clock;

  public ServeKey(KeyStore store, KeyRequestReader reader, InstantSource clock, EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    Caller caller = Calls.caller(exchange);
    String id = PathId.after(PATH, request);
    byte[] reply =
        switch (request.method()) {
          case "PATCH" -> shown(changed(caller, id, request.body()));
          case "DELETE" -> deleted(caller, id);
          case "POST" -> rotated(caller, id, request.body());
          default -> shown(find(caller, id));
        };
    exchange.getMessage().setBody(JsonReply.uncached(reply));
  }

  private ApiKey find(Caller caller, String id) {
    return store.find(id).filter(key -> KeyRights.sees(caller, key)).orElseThrow(ServeKey::unknown);
  }

  private ApiKey changed(Caller caller, String id, byte[] body) {
    KeyRequest request = reader.read(body, CHANGEABLE);
    requireManageable(caller, id);
    Instant now = clock.instant();
    return store
        .change(id, key -> changed(caller, key, request, now))
        .orElseThrow(ServeKey::unknown);
  }

  private static ApiKey changed(Caller caller, ApiKey key, KeyRequest request, Instant now) {
    ApiKey changed = request.change(key, now);
    KeyRights.requireCovered(caller, changed);
    if (request.expires().isPresent()) {
      CreateKey.requireFuture(changed, now);
    }
    return changed;
  }

  private byte[] shown(ApiKey key) {
    return KeyJson.one(key, usage(key));
  }

  private ApiKey.Usage usage(ApiKey key) {
    return store.usage(List.of(key)).getFirst();
  }

  /** Its usage is read before: if that failed after, the reply would lack the new key. */
  private byte[] rotated(Caller caller, String id, byte[] body) {
    Duration overlap = reader.read(body, OF_ROTATION).overlap().orElse(Duration.ZERO);
    ApiKey.Usage usage = usage(requireManageable(caller, id));
    return KeyJson.issued(store.rotate(id, overlap).orElseThrow(ServeKey::unknown), usage);
  }

  private byte[] deleted(Caller caller, String id) {
    requireManageable(caller, id);
    if (!store.delete(id)) {
      throw unknown();
    }
    return KeyJson.deleted(id);
  }

  private ApiKey requireManageable(Caller caller, String id) {
    ApiKey key = find(caller, id);
    KeyRights.requireCovered(caller, key);
    return key;
  }

  private static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "key_not_found",
        "There is no API key with that ID. GET /v1/keys lists them with their IDs.",
        Optional.of("id"));
  }
}
