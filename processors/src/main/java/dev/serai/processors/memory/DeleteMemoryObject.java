package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.TenantMemory;
import dev.serai.processors.management.Preconditions;
import dev.serai.processors.support.EventLoops;

/** Deletes a memory object. Thread-safe. */
final class DeleteMemoryObject extends MemoryStep {
  private final MemoryStore store;

  DeleteMemoryObject(MemorySteps.Parts parts, EventLoops loops) {
    super(Permission.ADMIN_USERS, parts.bytes(), loops);
    store = parts.store();
  }

  @Override
  Reply reply(TenantRequest asked) {
    InboundRequest request = asked.request();
    TenantMemory memory = store.forTenant(asked.tenant());
    MemoryPath path = MemoryPath.of(segments(request));
    MemoryChange delete = new MemoryChange.Delete(path, Preconditions.ofChange(request.headers()));
    MemoryOutcome.Deleted deleted = (MemoryOutcome.Deleted) MemoryChanges.make(memory, delete);
    if (!deleted.found()) {
      throw MemoryProblems.notFound();
    }
    return MemoryReplies.deleted();
  }
}
