package dev.serai.core.bandit.shared;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps rows of what bandits have learned for all gateways that use it. Each method is one step
 * that is done as a whole or not at all. Those that throw {@link IOException} do so if the store
 * fails; a change may have been made then. For one thread, which may block.
 */
public interface LearnedStore extends AutoCloseable {
  /** What it is, in messages: the database, or Redis. */
  String place();

  /** How far it is. */
  Head head() throws IOException;

  /** Adds rows, unless this gateway has added a batch with this number or a higher one before. */
  void append(Batch batch) throws IOException;

  /**
   * Stores all that is known, after the store has lost its rows, for the names that no gateway has
   * restored yet. A page of other gateways has a restored row, and a row with its part that was not
   * shared: each gateway adds the one or the other.
   *
   * @param unshared by name, what no other gateway knows; part of all
   * @return the names that this batch has restored
   */
  Set<String> restore(Batch all, Map<String, String> unshared) throws IOException;

  /** The first rows of other gateways after a number. Folded rows are not among them. */
  Page ofOthers(String gateway, long after) throws IOException;

  /** All rows of a name, as of one moment. */
  Rows ofName(String name) throws IOException;

  /** The names that were learned of last. */
  List<String> names(int atMost) throws IOException;

  /**
   * The names with many rows, or with old ones that are not folded.
   *
   * @param ageMillis what is older is old
   * @param rows more are many
   */
  List<String> foldable(long ageMillis, int rows) throws IOException;

  /**
   * Replaces rows of a name by one, unless one of them has been replaced meanwhile.
   *
   * @param sum has the number of one of them
   */
  void fold(List<LearnedRow> rows, LearnedRow sum) throws IOException;

  /** Deletes what was written before so long. */
  void forget(long ageMillis) throws IOException;

  /** Closes its connection; the next use opens another one. */
  @Override
  void close();

  /**
   * How far a store is.
   *
   * @param begun changes when the store has lost its rows
   * @param last the highest number that was given
   */
  record Head(long begun, long last) {}

  /**
   * What a gateway has learned.
   *
   * @param gateway the ID of this start of it
   * @param number counts up from 1
   * @param states by name
   */
  record Batch(String gateway, long number, Map<String, String> states) {}

  /**
   * Some rows in the order of their numbers.
   *
   * @param upTo rows up to this number were read
   * @param more whether there may be more
   */
  record Page(List<LearnedRow> rows, long upTo, boolean more) {}

  /**
   * Rows in the order of their numbers.
   *
   * @param nowMillis when they were read, by the clock of the store
   */
  record Rows(List<LearnedRow> rows, long nowMillis) {}
}
