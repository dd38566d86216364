package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.TextDeltaMatcher;
import dev.serai.adapters.dialects.openaiapi.UsageReader;
import dev.serai.adapters.dialects.stream.StreamedChoices;
import dev.serai.core.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Scans one {@code chat.completion.chunk}, or one of the older {@code text_completion}, for what a
 * relay must know: whether it carries a token, which choices finished and why, the usage, an error.
 *
 * <p>Model: one pass of a {@link JsonCursor} checks every byte and allocates nothing. Most chunks
 * of a stream differ from the one before only in one text: those are recognised by comparing bytes,
 * and not scanned at all. One instance is reused for all chunks of a stream. Not thread-safe.
 */
final class FrameScanner {
  private static final byte[] CHOICES = ascii("choices");
  private static final byte[] USAGE = ascii("usage");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] MODEL = ascii("model");
  private static final byte[] ID = ascii("id");
  private static final byte[] CREATED = ascii("created");
  private static final byte[] TOOL_CALLS = ascii("tool_calls");
  private static final byte[] DELTA = ascii("delta");
  private static final byte[] MESSAGE = ascii("message");
  private static final byte[] TEXT = ascii("text");
  private static final byte[] INDEX = ascii("index");
  private static final byte[] X_GROQ = ascii("x_groq");
  private static final byte[] SERVICE_TIER = ascii("service_tier");
  private static final byte[] ROLE = ascii("role");
  private static final byte[] FINISH_REASON = ascii("finish_reason");

  private static final byte[] NOTHING = new byte[0];

  /** The largest number of choices in a response, which is that of {@code n} in OpenAI's API. */
  static final int MAX_CHOICES = 128;

  private final JsonCursor cursor = new JsonCursor();
  private final TextDeltaMatcher same = new TextDeltaMatcher();
  private byte[] bytes = NOTHING;
  private byte[] tier = {};
  private String id = "";
  private String model = "";
  private long created;
  private boolean calls;
  private boolean error;
  private boolean token;
  private boolean responds;
  private boolean recognised;
  private int choiceCount;
  private int finishes;
  private int texts;
  private int textStart;
  private int textEnd;
  private final StreamedChoices choices = new StreamedChoices();
  private int lastChoice;
  private int templateChoice;
  private int[] finishedChoices = new int[1];
  private String[] finishReasons = new String[1];
  private Optional<Usage> usage = Optional.empty();

  /**
   * Scans a chunk. An object without choices, an error or usage has nothing for a response, as an
   * event of a type that the dialect does not have.
   *
   * @throws MalformedInput if it is not a JSON object
   */
  void scan(byte[] data, int from, int to) {
    clear(data);
    recognised = same.recognises(data, from, to);
    if (recognised) {
      token = !same.isEmpty(from, to);
      responds |= token;
      choiceCount = 1;
      if (token) {
        choices.takeContent(templateChoice);
      }
      return;
    }
    cursor.over(data, from, to);
    cursor.enterObject();
    while (cursor.nextMember()) {
      member();
    }
    cursor.finish();
    responds |= token || finishes > 0;
    if (isOnlyUsage()) {
      choices.countUsage();
    }
    boolean onlyText = texts == 1 && choiceCount == 1 && finishes == 0 && !error;
    if (onlyText && usage.isEmpty() && same.wants(to - from)) {
      same.remember(Arrays.copyOfRange(data, from, to), textStart - from, textEnd - from);
      templateChoice = lastChoice;
    }
  }

  /** Drops the references to the scanned bytes, so that an idle stream does not retain them. */
  void release() {
    bytes = NOTHING;
    cursor.over(NOTHING, 0, 0);
  }

  private void clear(byte[] data) {
    bytes = data;
    error = false;
    token = false;
    choiceCount = 0;
    finishes = 0;
    texts = 0;
    usage = Optional.empty();
  }

  private void member() {
    switch (cursor.nameFirst()) {
      case 'c' -> {
        if (cursor.nameIs(CHOICES)) {
          if (!cursor.takeNull()) {
            choices();
          }
          return;
        }
        if (created == 0 && cursor.nameIs(CREATED)) {
          created = Math.max(0, cursor.count());
          return;
        }
      }
      case 'i' -> {
        if (id.isEmpty() && cursor.nameIs(ID) && cursor.peek() == '"') {
          id = cursor.text();
          return;
        }
      }
      case 'm' -> {
        if (model.isEmpty() && cursor.nameIs(MODEL) && cursor.peek() == '"') {
          model = cursor.text();
          return;
        }
      }
      case 'u' -> {
        if (cursor.nameIs(USAGE)) {
          Optional<Usage> read = UsageReader.read(cursor, UsageReader.Names.CHAT);
          usage = read.isPresent() ? read : usage;
          return;
        }
      }
      case 'x' -> {
        if (cursor.nameIs(X_GROQ) && cursor.peek() == '{') {
          groq();
          return;
        }
      }
      case 's' -> {
        if (cursor.nameIs(SERVICE_TIER) && cursor.peek() == '"') {
          int from = cursor.offset();
          cursor.skip();
          tier(from + 1, cursor.offset() - 1);
          return;
        }
      }
      case 'e' -> error |= cursor.nameIs(ERROR) && cursor.peek() != 'n';
      default -> {}
    }
    cursor.skip();
  }

  /** Every chunk may repeat the tier: a string is only made when it changes. */
  private void tier(int from, int to) {
    if (!Arrays.equals(bytes, from, to, tier, 0, tier.length)) {
      tier = Arrays.copyOfRange(bytes, from, to);
    }
  }

  /** Groq's own member: it holds the usage, or the error that ends a stream early. */
  private void groq() {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(USAGE)) {
        Optional<Usage> read = UsageReader.read(cursor, UsageReader.Names.CHAT);
        usage = read.isPresent() ? read : usage;
      } else {
        error |= cursor.nameIs(ERROR) && cursor.peek() != 'n';
        cursor.skip();
      }
    }
  }

  private void choices() {
    cursor.enterArray();
    while (cursor.nextElement()) {
      choice();
      choiceCount++;
    }
  }

  private void choice() {
    int index = Math.min(choiceCount, MAX_CHOICES - 1);
    String finish = null;
    boolean before = token;
    token = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      int first = cursor.nameFirst();
      if (first == 'd' && cursor.nameIs(DELTA) || first == 'm' && cursor.nameIs(MESSAGE)) {
        delta();
      } else if (first == 't' && cursor.nameIs(TEXT)) {
        text();
      } else if (first == 'i' && cursor.nameIs(INDEX)) {
        index = index(cursor, index);
      } else if (first == 'f' && cursor.nameIs(FINISH_REASON) && cursor.peek() == '"') {
        finish = cursor.text();
      } else {
        error |= first == 'e' && cursor.nameIs(ERROR) && cursor.peek() == '{';
        cursor.skip();
      }
    }
    lastChoice = index;
    boolean finishes = false;
    if (finish != null && !finish.isEmpty()) {
      finished(index, finish);
      finishes = true;
    }
    choices.take(index, token, finishes);
    token |= before;
  }

  /**
   * Takes the index of a choice.
   *
   * @param place of the choice, its index if it has none
   * @throws MalformedInput if no response can have so many choices: nothing is made of the number
   */
  static int index(JsonCursor cursor, int place) {
    return StreamedChoices.number(cursor, place, MAX_CHOICES, "the index of a choice");
  }

  /** A token is any member but the role: text, reasoning, refusal, a part of a tool call. */
  private void delta() {
    if (cursor.peek() != '{') {
      cursor.skip();
      return;
    }
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameFirst() == 'r' && cursor.nameIs(ROLE)) {
        cursor.skip();
      } else {
        calls |= cursor.nameFirst() == 't' && cursor.nameIs(TOOL_CALLS);
        text();
      }
    }
  }

  private void text() {
    int from = cursor.offset();
    cursor.skip();
    if (bytes[from] == 'n') {
      return;
    }
    token |= cursor.offset() - from > 2;
    // With two texts, or one that is not a string, the chunk is not a template for the next one.
    texts += bytes[from] == '"' ? 1 : 2;
    textStart = from + 1;
    textEnd = cursor.offset() - 1;
  }

  private void finished(int index, String reason) {
    if (finishes == finishReasons.length) {
      finishReasons = Arrays.copyOf(finishReasons, 2 * finishes);
      finishedChoices = Arrays.copyOf(finishedChoices, 2 * finishes);
    }
    finishedChoices[finishes] = index;
    finishReasons[finishes++] = reason;
  }

  /** Whether the chunk is a provider's error. */
  boolean isError() {
    return error;
  }

  /** The model's name from the first chunk that had one; empty before. */
  String model() {
    return model;
  }

  /** The id of the first chunk that had one; empty before. */
  String id() {
    return id;
  }

  /** The time of the first chunk that had one, in seconds since 1970; 0 before. */
  long created() {
    return created;
  }

  /** The first choice that there has been so far from this index on; -1 if there is none. */
  int nextChoice(int from) {
    return choices.next(from);
  }

  /** Whether a tool has been called so far. */
  boolean hasCalls() {
    return calls;
  }

  /**
   * Whether each choice has finished and no token of it came later: some servers send a finish
   * reason after every piece.
   *
   * @param wanted how many choices there must be
   */
  boolean isComplete(long wanted) {
    return choices.isComplete(wanted);
  }

  /** Whether the finish reasons, or the usage, came behind the content. */
  boolean isEnded() {
    return choices.isEnded();
  }

  boolean carriesToken() {
    return token;
  }

  /** Whether there has been content or a finish reason so far. */
  boolean responds() {
    return responds;
  }

  /** Whether the chunk holds the usage and no choice. */
  boolean isOnlyUsage() {
    return usage.isPresent() && choiceCount == 0;
  }

  Optional<Usage> usage() {
    return usage.isEmpty()
        ? usage
        : UsageReader.withTier(usage, new String(tier, StandardCharsets.US_ASCII));
  }

  /** Whether the chunk differs from an earlier one in one text only. */
  boolean isLikeTheLast() {
    return recognised;
  }

  /** How many choices finished in this chunk. */
  int finishes() {
    return finishes;
  }

  int finishedChoice(int i) {
    return finishedChoices[i];
  }

  String finishReason(int i) {
    return finishReasons[i];
  }
}
