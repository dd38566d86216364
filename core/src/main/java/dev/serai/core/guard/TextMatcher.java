package dev.serai.core.guard;

import java.util.Arrays;

/**
 * Searches a text that arrives character by character. It follows all possible matches at once, so
 * that each character costs at most as many steps as the patterns have instructions. Of the
 * possible matches at one instruction it keeps the one that began last; so they are in the order of
 * their beginnings, the last one first. One for each text; not thread-safe.
 */
final class TextMatcher {
  /** The longest match, in characters of the text as it is written. */
  static final int MAX_MATCH = 1000;

  private static final int NO_CHAR = -1;

  private final Program program;
  private int[] waiting = new int[16];
  private long[] waitingSince = new long[16];
  private int count;
  private int[] reached = new int[16];
  private long[] reachedSince = new long[16];
  private int reachedCount;
  private int[] seen = new int[0];
  private int step;
  private int[] open = new int[16];
  private int before = NO_CHAR;
  private boolean matched;

  TextMatcher(Program program) {
    this.program = program;
  }

  /**
   * Takes the next character.
   *
   * @param at where the character begins in the text as it is written; never decreases
   * @return whether a match ended before this character
   */
  boolean take(char c, long at) {
    int[] entries = program.entries(c);
    if (count == 0 && entries.length == 0) {
      before = c;
      return false;
    }
    begin();
    for (int entry : entries) {
      follow(entry, at, c);
    }
    followWaiting(at, c);
    count = 0;
    for (int i = 0; i < reachedCount; i++) {
      if (program.takes(reached[i], c)) {
        keep(reached[i] + 1, reachedSince[i]);
      }
    }
    before = c;
    return matched;
  }

  /** Whether a match ends with the text so far. The text may go on after it. */
  boolean end() {
    if (count > 0) {
      begin();
      followWaiting(0, NO_CHAR);
    }
    return matched;
  }

  /** Where the earliest match may begin that is not complete yet; {@code none} without one. */
  long heldFrom(long none) {
    return count == 0 ? none : waitingSince[count - 1];
  }

  private void begin() {
    if (seen.length == 0) {
      seen = new int[program.size()];
    }
    step++;
    reachedCount = 0;
  }

  private void followWaiting(long at, int next) {
    for (int i = 0; i < count; i++) {
      if (at - waitingSince[i] < MAX_MATCH) {
        follow(waiting[i], waitingSince[i], next);
      }
    }
  }

  /** Finds the instructions that take a character after {@code from}, and whether a match ends. */
  private void follow(int from, long since, int next) {
    int size = 0;
    open[size++] = from;
    while (size > 0) {
      int at = open[--size];
      if (seen[at] == step) {
        continue;
      }
      seen[at] = step;
      if (size + 2 > open.length) {
        open = Arrays.copyOf(open, 2 * open.length);
      }
      switch (program.operation(at)) {
        case Program.SPLIT -> {
          open[size++] = program.second(at);
          open[size++] = program.first(at);
        }
        case Program.JUMP -> open[size++] = program.first(at);
        case Program.BOUNDARY -> {
          if (CharClass.isWord(before) != CharClass.isWord(next)) {
            open[size++] = program.first(at);
          }
        }
        case Program.MATCH -> matched = true;
        default -> reach(at, since);
      }
    }
  }

  private void reach(int at, long since) {
    if (reachedCount == reached.length) {
      reached = Arrays.copyOf(reached, 2 * reachedCount);
      reachedSince = Arrays.copyOf(reachedSince, 2 * reachedCount);
    }
    reached[reachedCount] = at;
    reachedSince[reachedCount++] = since;
  }

  private void keep(int at, long since) {
    if (count == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * count);
      waitingSince = Arrays.copyOf(waitingSince, 2 * count);
    }
    waiting[count] = at;
    waitingSince[count++] = since;
  }
}
