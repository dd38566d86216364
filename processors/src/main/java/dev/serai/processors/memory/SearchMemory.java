package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.request.MemoryRequests;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.processors.support.EventLoops;
import java.util.List;

/** Searches for memory objects. Thread-safe. */
final class SearchMemory extends MemoryStep {
  private final MemorySearcher searcher;
  private final MemoryRequests requests;

  SearchMemory(MemorySearcher searcher, MemoryRequests requests, EventLoops loops) {
    super(Permission.ADMIN_READ, loops);
    this.searcher = searcher;
    this.requests = requests;
  }

  @Override
  Reply reply(String tenant, InboundRequest request) {
    MemorySearch search = requests.readSearch(request.body());
    boolean current = !level(request).equals("EVENTUAL");
    List<MemorySearcher.Found> found = searcher.search(tenant, search, current);
    JsonWriter json = new JsonWriter(1024).beginObject().name("results").beginArray();
    for (MemorySearcher.Found one : found) {
      MemoryPath path = one.object().entry().path();
      json.beginObject()
          .member("ns", path.namespace())
          .member("key", path.key())
          .name("object")
          .json(one.object().json())
          .name("score")
          .value(one.score())
          .endObject();
    }
    return MemoryReplies.json(json.endArray().member("count", found.size()).endObject().bytes());
  }
}
