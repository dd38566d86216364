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
import java.util.function.Function;
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
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index of memory objects by words, ranked by BM25, in a folder. A document is one object; its
 * tenant is a filter of every search. Changes are made by one thread; searches are thread-safe.
 */
public final class LuceneMemoryIndex implements MemoryIndex {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneMemoryIndex.class);
  private static final double BUFFER_MEGABYTES = 16;
  private static final int MAX_WORDS = 64;
  private static final String STORE = "store";
  private static final String LAST = "version";
  private static final String FORMAT = "format";

  /** Of the documents. An index of another one is filled anew. */
  private static final String CURRENT_FORMAT = "2";

  private static final Set<String> STORED = Set.of(IndexedFields.PATH, IndexedFields.VERSION);

  private final WordAnalyzer analyzer = new WordAnalyzer();
  private final IndexedFields fields;
  private final Directory folder;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private volatile boolean damaged;

  private LuceneMemoryIndex(Directory folder, IndexedFields fields) throws IOException {
    this.folder = folder;
    this.fields = fields;
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
   * Opens an index, which another process may not have open. One that is damaged, or of another
   * version of Lucene, is replaced by an empty one.
   *
   * @param folder is created if it is missing
   * @param text of a value, in which words are searched; must be thread-safe
   * @throws IOException if the folder cannot be used
   */
  public static LuceneMemoryIndex open(Path folder, Function<byte[], String> text)
      throws IOException {
    IndexedFields fields = new IndexedFields(text);
    try {
      return in(folder, fields);
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | NoSuchFileException
        | EOFException e) {
      LOG.warn("the index in {} cannot be read and is filled anew: {}", folder, e.getMessage());
      try (Directory unreadable = FSDirectory.open(folder)) {
        empty(unreadable);
      }
      return in(folder, fields);
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
   * @param text of a value, in which words are searched; must be thread-safe
   * @throws IOException never, as far as is known
   */
  public static LuceneMemoryIndex inHeap(Function<byte[], String> text) throws IOException {
    return new LuceneMemoryIndex(new ByteBuffersDirectory(), new IndexedFields(text));
  }

  private static LuceneMemoryIndex in(Path folder, IndexedFields fields) throws IOException {
    Directory directory = FSDirectory.open(folder);
    try {
      return new LuceneMemoryIndex(directory, fields);
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
      return version == null || store == null || !CURRENT_FORMAT.equals(data.get(FORMAT))
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
    writer.deleteAll();
    searchers.maybeRefreshBlocking();
  }

  @Override
  public void apply(List<MemoryFeed.Change> changes) throws IOException {
    if (changes.isEmpty()) {
      return;
    }
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
  }

  @Override
  public void commit(Position position) throws IOException {
    Map<String, String> data = new HashMap<>();
    data.put(FORMAT, CURRENT_FORMAT);
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
    try {
      IndexSearcher shared = searchers.acquire();
      try {
        IndexSearcher searcher =
            new TenantSearcher(shared.getIndexReader(), IndexedFields.ofTenant(tenant));
        return hits(searcher, query.build(), search.limit());
      } finally {
        searchers.release(shared);
      }
    } catch (AlreadyClosedException e) {
      throw new IOException("the index is closed", e);
    } catch (CorruptIndexException | EOFException e) {
      damaged = true;
      throw e;
    } catch (IndexOutOfBoundsException e) { // what was read cannot have been written
      damaged = true;
      throw new CorruptIndexException("cannot be searched", folder.toString(), e);
    }
  }

  private static List<MemoryHit> hits(IndexSearcher searcher, Query query, int limit)
      throws IOException {
    List<MemoryHit> hits = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
      Document document = stored.document(hit.doc, STORED);
      long version = document.getField(IndexedFields.VERSION).numericValue().longValue();
      hits.add(new MemoryHit(document.get(IndexedFields.PATH), version, hit.score));
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
