package dev.serai.core.memory.search;

import dev.serai.core.memory.MemoryObject;
import java.util.List;
import java.util.Optional;

/** The changes of a store, in the order of their versions. Every method may block. Thread-safe. */
public interface MemoryFeed {
  /**
   * Where the feed is.
   *
   * @param store identifies the store: an index of another one is of no use
   * @param last the version of the last change
   * @param complete changes after this version are all in the feed; of older ones deletions may be
   *     missing
   */
  record Head(String store, long last, long complete) {}

  /**
   * An object that was stored or deleted.
   *
   * @param object empty if it is gone
   */
  record Change(long version, String tenant, String path, Optional<MemoryObject> object) {}

  /**
   * Some changes, in the order of their versions.
   *
   * @param head where the feed is
   * @param upTo all changes up to this version are there, or before
   */
  record Page(Head head, List<Change> changes, long upTo) {
    public Page {
      changes = List.copyOf(changes);
    }
  }

  /**
   * How much is read at once.
   *
   * @param changes at most this many
   * @param bytes of objects; a page has at least one object, however large
   */
  record Limit(int changes, long bytes) {}

  Head head();

  /**
   * The changes after a version. Of an object that has changed several times only the last change
   * is there.
   *
   * @param limit how much is read at once
   */
  Page after(long version, Limit limit);
}
