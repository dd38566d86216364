package dev.serai.adapters.search;

import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.search.MemoryFeed.Change;
import dev.serai.core.memory.search.MemorySearch.Filter;
import java.time.Instant;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** The fields of a document of the index, and queries of them. Thread-safe. */
final class IndexedFields {
  static final String TEXT = "text";
  static final String PATH = "path";
  static final String VERSION = "version";

  private static final String ID = "id";
  private static final String TENANT = "tenant";
  private static final String NAMESPACE = "namespace";
  private static final String KEY = "key";
  private static final String TAG = "tag";
  private static final String UPDATED = "updated";
  private static final String EXPIRES = "expires";

  /** In no tenant and in no path. */
  private static final char SEPARATOR = '\n';

  private final Function<byte[], String> text;

  /**
   * @param text of a value, in which words are searched
   */
  IndexedFields(Function<byte[], String> text) {
    this.text = text;
  }

  static Term id(Change change) {
    return new Term(ID, change.tenant() + SEPARATOR + change.path());
  }

  Document document(Change change, MemoryObject object) {
    MemoryEntry entry = object.entry();
    String namespace = entry.path().namespace();
    Document document = new Document();
    document.add(new StringField(ID, id(change).text(), Store.NO));
    document.add(new StringField(TENANT, change.tenant(), Store.NO));
    for (int end = namespace.indexOf('/'); end > 0; end = namespace.indexOf('/', end + 1)) {
      document.add(new StringField(NAMESPACE, namespace.substring(0, end), Store.NO));
    }
    document.add(new StringField(NAMESPACE, namespace, Store.NO));
    document.add(new StringField(KEY, entry.path().key(), Store.NO));
    entry.tags().forEach(tag -> document.add(new StringField(TAG, tag, Store.NO)));
    document.add(new LongPoint(UPDATED, entry.updated().toEpochMilli()));
    long expires = entry.expires().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    document.add(new LongPoint(EXPIRES, expires));
    document.add(new StoredField(PATH, change.path()));
    document.add(new StoredField(VERSION, change.version()));
    document.add(new TextField(TEXT, text.apply(object.json()), Store.NO));
    return document;
  }

  /** Adds what an object of a tenant must have. */
  static void filter(BooleanQuery.Builder query, String tenant, Filter filter) {
    query.add(ofTenant(tenant), Occur.FILTER);
    filter.namespace().ifPresent(name -> query.add(term(NAMESPACE, name), Occur.FILTER));
    if (!filter.keyPrefix().isEmpty()) {
      query.add(new PrefixQuery(new Term(KEY, filter.keyPrefix())), Occur.FILTER);
    }
    filter.tags().forEach(tag -> query.add(term(TAG, tag), Occur.FILTER));
    if (filter.from().isPresent() || filter.until().isPresent()) {
      long from = filter.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
      long until = filter.until().map(time -> time.toEpochMilli() - 1).orElse(Long.MAX_VALUE);
      query.add(LongPoint.newRangeQuery(UPDATED, from, until), Occur.FILTER);
    }
  }

  /** The objects that have not expired at a time. */
  static Query alive(Instant now) {
    return LongPoint.newRangeQuery(EXPIRES, now.toEpochMilli() + 1, Long.MAX_VALUE);
  }

  /** The objects of a tenant. */
  static Query ofTenant(String tenant) {
    return term(TENANT, tenant);
  }

  private static TermQuery term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }
}
