package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.keys.LastKey;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.support.EventLoops;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Changes an API key. Thread-safe. */
final class ChangeKey extends JsonStep {
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

  private final KeyStore store;
  private final ManagedKeys keys;
  private final KeyRequestReader reader;
  private final InstantSource clock;
  private final Function<List<String>, List<String>> unserved;
  private final Supplier<LastKey> last;

  ChangeKey(
      KeyStore store,
      KeyRequestReader reader,
      InstantSource clock,
      Function<List<String>, List<String>> unserved,
      Supplier<LastKey> last,
      EventLoops loops) {
    super(loops);
    this.store = store;
    this.keys = new ManagedKeys(store);
    this.reader = reader;
    this.clock = clock;
    this.unserved = unserved;
    this.last = last;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    KeyRequest changes = reader.read(request.body(), CHANGEABLE);
    String id = keys.manageable(caller, ManagedKeys.id(request)).id();
    Instant now = clock.instant();
    ApiKey changed =
        store
            .change(id, key -> changed(caller, key, changes, now))
            .orElseThrow(ManagedKeys::unknown);
    List<String> warnings = new ArrayList<>(unserved.apply(changes.models().orElse(List.of())));
    if (changed.disabled()) {
      last.get().warning(store, now).ifPresent(warnings::add);
    }
    return KeyJson.changed(changed, keys.usage(changed), warnings);
  }

  private static ApiKey changed(Caller caller, ApiKey key, KeyRequest changes, Instant now) {
    ApiKey changed = changes.change(key, now);
    KeyRights.requireCovered(caller, changed);
    if (changes.expires().isPresent()) {
      KeyRights.requireFuture(changed, now);
    }
    return changed;
  }
}
