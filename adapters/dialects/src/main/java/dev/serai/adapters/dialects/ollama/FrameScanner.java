package dev.serai.adapters.dialects.ollama;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.GeneratedIds;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.chat.detail.TextDetails;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One chunk of a response: a line of a stream, or a non-streaming response, which has the same
 * form. Reused for the next chunk. Not thread-safe.
 *
 * <p>No server gives responses an id. It is derived from the bytes of the first chunk, which hold
 * the time in nanoseconds: the same bytes always give the same id.
 */
final class FrameScanner {
  private static final byte[] MODEL = ascii("model");
  private static final byte[] CREATED_AT = ascii("created_at");
  private static final byte[] MESSAGE = ascii("message");
  private static final byte[] RESPONSE = ascii("response");
  private static final byte[] CONTENT = ascii("content");
  private static final byte[] THINKING = ascii("thinking");
  private static final byte[] TOOL_CALLS = ascii("tool_calls");
  private static final byte[] IMAGES = ascii("images");
  private static final byte[] ID = ascii("id");
  private static final byte[] FUNCTION = ascii("function");
  private static final byte[] NAME = ascii("name");
  private static final byte[] ARGUMENTS = ascii("arguments");
  private static final byte[] DONE = ascii("done");
  private static final byte[] DONE_REASON = ascii("done_reason");
  private static final byte[] PROMPT_EVAL_COUNT = ascii("prompt_eval_count");
  private static final byte[] EVAL_COUNT = ascii("eval_count");
  private static final byte[] LOGPROBS = ascii("logprobs");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] STATUS = ascii("status");
  private static final int MAX_CALLS = 1024;

  private final JsonCursor cursor = new JsonCursor();
  private byte[] bytes = {};
  private String seed = "";
  private int callsSoFar;

  private String model = "";
  private long createdSeconds;
  private String content = "";
  private String thinking = "";
  private List<ToolCall> calls = List.of();
  private List<ImagePart> images = List.of();
  private int logprobsFrom;
  private int logprobsTo;
  private boolean done;
  private String doneReason = "";
  private TokenCounts counts = new TokenCounts();
  private long promptTokens;
  private long outputTokens;
  private Optional<String> error = Optional.empty();
  private int status;

  /**
   * Reads the next chunk.
   *
   * @throws MalformedInput if it is not one
   */
  void read(byte[] text, int from, int to) {
    bytes = text;
    boolean first = seed.isEmpty();
    if (first) {
      seed = GeneratedIds.seed(text, from, to);
    }
    content = "";
    thinking = "";
    calls = List.of();
    images = List.of();
    logprobsFrom = 0;
    logprobsTo = 0;
    done = false;
    doneReason = "";
    counts = new TokenCounts();
    promptTokens = -1;
    outputTokens = -1;
    error = Optional.empty();
    status = 500;
    cursor.over(text, from, to).enterObject();
    while (cursor.nextMember()) {
      takeMember(first);
    }
    cursor.finish();
  }

  private void takeMember(boolean first) {
    if (cursor.nameIs(MESSAGE) && cursor.peek() == '{') {
      takeMessage();
    } else if (cursor.nameIs(RESPONSE)) {
      content = textOrNothing();
    } else if (cursor.nameIs(THINKING)) {
      thinking = textOrNothing();
    } else if (cursor.nameIs(DONE) && cursor.peek() == 't') {
      done = cursor.flag();
    } else if (cursor.nameIs(DONE_REASON)) {
      doneReason = textOrNothing();
    } else if (cursor.nameIs(PROMPT_EVAL_COUNT)) {
      promptTokens = counts.take(cursor, promptTokens);
    } else if (cursor.nameIs(EVAL_COUNT)) {
      outputTokens = counts.take(cursor, outputTokens);
    } else if (cursor.nameIs(LOGPROBS) && cursor.peek() == '[') {
      logprobsFrom = cursor.offset();
      cursor.skip();
      logprobsTo = cursor.offset();
    } else if (cursor.nameIs(ERROR) && cursor.peek() != 'n') {
      error = Optional.of(textOrNothing());
    } else if (cursor.nameIs(STATUS)) {
      long count = cursor.count();
      status = count >= 400 && count <= 599 ? (int) count : 500;
    } else if (first && cursor.nameIs(MODEL)) {
      model = textOrNothing();
    } else if (first && cursor.nameIs(CREATED_AT)) {
      createdSeconds = seconds(textOrNothing());
    } else {
      cursor.skip();
    }
  }

  private String textOrNothing() {
    if (cursor.peek() == '"') {
      return cursor.text();
    }
    cursor.skip();
    return "";
  }

  private static long seconds(String time) {
    try {
      return OffsetDateTime.parse(time).toEpochSecond();
    } catch (DateTimeException e) {
      // A response is not refused for its time.
      return 0;
    }
  }

  private void takeMessage() {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(CONTENT)) {
        content = textOrNothing();
      } else if (cursor.nameIs(THINKING)) {
        thinking = textOrNothing();
      } else if (cursor.nameIs(IMAGES) && cursor.peek() == '[') {
        images = new ArrayList<>(1);
        cursor.enterArray();
        while (cursor.nextElement()) {
          images.add(RequestMessageReader.image(textOrNothing()));
        }
      } else if (cursor.nameIs(TOOL_CALLS) && cursor.peek() == '[') {
        calls = new ArrayList<>(2);
        cursor.enterArray();
        while (cursor.nextElement()) {
          takeCall();
        }
      } else {
        cursor.skip();
      }
    }
  }

  private void takeCall() {
    if (callsSoFar == MAX_CALLS) {
      throw new MalformedInput(cursor.offset(), "at most " + MAX_CALLS + " calls");
    }
    String id = "";
    String name = "";
    String arguments = "{}";
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(ID)) {
        id = textOrNothing();
      } else if (cursor.nameIs(FUNCTION)) {
        cursor.enterObject();
        while (cursor.nextMember()) {
          if (cursor.nameIs(NAME)) {
            name = textOrNothing();
          } else if (cursor.nameIs(ARGUMENTS) && !cursor.takeNull()) {
            arguments = takeArguments();
          } else if (!cursor.nameIs(ARGUMENTS)) {
            cursor.skip();
          }
        }
      } else {
        cursor.skip();
      }
    }
    callsSoFar++;
    calls.add(new ToolCall(id, name, arguments));
  }

  private String takeArguments() {
    if (cursor.peek() == '"') {
      return ToolArguments.given(cursor.text());
    }
    int from = cursor.offset();
    cursor.skip();
    return new String(bytes, from, cursor.offset() - from, StandardCharsets.UTF_8);
  }

  String responseId() {
    return "chatcmpl-" + seed;
  }

  String model() {
    return model;
  }

  long createdSeconds() {
    return createdSeconds;
  }

  String content() {
    return content;
  }

  String thinking() {
    return thinking;
  }

  /** The images of this chunk. */
  List<ImagePart> images() {
    return images;
  }

  /** The log probabilities of the tokens of this chunk. */
  TextDetails details() {
    return LogprobsReader.read(bytes, logprobsFrom, logprobsTo);
  }

  /** The calls of this chunk. */
  List<ToolCall> calls() {
    return calls;
  }

  boolean done() {
    return done;
  }

  /** The error message of the provider. */
  Optional<String> error() {
    return error;
  }

  /** The status of the error: 500 if the chunk has none. */
  int status() {
    return status;
  }

  /** Why the response ended. Ollama says "stop" for calls too. */
  FinishReason finish() {
    // Older servers give no reason.
    FinishReason reason = FinishReason.of(doneReason.isEmpty() ? "stop" : doneReason);
    return reason.kind() == Kind.STOP && callsSoFar > 0
        ? new FinishReason(Kind.TOOL_CALLS, reason.raw())
        : reason;
  }

  /** The count of tokens. */
  Optional<Usage> usage() {
    return counts.reported() ? UsageReader.of(promptTokens, outputTokens) : Optional.empty();
  }

  /** Whether the chunk carries text, reasoning or a call. */
  boolean carriesToken() {
    return !content.isEmpty() || !thinking.isEmpty() || !calls.isEmpty();
  }
}
