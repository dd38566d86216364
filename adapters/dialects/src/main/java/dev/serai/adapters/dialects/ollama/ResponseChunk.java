package dev.serai.adapters.dialects.ollama;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.GeneratedIds;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One chunk of an answer: a line of a stream, or a whole answer, which looks the same. Used again
 * for the next one. Not thread-safe.
 *
 * <p>Older servers give calls no ids, and no server gives answers any. A caller needs ids that no
 * other answer of the conversation has, so they are made of the first chunk's bytes, which hold the
 * time in nanoseconds: the same bytes always give the same ids.
 */
final class ResponseChunk {
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
  private static final byte[] ERROR = ascii("error");
  private static final byte[] STATUS = ascii("status");
  private static final int MOST_CALLS = 1024;

  private final JsonCursor cursor = new JsonCursor();
  private byte[] bytes = {};
  private String seed = "";
  private int callsSoFar;

  private String model = "";
  private long createdSeconds;
  private String content = "";
  private String thinking = "";
  private List<ToolCall> calls = List.of();
  private List<ImagePart> pictures = List.of();
  private boolean done;
  private String doneReason = "";
  private long promptTokens;
  private long answerTokens;
  private Optional<String> error = Optional.empty();
  private int status;

  /**
   * Reads the next chunk.
   *
   * @throws MalformedInput if it is none
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
    pictures = List.of();
    done = false;
    doneReason = "";
    promptTokens = -1;
    answerTokens = -1;
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
      promptTokens = cursor.count();
    } else if (cursor.nameIs(EVAL_COUNT)) {
      answerTokens = cursor.count();
    } else if (cursor.nameIs(ERROR) && cursor.peek() != 'n') {
      error = Optional.of(textOrNothing());
    } else if (cursor.nameIs(STATUS)) {
      long told = cursor.count();
      status = told >= 400 && told <= 599 ? (int) told : 500;
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
      // The time is not worth an answer.
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
        pictures = new ArrayList<>(1);
        cursor.enterArray();
        while (cursor.nextElement()) {
          pictures.add(RequestMessageReader.picture(textOrNothing()));
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
    if (callsSoFar == MOST_CALLS) {
      throw new MalformedInput(cursor.offset(), "no more calls");
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
    String unique = id.isEmpty() ? "call_" + seed + "_" + callsSoFar : id;
    callsSoFar++;
    calls.add(new ToolCall(unique, name, arguments));
  }

  private String takeArguments() {
    if (cursor.peek() == '"') {
      String text = cursor.text();
      return text.isBlank() ? "{}" : text;
    }
    int from = cursor.offset();
    cursor.skip();
    return new String(bytes, from, cursor.offset() - from, StandardCharsets.UTF_8);
  }

  /** An id for the answer, made like those of its calls. */
  String answerId() {
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

  /** The pictures of this chunk. */
  List<ImagePart> pictures() {
    return pictures;
  }

  /** The calls of this chunk. */
  List<ToolCall> calls() {
    return calls;
  }

  /** Calls of this chunk and those before it. */
  int callsSoFar() {
    return callsSoFar;
  }

  boolean done() {
    return done;
  }

  /** What the provider said went wrong. */
  Optional<String> error() {
    return error;
  }

  /** The status that goes with the error: 500 if it names none. */
  int status() {
    return status;
  }

  /** Why the answer ended. OllamaDialect says "stop" for calls too. */
  FinishReason finish() {
    return switch (doneReason) {
      case "stop" ->
          callsSoFar > 0
              ? new FinishReason(Kind.TOOL_CALLS, doneReason)
              : new FinishReason(Kind.STOP, doneReason);
      case "length" -> new FinishReason(Kind.LENGTH, doneReason);
      case "" -> new FinishReason(Kind.OTHER, "unspecified");
      default -> new FinishReason(Kind.OTHER, doneReason);
    };
  }

  /**
   * The count. A server that had the whole prompt in its cache may leave the prompt's tokens out:
   * then they count as none.
   */
  Optional<Usage> usage() {
    return promptTokens < 0 && answerTokens < 0
        ? Optional.empty()
        : Optional.of(Usage.of(Math.max(promptTokens, 0), Math.max(answerTokens, 0)));
  }
}
