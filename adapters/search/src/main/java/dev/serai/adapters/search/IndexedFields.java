package dev.serai.adapters.search;

import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.search.MemoryFeed.Change;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.memory.search.MemorySearch.Filter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;

/** The fields of a document of the index, and queries of them. Thread-safe. */
final class IndexedFields {
  static final String TEXT = "text";
  static final String PATH = "path";
  static final String VERSION = "version";

  static final String EMBEDDING = "embedding";

  private static final String LACKS = "lacks";
  private static final String LACKS_EMBEDDING = "embedding";
  private static final String ID = "id";
  static final String TENANT = "tenant";
  private static final String NAMESPACE = "namespace";
  private static final String KEY = "key";
  private static final String TAG = "tag";
  private static final String UPDATED = "updated";
  private static final String EXPIRES = "expires";

  /** In no tenant and in no path. */
  private static final char SEPARATOR = '\n';

  private final Function<byte[], String> text;
  private final boolean embedded;

  /**
   * @param text of a value, in which words are searched
   * @param embedded whether objects get embeddings
   */
  IndexedFields(Function<byte[], String> text, boolean embedded) {
    this.text = text;
    this.embedded = embedded;
  }

  static Term id(Change change) {
    return id(change.tenant(), change.path());
  }

  /** Of a version of an object, in the form that a store has it. */
  static Term id(MemoryIndex.Pending pending) {
    return id(pending.tenant(), pending.hit().path());
  }

  private static Term id(String tenant, String path) {
    return new Term(ID, tenant + SEPARATOR + path);
  }

  /** The objects of a tenant at some paths. */
  static Query at(String tenant, Set<String> paths) {
    return new TermInSetQuery(ID, paths.stream().map(path -> id(tenant, path).bytes()).toList());
  }

  /** A document that has no embedding yet, and gets one if the index has embeddings. */
  Document document(Change change, MemoryObject object) {
    Document document = withoutEmbedding(change, object);
    if (embedded) {
      document.add(new StringField(LACKS, LACKS_EMBEDDING, Store.NO));
    }
    return document;
  }

  /** A document with its embedding; an object without text has none. */
  Document document(MemoryIndex.Embedded object) {
    MemoryIndex.Pending at = object.pending();
    Change change =
        new Change(at.hit().version(), at.tenant(), at.hit().path(), Optional.of(object.object()));
    Document document = withoutEmbedding(change, object.object());
    object
        .embedding()
        .ifPresent(
            numbers ->
                document.add(
                    new KnnFloatVectorField(
                        EMBEDDING, numbers, VectorSimilarityFunction.DOT_PRODUCT)));
    return document;
  }

  /** The objects that have no embedding yet. */
  static Query withoutEmbedding() {
    return term(LACKS, LACKS_EMBEDDING);
  }

  private Document withoutEmbedding(Change change, MemoryObject object) {
    MemoryEntry entry = object.entry();
    String namespace = entry.path().namespace();
    Document document = new Document();
    document.add(new StringField(ID, id(change).text(), Store.NO));
    document.add(new StringField(TENANT, change.tenant(), Store.YES));
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
