package dev.serai.adapters.search;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermStatistics;

/**
 * A searcher whose scores come from the objects of one tenant only: how rare a word is among those
 * of others could be read from a score. For one search.
 */
final class TenantSearcher extends IndexSearcher {
  /** The mean length of a text in words, as BM25 needs it: that of all tenants is not used. */
  private static final int MEAN_LENGTH = 50;

  private final Query tenant;
  private final long documents;

  /**
   * @param tenant finds the objects of the tenant
   */
  TenantSearcher(IndexReader reader, Query tenant) throws IOException {
    super(reader);
    this.tenant = tenant;
    documents = Math.max(1, super.count(tenant));
  }

  @Override
  public CollectionStatistics collectionStatistics(String field) {
    long words = documents * MEAN_LENGTH;
    return new CollectionStatistics(
        field, Math.max(documents, getIndexReader().maxDoc()), documents, words, words);
  }

  @Override
  public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq)
      throws IOException {
    Query both =
        new BooleanQuery.Builder()
            .add(tenant, Occur.FILTER)
            .add(new TermQuery(term), Occur.FILTER)
            .build();
    long own = Math.clamp(count(both), 1, documents);
    return new TermStatistics(term.bytes(), own, own);
  }
}
