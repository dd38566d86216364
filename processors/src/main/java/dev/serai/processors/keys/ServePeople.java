package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PathId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;

/**
 * Lists, creates, shows, changes and deletes entries of one kind, by the method and the path of the
 * request. Thread-safe.
 *
 * @param <T> tenants or users
 */
abstract class ServePeople<T> extends OffLoop {
  private final Kind<T> kind;
  private final PeopleStore<T> store;
  private final PeopleRequestReader reader;
  private final InstantSource clock;

  /**
   * What distinguishes tenants from users in requests and replies.
   *
   * @param path before the ID of an entry
   * @param members of a request to create an entry
   * @param changeable members of a request to change one
   * @param json writes an entry
   */
  record Kind<T>(
      String path, Set<String> members, Set<String> changeable, BiConsumer<JsonWriter, T> json) {}

  /**
   * What the step works with.
   *
   * @param clock the time of changes
   */
  record Parts<T>(
      PeopleStore<T> store, PeopleRequestReader reader, InstantSource clock, EventLoops loops) {}

  ServePeople(Kind<T> kind, Parts<T> parts) {
    super(parts.loops());
    this.kind = kind;
    this.store = parts.store();
    this.reader = parts.reader();
    this.clock = parts.clock();
  }

  /** The entry that a request describes, if the caller may create it. */
  abstract T wanted(Caller caller, PeopleRequest request, Instant now);

  /** The entry with what a request changes, if the caller may change it so. */
  abstract T changed(Caller caller, T known, PeopleRequest request, Instant now);

  /** Refuses a caller that may not delete an entry that it sees. */
  abstract void requireDeletable(Caller caller, T known);

  abstract boolean isSeen(Caller caller, T known);

  /** 404. */
  abstract CallerProblem unknown();

  @Override
  protected final void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    Caller caller = Calls.caller(exchange);
    String id = PathId.after(kind.path(), request);
    byte[] reply =
        switch (request.method()) {
          case "POST" -> json(created(caller, request.body()));
          case "PATCH" -> json(changed(caller, id, request.body()));
          case "DELETE" -> deleted(caller, id);
          default -> id.isEmpty() ? page(caller, request) : json(find(caller, id));
        };
    exchange.getMessage().setBody(JsonReply.uncached(reply));
  }

  private byte[] json(T entry) {
    return PeopleJson.one(entry, kind.json());
  }

  private byte[] page(Caller caller, InboundRequest request) {
    return PeopleJson.page(Pages.read(request, caller, store::list), kind.json());
  }

  private T created(Caller caller, byte[] body) {
    return store.create(wanted(caller, reader.read(body, kind.members()), now()));
  }

  private T find(Caller caller, String id) {
    return store.find(id).filter(known -> isSeen(caller, known)).orElseThrow(this::unknown);
  }

  private T changed(Caller caller, String id, byte[] body) {
    PeopleRequest request = reader.read(body, kind.changeable());
    find(caller, id);
    Instant now = now();
    return store
        .change(id, known -> changed(caller, known, request, now))
        .orElseThrow(this::unknown);
  }

  private byte[] deleted(Caller caller, String id) {
    requireDeletable(caller, find(caller, id));
    if (!store.delete(id)) {
      throw unknown();
    }
    return KeyJson.deleted(id);
  }

  /** The time as it is stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
