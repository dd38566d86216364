package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.support.EventLoops;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Creates an API key and shows it, this once. Thread-safe. */
final class CreateKey extends JsonStep {
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
  private final Function<List<String>, List<String>> unserved;

  CreateKey(
      KeyStore store,
      KeyRequestReader reader,
      InstantSource clock,
      Function<List<String>, List<String>> unserved,
      EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
    this.clock = clock;
    this.unserved = unserved;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest inbound) {
    KeyRequest request = reader.read(inbound.body(), MEMBERS);
    if (request.name().isEmpty()) {
      throw CallerProblem.invalid("name", "A key needs a name, which usage and logs show.");
    }
    Instant now = clock.instant();
    ApiKey key = request.create(caller.tenant(), now);
    KeyRights.requireFuture(key, now);
    KeyRights.requireManagerFirst(caller, key);
    KeyRights.requireCovered(caller, key);
    ApiKey.Usage usage = store.usage(List.of(key)).getFirst(); // of an earlier key of this name
    List<String> warnings = unserved.apply(request.models().orElse(List.of()));
    return KeyJson.created(store.create(key), usage, warnings);
  }
}
