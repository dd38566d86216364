package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.TenantUser;
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

/** Lists, creates, shows, changes and deletes users that are stored. Thread-safe. */
public final class ServeUsers extends OffLoop {
  private static final String PATH = "/v1/users/";
  private static final Set<String> MEMBERS =
      Set.of("name", "tenant", "role", "teams", "description", "disabled");
  private static final Set<String> CHANGEABLE = Set.of("role", "teams", "description", "disabled");

  private final PeopleStore<TenantUser> store;
  private final PeopleRequestReader reader;
  private final InstantSource clock;

  public ServeUsers(
      PeopleStore<TenantUser> store,
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
                  : PeopleJson.page(Pages.read(request, caller, store::list), PeopleJson::user);
        };
    exchange.getMessage().setBody(JsonReply.uncached(reply));
  }

  private static byte[] json(TenantUser user) {
    return PeopleJson.one(user, PeopleJson::user);
  }

  private TenantUser create(Caller caller, InboundRequest request) {
    PeopleRequest read = reader.read(request.body(), MEMBERS);
    if (read.name().isEmpty()) {
      throw CallerProblem.invalid("name", "A user needs a name, which its keys have.");
    }
    TenantUser wanted = read.user(caller.tenant(), now());
    requireCovered(caller, wanted);
    return store.create(KeyRights.requireNotOwnEnd(caller, wanted));
  }

  private TenantUser find(Caller caller, String id) {
    return store
        .find(id)
        .filter(user -> KeyRights.sees(caller, user.tenant()))
        .orElseThrow(ServeUsers::unknown);
  }

  private TenantUser changed(Caller caller, String id, byte[] body) {
    PeopleRequest read = reader.read(body, CHANGEABLE);
    find(caller, id);
    Instant now = now();
    return store
        .change(id, known -> changed(caller, known, read, now))
        .orElseThrow(ServeUsers::unknown);
  }

  private static TenantUser changed(
      Caller caller, TenantUser known, PeopleRequest read, Instant now) {
    TenantUser changed = read.changed(requireCovered(caller, known), now);
    return KeyRights.requireNotOwnEnd(caller, requireCovered(caller, changed));
  }

  /** No caller manages a user that may do more than itself. */
  private static TenantUser requireCovered(Caller caller, TenantUser user) {
    KeyRights.requireSeen(caller, user.tenant());
    KeyRights.requireCovered(caller, user.role());
    return user;
  }

  /** The time as it is stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private byte[] deleted(Caller caller, String id) {
    requireCovered(caller, find(caller, id));
    if (!store.delete(id)) {
      throw unknown();
    }
    return KeyJson.deleted(id);
  }

  private static CallerProblem unknown() {
    return new CallerProblem(
        404, "user_not_found", "There is no user with that ID.", Optional.of("id"));
  }
}
