package dev.serai.adapters.search;

import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.memory.search.MemorySearch;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index of memory objects by words, ranked by BM25, and by embeddings, in a folder. A document
 * is one object; its tenant is a filter of every search. Thread-safe; one thread applies changes.
 */
public final class LuceneMemoryIndex implements MemoryIndex {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneMemoryIndex.class);
  private static final double BUFFER_MEGABYTES = 16;
  private static final int MAX_WORDS = 64;
  private static final String STORE = "store";
  private static final String LAST = "version";
  private static final String FORMAT = "format";

  /** Of the documents. An index of another one is filled anew. */
  private static final String CURRENT_FORMAT = "3";

  /** How many are looked at for the nearest ones: more find more of the exact ones. */
  private static final int MIN_NEAREST = 200;

  private static final Set<String> STORED = Set.of(IndexedFields.PATH, IndexedFields.VERSION);
  private final WordAnalyzer analyzer = new WordAnalyzer();
  private final IndexedFields fields;
  private final String format;
  private final ReentrantLock changing = new ReentrantLock();
  private final Directory folder;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private volatile boolean damaged;

  private LuceneMemoryIndex(Directory folder, Content content) throws IOException {
    this.folder = folder;
    fields = new IndexedFields(content.text(), content.embeddings().isPresent());
    format = content.embeddings().map(model -> CURRENT_FORMAT + ' ' + model).orElse(CURRENT_FORMAT);
    IndexWriterConfig config =
        new IndexWriterConfig(analyzer)
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setCommitOnClose(false);
    writer = new IndexWriter(folder, config);
    searchers = searchers(writer);
  }

  private static SearcherManager searchers(IndexWriter writer) throws IOException {
    try {
      return new SearcherManager(writer, null);
    } catch (IOException e) {
      try (writer) { // or the folder stays locked
        throw e;
      }
    }
  }

  /**
   * What an index has of objects.
   *
   * @param text of a value, in which words are searched; must be thread-safe
   * @param embeddings the name of their model; empty if objects have none
   */
  public record Content(Function<byte[], String> text, Optional<String> embeddings) {
    /** Words only. */
    public static Content words(Function<byte[], String> text) {
      return new Content(text, Optional.empty());
    }
  }

  /**
   * Opens an index, which another process may not have open. One that is damaged, or of another
   * version of Lucene, is replaced by an empty one; one with embeddings of another model has no
   * {@link #position}, so that it is filled anew.
   *
   * @param folder is created if it is missing
   * @throws IOException if the folder cannot be used
   */
  public static LuceneMemoryIndex open(Path folder, Content content) throws IOException {
    try {
      return in(folder, content);
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | NoSuchFileException
        | EOFException e) {
      LOG.warn("the index in {} cannot be read and is filled anew: {}", folder, e.getMessage());
      try (Directory unreadable = OwnerOnlyDirectory.open(folder)) {
        empty(unreadable);
      }
      return in(folder, content);
    }
  }

  private static void empty(Directory folder) throws IOException {
    for (String file : folder.listAll()) {
      folder.deleteFile(file);
    }
  }

  /**
   * Opens an empty index in the heap, of which nothing is left when it is closed.
   *
   * @throws IOException never, as far as is known
   */
  public static LuceneMemoryIndex inHeap(Content content) throws IOException {
    return new LuceneMemoryIndex(new ByteBuffersDirectory(), content);
  }

  private static LuceneMemoryIndex in(Path folder, Content content) throws IOException {
    Directory directory = OwnerOnlyDirectory.open(folder);
    try {
      return new LuceneMemoryIndex(directory, content);
    } catch (IOException e) {
      try (directory) {
        throw e;
      }
    }
  }

  @Override
  public Optional<Position> position() throws IOException {
    if (!DirectoryReader.indexExists(folder)) {
      return Optional.empty();
    }
    try (DirectoryReader reader = DirectoryReader.open(folder)) {
      Map<String, String> data = reader.getIndexCommit().getUserData();
      String version = data.get(LAST);
      String store = data.get(STORE);
      return version == null || store == null || !format.equals(data.get(FORMAT))
          ? Optional.empty()
          : Optional.of(new Position(store, Long.parseLong(version)));
    }
  }

  @Override
  public void requireIntact() throws IOException {
    if (isDamaged()) {
      throw new CorruptIndexException("a search or a merge has found damage", folder.toString());
    }
  }

  @Override
  public void clear() throws IOException {
    changing.lock();
    try {
      writer.deleteAll();
      searchers.maybeRefreshBlocking();
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void apply(List<MemoryFeed.Change> changes) throws IOException {
    if (changes.isEmpty()) {
      return;
    }
    changing.lock();
    try {
      for (MemoryFeed.Change change : changes) {
        Term id = IndexedFields.id(change);
        Optional<MemoryObject> object = change.object();
        if (object.isPresent()) {
          writer.updateDocument(id, fields.document(change, object.get()));
        } else {
          writer.deleteDocuments(id);
        }
      }
      searchers.maybeRefreshBlocking();
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void embed(List<Embedded> objects) throws IOException {
    changing.lock(); // a change that is applied meanwhile would be undone
    try {
      for (Embedded object : objects) {
        Term id = IndexedFields.id(object.pending());
        List<Pending> now =
            read(searcher -> PendingObjects.find(searcher, new TermQuery(id), _ -> true, 1));
        if (now.stream().anyMatch(pending -> isSame(pending, object.pending()))) {
          writer.updateDocument(id, fields.document(object));
        }
      }
      searchers.maybeRefreshBlocking();
    } catch (AlreadyClosedException e) {
      throw closed(e);
    } finally {
      changing.unlock();
    }
  }

  private static boolean isSame(Pending one, Pending other) {
    return one.hit().version() == other.hit().version();
  }

  @Override
  public void commit(Position position) throws IOException {
    Map<String, String> data = new HashMap<>();
    data.put(FORMAT, format);
    data.put(STORE, position.store());
    data.put(LAST, Long.toString(position.version()));
    writer.setLiveCommitData(data.entrySet());
    writer.commit();
  }

  @Override
  public List<MemoryHit> search(String tenant, MemorySearch search, Instant now)
      throws IOException {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (String word : analyzer.words(search.text(), MAX_WORDS)) {
      words.add(new TermQuery(new Term(IndexedFields.TEXT, word)), Occur.SHOULD);
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder().add(words.build(), Occur.MUST);
    IndexedFields.filter(query, tenant, search.filter());
    query.add(IndexedFields.alive(now), Occur.FILTER);
    return read(
        shared -> {
          IndexSearcher searcher =
              new TenantSearcher(shared.getIndexReader(), IndexedFields.ofTenant(tenant));
          return hits(searcher, query.build(), search.limit());
        });
  }

  @Override
  public List<MemoryHit> nearest(String tenant, float[] embedding, MemorySearch search, Instant now)
      throws IOException {
    BooleanQuery.Builder among = new BooleanQuery.Builder();
    IndexedFields.filter(among, tenant, search.filter());
    among.add(IndexedFields.alive(now), Occur.FILTER);
    int looked = Math.max(MIN_NEAREST, search.limit());
    Query query =
        new KnnFloatVectorQuery(IndexedFields.EMBEDDING, embedding, looked, among.build());
    return read(searcher -> hits(searcher, query, search.limit()));
  }

  @Override
  public List<MemoryHit> at(
      String tenant, Set<String> paths, MemorySearch.Filter filter, Instant now)
      throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(IndexedFields.at(tenant, paths), Occur.FILTER);
    IndexedFields.filter(query, tenant, filter);
    query.add(IndexedFields.alive(now), Occur.FILTER);
    return read(searcher -> hits(searcher, query.build(), paths.size()));
  }

  @Override
  public List<Pending> pending(Predicate<Pending> wanted, int limit, Instant now)
      throws IOException {
    Query query =
        new BooleanQuery.Builder()
            .add(IndexedFields.withoutEmbedding(), Occur.FILTER)
            .add(IndexedFields.alive(now), Occur.FILTER)
            .build();
    return read(searcher -> PendingObjects.find(searcher, query, wanted, limit));
  }

  /** Reads from an index. */
  @FunctionalInterface
  private interface Reading<T> {
    T from(IndexSearcher searcher) throws IOException;
  }

  private <T> T read(Reading<T> reading) throws IOException {
    try {
      IndexSearcher shared = searchers.acquire();
      try {
        return reading.from(shared);
      } finally {
        searchers.release(shared);
      }
    } catch (AlreadyClosedException e) {
      throw closed(e);
    } catch (CorruptIndexException | EOFException e) {
      damaged = true;
      throw e;
    } catch (IndexOutOfBoundsException e) { // what was read cannot have been written
      damaged = true;
      throw new CorruptIndexException("cannot be searched", folder.toString(), e);
    }
  }

  private static IOException closed(AlreadyClosedException why) {
    return new IOException("the index is closed", why);
  }

  private static List<MemoryHit> hits(IndexSearcher searcher, Query query, int limit)
      throws IOException {
    List<MemoryHit> hits = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
      Document document = stored.document(hit.doc, STORED);
      hits.add(PendingObjects.hit(document, hit.score));
    }
    return hits;
  }

  @Override
  public int objects() {
    try {
      IndexSearcher shared = searchers.acquire();
      try {
        return shared.getIndexReader().numDocs();
      } finally {
        searchers.release(shared);
      }
    } catch (AlreadyClosedException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was applied since the last commit is not on the disk then. If the index was found damaged
   * while it was open, nothing is, so that the next one that is opened is empty.
   */
  @Override
  public void close() throws IOException {
    boolean lost = isDamaged();
    try (folder) {
      try (writer;
          searchers) {
        // Closes both, in the reverse order.
      }
      if (lost) {
        LOG.warn("the index in {} is damaged and is filled anew", folder);
        empty(folder);
      }
    }
  }

  private boolean isDamaged() {
    return damaged || isDamage(writer.getTragicException());
  }

  /** Whether the reason for which a writer has closed itself is damage; a full disk is none. */
  private static boolean isDamage(@Nullable Throwable why) {
    return why != null
        && (why instanceof CorruptIndexException
            || why instanceof EOFException
            || isDamage(why.getCause()));
  }
}
