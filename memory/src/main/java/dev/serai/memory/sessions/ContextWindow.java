package dev.serai.memory.sessions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the part of a session that a model gets: the pinned messages and the latest turns, within a
 * number of tokens. A turn begins with a message of the user, so what is between two of them, such
 * as calls of tools and their results, is never divided. When the limit is passed, turns are left
 * out until half of it is used: the first message stays the same for several turns, as the prompt
 * caches of providers need it. The result follows from the messages alone. For one thread.
 */
final class ContextWindow {
  private static final int BYTES_PER_TOKEN = 4;
  private static final int TOKENS_OF_MESSAGE = 4;

  private final int maxTokens;
  private final Deque<Turn> turns = new ArrayDeque<>();
  private final Set<Long> pinned = new HashSet<>();
  private long pinnedTokens;
  private long turnTokens;
  private long allTokens;

  /**
   * @param summaryTokens those of the summary, which takes its part of them
   */
  ContextWindow(int maxTokens, long summaryTokens) {
    this.maxTokens = maxTokens;
    pinnedTokens = summaryTokens;
    allTokens = summaryTokens;
  }

  /**
   * A message without its text.
   *
   * @param user whether the user speaks
   */
  record Row(long number, long bytes, boolean user, boolean pinned) {
    long tokens() {
      return ContextWindow.tokens(bytes);
    }
  }

  /** About how many tokens a message of so many bytes has. */
  static long tokens(long bytes) {
    return TOKENS_OF_MESSAGE + bytes / BYTES_PER_TOKEN;
  }

  private record Turn(long first, long tokens) {}

  /** Adds the next message. */
  void add(Row row) {
    allTokens += row.tokens();
    if (row.pinned) {
      if (pinnedTokens + row.tokens() <= maxTokens) {
        pinnedTokens += row.tokens();
        pinned.add(row.number);
      }
    } else {
      addToTurn(row);
    }
    leaveOut();
  }

  private void addToTurn(Row row) {
    turnTokens += row.tokens();
    if (row.user || turns.isEmpty()) {
      turns.add(new Turn(row.number, row.tokens()));
    } else {
      Turn last = turns.removeLast();
      turns.add(new Turn(last.first, last.tokens + row.tokens()));
    }
  }

  private void leaveOut() {
    long room = maxTokens - pinnedTokens;
    if (turnTokens <= room) {
      return;
    }
    while (turns.size() > 1 && turnTokens > room / 2) {
      turnTokens -= turns.remove().tokens;
    }
    if (turnTokens > room) {
      turns.clear();
      turnTokens = 0;
    }
  }

  /** About how many tokens there are with those that are left out. */
  long allTokens() {
    return allTokens;
  }

  /** The number of the first message of the turns. */
  long first() {
    return turns.isEmpty() ? Long.MAX_VALUE : turns.getFirst().first;
  }

  /** Whether a message that was added is within the limit. */
  boolean contains(long number, boolean isPinned) {
    return isPinned ? pinned.contains(number) : number >= first();
  }
}
