package dev.serai.core.summary;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionStore.Key;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The summaries of sessions. They are deleted with their session; the messages stay when a summary
 * is stored. Every method blocks and throws {@link CapacityProblem} while the store is unavailable.
 * Thread-safe.
 */
public interface SummaryStore {
  /**
   * A message after the summary, without its text.
   *
   * @param tokens about how many it has
   * @param user whether the user speaks
   * @param pinned whether it is always in what a model gets; never one of a tool
   * @param tool if it is of a tool
   */
  record Row(long number, long tokens, boolean user, boolean pinned, Optional<ToolPart> tool) {}

  /**
   * A call of a tool, or its result.
   *
   * @param metadata the JSON object that names the call
   */
  record ToolPart(boolean result, String metadata) {}

  /**
   * What a session has.
   *
   * @param rows all messages that the summary is not of, and the pinned ones, in their order
   */
  record State(Optional<SessionSummary> summary, List<Row> rows) {
    public State {
      rows = List.copyOf(rows);
    }
  }

  /** The summary of a session; empty if it has none or is gone. */
  Optional<SessionSummary> find(Key key);

  /**
   * What a session has, with all turns that this gateway has to remember; empty if it has no
   * messages.
   */
  Optional<State> state(Key key);

  /**
   * The messages of a session that are neither pinned nor packed, with all turns that this gateway
   * has to remember; empty if there are none.
   */
  Optional<State> unpacked(Key key);

  /**
   * Packs the texts of messages without loss. All methods return them as before.
   *
   * @param messages all between the first and the last one; pinned ones are not packed
   * @return how many bytes that saves, which may be 0; empty if nothing is packed, as some are gone
   *     or packed already
   */
  OptionalLong pack(Key key, List<SessionMessage> messages);

  /** Messages of a session that are not pinned, after one number and up to another, in order. */
  List<SessionMessage> messages(Key key, long after, long upTo);

  /**
   * Stores a summary, which replaces the one of the version before.
   *
   * @return false if the session is gone, or the stored summary is not of the version before: then
   *     another gateway has made one
   */
  boolean save(Key key, SessionSummary summary);
}
