package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.StreamedChoices;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * Scans a {@code GenerateContentResponse}, a non-streaming one or an event of a stream, for what
 * forwarding and accounting need. One pass, no tree. Reused for the next one. Not thread-safe.
 */
final class FrameScanner {
  static final int MAX_CANDIDATES = 16;

  private final JsonCursor cursor = new JsonCursor();
  private final int[] finishedCandidates = new int[MAX_CANDIDATES];
  private final String[] finishReasons = new String[MAX_CANDIDATES];
  private final boolean[] called = new boolean[MAX_CANDIDATES];
  private final StreamedChoices choices = new StreamedChoices();
  private int finishes;
  private int candidates;
  private boolean error;
  private boolean parts;
  private String blockReason = "";
  private String model = "";
  private Optional<Usage> usage = Optional.empty();

  /**
   * Scans the next one. Remembers over the events of a stream which candidates call tools.
   *
   * @throws MalformedInput if it is not a JSON object
   */
  void scan(byte[] text, int from, int to) {
    finishes = 0;
    candidates = 0;
    error = false;
    parts = false;
    usage = Optional.empty();
    cursor.over(text, from, to).enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.CANDIDATES) && cursor.peek() == '[') {
        takeCandidates();
      } else if (cursor.nameIs(MemberNames.USAGE) && cursor.peek() == '{') {
        usage = UsageReader.read(cursor);
      } else if (cursor.nameIs(MemberNames.PROMPT_FEEDBACK) && cursor.peek() == '{') {
        takeFeedback();
      } else if (model.isEmpty()
          && cursor.nameIs(MemberNames.MODEL_VERSION)
          && cursor.peek() == '"') {
        model = cursor.text();
      } else if (cursor.nameIs(MemberNames.ERROR) && cursor.peek() == '{') {
        error = true;
        cursor.skip();
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    if (candidates == 0 && usage.isPresent()) {
      choices.countUsage();
    }
  }

  private void takeCandidates() {
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (candidates == MAX_CANDIDATES) {
        throw new MalformedInput(cursor.offset(), "no more candidates");
      }
      takeCandidate(candidates++);
    }
  }

  private void takeCandidate(int place) {
    int index = place;
    String finish = "";
    boolean calls = false;
    boolean before = parts;
    parts = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.CONTENT) && cursor.peek() == '{') {
        calls = takeContent();
      } else if (cursor.nameIs(MemberNames.FINISH_REASON) && cursor.peek() == '"') {
        finish = cursor.text();
      } else if (cursor.nameIs(MemberNames.INDEX)) {
        index = StreamedChoices.number(cursor, place, MAX_CANDIDATES, "the index of a candidate");
      } else {
        cursor.skip();
      }
    }
    called[index] |= calls;
    choices.take(index, parts, !finish.isEmpty());
    parts |= before;
    if (!finish.isEmpty()) {
      finishedCandidates[finishes] = index;
      finishReasons[finishes++] = finish;
    }
  }

  /** Returns whether a tool is called. */
  private boolean takeContent() {
    boolean calls = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.PARTS) && cursor.peek() == '[') {
        cursor.enterArray();
        while (cursor.nextElement()) {
          parts = true;
          calls |= takePart();
        }
      } else {
        cursor.skip();
      }
    }
    return calls;
  }

  private boolean takePart() {
    boolean calls = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.FUNCTION_CALL) && cursor.peek() == '{') {
        calls |= hasName();
      } else {
        cursor.skip();
      }
    }
    return calls;
  }

  private boolean hasName() {
    boolean named = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.NAME) && cursor.peek() == '"') {
        named |= !cursor.text().isEmpty();
      } else {
        cursor.skip();
      }
    }
    return named;
  }

  private void takeFeedback() {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.BLOCK_REASON) && cursor.peek() == '"') {
        blockReason = cursor.text();
      } else {
        cursor.skip();
      }
    }
  }

  boolean isError() {
    return error;
  }

  /** Whether there are candidates or a block reason. */
  boolean hasResponse() {
    return candidates > 0 || !blockReason.isEmpty();
  }

  boolean carriesToken() {
    return parts || finishes > 0;
  }

  /** Why the prompt was blocked, in this one or an earlier one; empty if it was not. */
  String blockReason() {
    return blockReason;
  }

  /** The model, from the first one that names it; empty before. */
  String model() {
    return model;
  }

  /** What has been of the candidates so far. */
  StreamedChoices choices() {
    return choices;
  }

  /** How many candidates finish in it. */
  int finishes() {
    return finishes;
  }

  int finishedCandidate(int i) {
    return finishedCandidates[i];
  }

  String finishReason(int i) {
    return finishReasons[i];
  }

  /** Whether that candidate has called a tool so far. */
  boolean calls(int candidate) {
    return called[candidate];
  }

  Optional<Usage> usage() {
    return usage;
  }
}
