package dev.serai.processors.people;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.management.PathId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The stored entries of one kind, as far as a caller may see and manage them. Each operation reads
 * a request and returns the JSON of its reply. Thread-safe.
 *
 * @param <T> tenants or users
 */
abstract class People<T> {
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
   * @param clock the time of changes
   */
  People(Kind<T> kind, PeopleStore<T> store, PeopleRequestReader reader, InstantSource clock) {
    this.kind = kind;
    this.store = store;
    this.reader = reader;
    this.clock = clock;
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

  final byte[] list(Caller caller, InboundRequest request) {
    return PeopleJson.page(Pages.read(request, caller, store::list), kind.json());
  }

  final byte[] create(Caller caller, InboundRequest request) {
    PeopleRequest described = reader.read(request.body(), kind.members());
    return json(store.create(wanted(caller, described, now())));
  }

  final byte[] show(Caller caller, InboundRequest request) {
    return json(find(caller, id(request)));
  }

  final byte[] change(Caller caller, InboundRequest request) {
    PeopleRequest changes = reader.read(request.body(), kind.changeable());
    String id = id(request);
    find(caller, id);
    Instant now = now();
    return json(
        store.change(id, known -> changed(caller, known, changes, now)).orElseThrow(this::unknown));
  }

  final byte[] delete(Caller caller, InboundRequest request) {
    String id = id(request);
    requireDeletable(caller, find(caller, id));
    if (!store.delete(id)) {
      throw unknown();
    }
    return JsonStep.deleted(id);
  }

  private String id(InboundRequest request) {
    return PathId.after(kind.path(), request);
  }

  private T find(Caller caller, String id) {
    return store.find(id).filter(known -> isSeen(caller, known)).orElseThrow(this::unknown);
  }

  private byte[] json(T entry) {
    return PeopleJson.one(entry, kind.json());
  }

  /** The time as it is stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
