package dev.serai.processors.admin;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.IssuedKey;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.support.EventLoops;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Creates a key with a role and shows it, this once. Thread-safe. */
final class CreateAdminKey extends JsonStep {
  private static final Set<String> MEMBERS = Set.of("roles", "name", "tenant", "expires_at");

  private final KeyStore store;
  private final KeyRequestReader reader;
  private final InstantSource clock;

  CreateAdminKey(KeyStore store, KeyRequestReader reader, InstantSource clock, EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest inbound) {
    KeyRequest request = reader.read(inbound.body(), MEMBERS);
    if (request.role().isEmpty()) {
      throw CallerProblem.invalid("roles", "'roles' must have one role, such as [\"read\"].");
    }
    Instant now = clock.instant();
    ApiKey wanted = request.create(caller.tenant(), "admin-" + now.toEpochMilli(), now);
    KeyRights.requireFuture(wanted, now);
    KeyRights.requireManagerFirst(caller, wanted);
    KeyRights.requireCovered(caller, wanted);
    IssuedKey issued = store.create(wanted);
    return AdminKeyJson.members(new JsonWriter().beginObject(), issued.key())
        .member("key", issued.secret())
        .endObject()
        .bytes();
  }
}
