package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.limit.ByteHold;
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

  SearchMemory(MemorySteps.Parts parts, EventLoops loops) {
    super(Permission.ADMIN_READ, parts.memory(), loops);
    searcher = parts.searcher();
    requests = parts.requests();
  }

  @Override
  Reply reply(String tenant, InboundRequest request, ByteHold room) {
    MemorySearch search = requests.readSearch(request.body());
    boolean current = !level(request).equals("EVENTUAL");
    List<MemorySearcher.Found> found = searcher.search(tenant, search, current);
    long bytes = found.stream().mapToLong(one -> one.object().json().length).sum();
    take(room, request.body().length + bytes);
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
