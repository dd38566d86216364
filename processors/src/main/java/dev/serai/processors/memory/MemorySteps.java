package dev.serai.processors.memory;

import dev.serai.core.memory.MemoryRequests;
import dev.serai.core.memory.MemoryStore;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that read and change memory objects. The steps are thread-safe. */
public final class MemorySteps {
  private MemorySteps() {}

  /**
   * The steps by the name that routes use.
   *
   * @param cacheLife how long an object is stored that may be removed earlier and whose request
   *     gives no time
   */
  public static Map<String, Processor> of(
      MemoryStore store, MemoryRequests requests, Duration cacheLife, EventLoops loops) {
    MemoryChanges changes = new MemoryChanges(cacheLife);
    return Map.of(
        "read-memory", new ReadMemory(store, loops),
        "put-memory-object", new PutMemoryObject(store, requests, changes, loops),
        "delete-memory-object", new DeleteMemoryObject(store, loops),
        "change-memory", new ChangeMemory(store, requests, changes, loops));
  }
}
