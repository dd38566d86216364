package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.request.MemoryRequests;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.Optional;

/** Searches for memory objects. Thread-safe. */
final class SearchMemory extends MemoryStep {
  private final MemorySearcher searcher;
  private final MemoryRequests requests;
  private final Ticker ticker;

  SearchMemory(MemorySteps.Parts parts, EventLoops loops) {
    super(Permission.ADMIN_READ, parts.bytes(), loops);
    searcher = parts.searcher();
    requests = parts.requests();
    ticker = parts.ticker();
  }

  @Override
  Reply reply(TenantRequest asked) {
    InboundRequest request = asked.request();
    MemorySearcher.Results results = search(asked, requests.readSearch(request.body()));
    List<MemorySearcher.Found> found = results.found();
    long bytes = found.stream().mapToLong(one -> one.object().json().length).sum();
    take(asked.room(), request.body().length + bytes);
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
    json.endArray().member("count", found.size());
    if (results.byWordsOnly()) {
      json.member("mode", "keyword");
    }
    return MemoryReplies.json(json.endObject().bytes());
  }

  private MemorySearcher.Results search(TenantRequest asked, MemorySearch wanted) {
    boolean current = !level(asked.request()).equals("EVENTUAL");
    long began = ticker.nanos();
    int count = 0;
    Optional<GatewayProblem> problem = Optional.empty();
    try {
      MemorySearcher.Results results = searcher.search(asked.tenant(), wanted, current);
      count = results.found().size();
      return results;
    } catch (GatewayProblem e) {
      problem = Optional.of(e);
      throw e;
    } finally {
      asked.trace().searchedMemory(ticker.nanos() - began, count, problem);
    }
  }
}
