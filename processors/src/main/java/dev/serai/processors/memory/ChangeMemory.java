package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.request.MemoryRequests;
import dev.serai.core.memory.request.MemoryRequests.Operation;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.EventLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does several operations of one request in their order. Changes that follow one another are made
 * in one transaction. One that is refused does not prevent the others. Thread-safe.
 */
final class ChangeMemory extends MemoryStep {
  private final MemoryStore store;

  private final MemoryRequests requests;
  private final MemoryChanges changes;

  ChangeMemory(MemorySteps.Parts parts, EventLoops loops) {
    super(Permission.ADMIN_USERS, parts.bytes(), loops);
    store = parts.store();
    requests = parts.requests();
    changes = new MemoryChanges(parts.evictableLife());
  }

  @Override
  Reply reply(TenantRequest asked) {
    InboundRequest request = asked.request();
    TenantMemory memory = store.forTenant(asked.tenant());
    List<Operation> operations = requests.readOperations(request.body());
    JsonWriter json = new JsonWriter(1024).beginObject().name("results").beginArray();
    List<MemoryChange> waiting = new ArrayList<>();
    long read = 0;
    for (Operation operation : operations) {
      switch (operation) {
        case Operation.Get get -> {
          make(memory, waiting, json);
          if (read < MemoryObject.MAX_READ_BYTES) {
            Optional<MemoryObject> found = memory.find(get.path());
            read += found.map(object -> object.json().length).orElse(0);
            take(asked.room(), request.body().length + read);
            write(json, found);
          } else {
            write(json, MemoryProblems.replyTooLarge());
          }
        }
        case Operation.Put put ->
            waiting.add(changes.put(put.path(), put.value(), put.precondition()));
        case Operation.Delete delete ->
            waiting.add(new MemoryChange.Delete(delete.path(), delete.precondition()));
      }
    }
    make(memory, waiting, json);
    return MemoryReplies.json(
        json.endArray().member("count", operations.size()).endObject().bytes());
  }

  private static void make(TenantMemory memory, List<MemoryChange> waiting, JsonWriter json) {
    if (!waiting.isEmpty()) {
      memory.change(waiting).forEach(outcome -> write(json, outcome));
      waiting.clear();
    }
  }

  private static void write(JsonWriter json, MemoryOutcome outcome) {
    switch (outcome) {
      case MemoryOutcome.Stored stored ->
          json.beginObject()
              .member("ok", true)
              .member("version", stored.entry().version())
              .endObject();
      case MemoryOutcome.Deleted deleted when deleted.found() ->
          json.beginObject().member("ok", true).endObject();
      case MemoryOutcome.Deleted _ -> write(json, MemoryProblems.notFound());
      case MemoryOutcome.Refused refused -> write(json, refused.problem());
    }
  }

  private static void write(JsonWriter json, Optional<MemoryObject> found) {
    if (found.isEmpty()) {
      write(json, MemoryProblems.notFound());
      return;
    }
    json.beginObject()
        .name("object")
        .json(found.get().json())
        .member("version", found.get().entry().version())
        .endObject();
  }

  private static void write(JsonWriter json, GatewayProblem problem) {
    json.beginObject().member("error", problem.code());
    if (!problem.message().isEmpty()) {
      json.member("detail", problem.message());
    }
    json.endObject();
  }
}
