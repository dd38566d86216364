package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.BitSet;

/**
 * Which choices of a stream there have been, and which of them have finished: each with a finish
 * reason, and no content behind it.
 *
 * <p>Some servers send a finish reason with every piece of content, so that one beside content does
 * not say that the stream is about to end. One that arrives after the content of its choice, in an
 * event without content, does. For one stream; not thread-safe.
 */
public final class StreamedChoices {
  private final BitSet seen = new BitSet();
  private final BitSet withContent = new BitSet();
  private final BitSet finished = new BitSet();

  /** The choices whose finish reason came without content, after their content. */
  private final BitSet ended = new BitSet();

  private boolean counted;
  private boolean goesOn;

  /** An event has something of a choice. */
  public void take(int choice, boolean content, boolean finishes) {
    seen.set(choice);
    if (content) {
      takeContent(choice);
    }
    if (finishes) {
      finished.set(choice);
      ended.set(choice, !content && withContent.get(choice));
    }
  }

  /** An event has content of a choice that there has been. */
  public void takeContent(int choice) {
    withContent.set(choice);
    counted = false;
    if (finished.get(choice)) {
      goesOn = true;
      finished.clear(choice);
      ended.clear(choice);
    }
  }

  /** An event has the usage and nothing of a choice: behind the last choice it is the end. */
  public void countUsage() {
    counted = isComplete(1) && !withContent.isEmpty();
  }

  /** Whether every choice that there was has finished, and so many at least. */
  public boolean isComplete(long wanted) {
    int finishes = finished.cardinality();
    return finishes > 0 && finishes == seen.cardinality() && finishes >= wanted;
  }

  /** Whether the provider has also shown that no content follows. */
  public boolean isEnded() {
    return !goesOn && (counted || ended.cardinality() == seen.cardinality());
  }

  /** The first choice that there has been so far from this number on; -1 if there is none. */
  public int next(int from) {
    return seen.nextSetBit(from);
  }

  /**
   * Takes the number of a choice.
   *
   * @param place of the choice, its number if it has none
   * @param most how many choices a response can have
   * @param what the number is of, if it is malformed
   * @throws MalformedInput if no response can have so many: nothing is made of the number
   */
  public static int number(JsonCursor cursor, int place, int most, String what) {
    int first = cursor.peek();
    int at = cursor.offset();
    if (first != '-' && (first < '0' || first > '9')) {
      cursor.skip();
      return place;
    }
    long given = cursor.wholeNumber();
    if (given < 0 || given >= most) {
      throw new MalformedInput(at, what);
    }
    return (int) given;
  }
}
