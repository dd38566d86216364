package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.request.MemoryRequests;
import dev.serai.processors.management.Preconditions;
import dev.serai.processors.support.EventLoops;

/** Stores a memory object. Thread-safe. */
final class PutMemoryObject extends MemoryStep {
  private final MemoryStore store;
  private final MemoryRequests requests;
  private final MemoryChanges changes;

  PutMemoryObject(MemorySteps.Parts parts, EventLoops loops) {
    super(Permission.ADMIN_USERS, parts.bytes(), loops);
    store = parts.store();
    requests = parts.requests();
    changes = new MemoryChanges(parts.evictableLife());
  }

  @Override
  Reply reply(TenantRequest asked) {
    InboundRequest request = asked.request();
    TenantMemory memory = store.forTenant(asked.tenant());
    MemoryPath path = MemoryPath.of(segments(request));
    Precondition precondition = Preconditions.ofChange(request.headers());
    MemoryChange put = changes.put(path, requests.readValue(request.body()), precondition);
    MemoryOutcome.Stored stored = (MemoryOutcome.Stored) MemoryChanges.make(memory, put);
    return MemoryReplies.stored(stored.entry());
  }
}
