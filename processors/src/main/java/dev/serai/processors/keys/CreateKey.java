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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;

/** Creates an API key and shows it, this once. Thread-safe. */
public final class CreateKey extends OffLoop {
  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "role",
          "tenant",
          "team",
          "user",
          "models",
          "tools",
          "tags",
          "disabled",
          "expires_at",
          "limits",
          "limit",
          "limit_reset");

  private final KeyStore store;
  private final KeyRequestReader reader;
  private final InstantSource clock;

  public CreateKey(KeyStore store, KeyRequestReader reader, InstantSource clock, EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  protected void work(Exchange exchange) {
    Caller caller = Calls.caller(exchange);
    KeyRequest request = reader.read(Calls.body(exchange, InboundRequest.class).body(), MEMBERS);
    if (request.name().isEmpty()) {
      throw CallerProblem.invalid("name", "A key needs a name, which usage and logs show.");
    }
    Instant now = clock.instant();
    ApiKey key = request.create(caller.tenant(), now);
    requireFuture(key, now);
    KeyRights.requireManagerFirst(caller, key);
    KeyRights.requireCovered(caller, key);
    ApiKey.Usage usage = store.usage(List.of(key)).getFirst(); // of an earlier key of this name
    exchange.getMessage().setBody(JsonReply.uncached(KeyJson.issued(store.create(key), usage)));
  }

  /** Refuses a key that would never work. */
  static void requireFuture(ApiKey key, Instant now) {
    if (key.expires().isPresent() && !key.expires().get().isAfter(now)) {
      throw CallerProblem.invalid("expires_at", "The time in 'expires_at' has passed.");
    }
  }
}
