package dev.serai.processors.memory;

import dev.serai.core.limit.ByteLimit;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.request.MemoryRequests;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that read and change memory objects. The steps are thread-safe. */
public final class MemorySteps {
  private MemorySteps() {}

  /**
   * What the steps work with.
   *
   * @param evictableLife how long an evictable object is stored whose request gives no time
   * @param bytes the memory limit of the bytes that are held for clients
   * @param ticker measures how long searches take
   */
  public record Parts(
      MemoryStore store,
      MemorySearcher searcher,
      MemoryRequests requests,
      Duration evictableLife,
      ByteLimit bytes,
      Ticker ticker) {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(Parts parts, EventLoops loops) {
    return Map.of(
        "search-memory", new SearchMemory(parts, loops),
        "read-memory", new ReadMemory(parts, loops),
        "find-memory", new FindMemory(parts, loops),
        "put-memory-object", new PutMemoryObject(parts, loops),
        "delete-memory-object", new DeleteMemoryObject(parts, loops),
        "change-memory", new ChangeMemory(parts, loops));
  }
}
