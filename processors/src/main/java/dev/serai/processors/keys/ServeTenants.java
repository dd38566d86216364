package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.Tenant;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** Lists, creates, shows, changes and deletes tenants that are stored. Thread-safe. */
public final class ServeTenants extends OffLoop {
  private static final String PATH = "/v1/tenants/";
  private static final Set<String> MEMBERS = Set.of("id", "description", "time_zone", "disabled");
  private static final Set<String> CHANGEABLE = Set.of("description", "time_zone", "disabled");

  private final PeopleStore<Tenant> store;
  private final PeopleRequestReader reader;
  private final InstantSource clock;

  public ServeTenants(
      PeopleStore<Tenant> store,
      PeopleRequestReader reader,
      InstantSource clock,
      EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    Caller caller = Calls.caller(exchange);
    boolean one = request.path().startsWith(PATH);
    String id = one ? request.path().substring(PATH.length()) : "";
    byte[] reply =
        switch (request.method()) {
          case "POST" -> json(create(caller, request));
          case "PATCH" -> json(changed(caller, id, request.body()));
          case "DELETE" -> deleted(caller, id);
          default ->
              one
                  ? json(find(caller, id))
                  : PeopleJson.page(Pages.read(request, caller, store::list), PeopleJson::tenant);
        };
    exchange.getMessage().setBody(JsonReply.uncached(reply));
  }

  private static byte[] json(Tenant tenant) {
    return PeopleJson.one(tenant, PeopleJson::tenant);
  }

  private Tenant create(Caller caller, InboundRequest request) {
    PeopleRequest read = reader.read(request.body(), MEMBERS);
    if (read.id().isEmpty()) {
      throw CallerProblem.invalid("id", "A tenant needs an id: the name that its keys have.");
    }
    Tenant wanted = read.tenant(now());
    KeyRights.requireSeen(caller, wanted.id());
    return store.create(KeyRights.requireNotOwnEnd(caller, wanted));
  }

  private Tenant find(Caller caller, String id) {
    return store
        .find(id)
        .filter(tenant -> KeyRights.sees(caller, tenant.id()))
        .orElseThrow(ServeTenants::unknown);
  }

  private Tenant changed(Caller caller, String id, byte[] body) {
    PeopleRequest read = reader.read(body, CHANGEABLE);
    find(caller, id);
    Instant now = now();
    return store
        .change(id, known -> changed(caller, known, read, now))
        .orElseThrow(ServeTenants::unknown);
  }

  private static Tenant changed(Caller caller, Tenant known, PeopleRequest read, Instant now) {
    KeyRights.requireSeen(caller, known.id());
    return KeyRights.requireNotOwnEnd(caller, read.changed(known, now));
  }

  /** The time as it is stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private byte[] deleted(Caller caller, String id) {
    find(caller, id);
    if (!store.delete(id)) {
      throw unknown();
    }
    return KeyJson.deleted(id);
  }

  private static CallerProblem unknown() {
    return new CallerProblem(
        404, "tenant_not_found", "There is no tenant with that ID.", Optional.of("id"));
  }
}
