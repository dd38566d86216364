package dev.serai.adapters.search;

import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemoryIndex.Pending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** Reads which objects of an index wait for their embeddings. Stateless. */
final class PendingObjects {
  private static final Set<String> STORED =
      Set.of(IndexedFields.TENANT, IndexedFields.PATH, IndexedFields.VERSION);

  /** How many are found at once. */
  private static final int PAGE = 256;

  private PendingObjects() {}

  /** Those that are wanted, at most as many as the limit, in the order of the index. */
  static List<Pending> find(
      IndexSearcher searcher, Query query, Predicate<Pending> wanted, int limit)
      throws IOException {
    List<Pending> found = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    ScoreDoc[] page = searcher.search(query, PAGE).scoreDocs;
    while (page.length > 0) {
      for (int i = 0; i < page.length && found.size() < limit; i++) {
        Document document = stored.document(page[i].doc, STORED);
        Pending one = new Pending(document.get(IndexedFields.TENANT), hit(document, page[i].score));
        if (wanted.test(one)) {
          found.add(one);
        }
      }
      boolean more = found.size() < limit && page.length == PAGE;
      page = more ? after(page[PAGE - 1], searcher, query) : new ScoreDoc[0];
    }
    return found;
  }

  private static ScoreDoc[] after(ScoreDoc last, IndexSearcher searcher, Query query)
      throws IOException {
    return searcher.searchAfter(last, query, PAGE).scoreDocs;
  }

  static MemoryHit hit(Document document, float score) {
    long version = document.getField(IndexedFields.VERSION).numericValue().longValue();
    return new MemoryHit(document.get(IndexedFields.PATH), version, score);
  }
}
