package dev.serai.adapters.dialects.responses;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.OpenAiUsageReader;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a response says of itself, found in one walk that builds nothing: which it is, how it ended,
 * what it cost. Immutable.
 *
 * @param why it is incomplete; empty if it is not said
 * @param calls whether it calls a tool
 * @param states digests of the encrypted reasoning in it
 */
record AnswerWalk(
    String id,
    String model,
    long createdSeconds,
    String status,
    String why,
    boolean calls,
    boolean refused,
    Optional<Usage> usage,
    List<Long> states) {
  private static final byte[] ID = ascii("id");
  private static final byte[] MODEL = ascii("model");
  private static final byte[] CREATED_AT = ascii("created_at");
  private static final byte[] STATUS = ascii("status");
  private static final byte[] INCOMPLETE = ascii("incomplete_details");
  private static final byte[] REASON = ascii("reason");
  private static final byte[] OUTPUT = ascii("output");
  private static final byte[] TYPE = ascii("type");
  private static final byte[] CONTENT = ascii("content");
  private static final int MOST_STATES = 64;
  private static final byte[] ENCRYPTED = ascii("encrypted_content");
  private static final byte[] USAGE = ascii("usage");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] SERVICE_TIER = ascii("service_tier");

  /**
   * Walks a whole answer.
   *
   * @throws ProviderProblem GARBLED if it is not one, and what it says if it failed
   */
  static AnswerWalk of(byte[] body, Destination destination) {
    try {
      return of(body, 0, body.length, destination);
    } catch (MalformedInput e) {
      throw ProviderProblems.garbled(destination, "something that is not an answer");
    }
  }

  /**
   * Walks the response from {@code from} to {@code to}.
   *
   * @throws MalformedInput if it is not JSON
   * @throws ProviderProblem as above
   */
  static AnswerWalk of(byte[] bytes, int from, int to, Destination destination) {
    Walker walker = new Walker(new JsonCursor().over(bytes, from, to));
    walker.walk();
    if (walker.error) {
      throw OpenAiDialect.failureInside(bytes, from, to, destination);
    }
    if (!walker.output) {
      throw ProviderProblems.garbled(destination, "something that is not an answer");
    }
    return walker.found();
  }

  FinishReason finish() {
    return Outcome.read(status, why, calls, refused);
  }

  /** Notes whose the reasoning in it is. */
  void made(StateMakers makers, Destination destination) {
    for (Long state : states) {
      makers.made(state, destination.provider().name());
    }
  }

  private static final class Walker {
    final JsonCursor cursor;
    String id = "";
    String model = "";
    long created;
    String status = "completed";
    String why = "";
    String tier = "";
    boolean output;
    boolean calls;
    boolean refused;
    boolean error;
    Optional<Usage> usage = Optional.empty();
    List<Long> states = List.of();

    Walker(JsonCursor cursor) {
      this.cursor = cursor;
    }

    void walk() {
      cursor.enterObject();
      while (cursor.nextMember()) {
        member();
      }
      cursor.finish();
    }

    private void member() {
      int kind = cursor.peek();
      if (kind == '"' && cursor.nameIs(ID)) {
        id = cursor.text();
      } else if (kind == '"' && cursor.nameIs(MODEL)) {
        model = cursor.text();
      } else if (kind == '"' && cursor.nameIs(STATUS)) {
        status = cursor.text();
      } else if (cursor.nameIs(CREATED_AT)) {
        created = Math.max(0, cursor.count());
      } else if (kind == '{' && cursor.nameIs(INCOMPLETE)) {
        reason();
      } else if (kind == '[' && cursor.nameIs(OUTPUT)) {
        output();
      } else if (cursor.nameIs(USAGE)) {
        usage = OpenAiUsageReader.read(cursor, OpenAiUsageReader.Names.RESPONSES);
      } else if (kind == '"' && cursor.nameIs(SERVICE_TIER)) {
        tier = cursor.text();
      } else {
        error |= kind != 'n' && cursor.nameIs(ERROR);
        cursor.skip();
      }
    }

    private void reason() {
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.peek() == '"' && cursor.nameIs(REASON)) {
          why = cursor.text();
        } else {
          cursor.skip();
        }
      }
    }

    private void output() {
      output = true;
      cursor.enterArray();
      while (cursor.nextElement()) {
        String type = item();
        calls |= type.equals("function_call") || type.equals("custom_tool_call");
      }
    }

    /** Takes an item or a part of its content; gives its type. */
    private String item() {
      String type = "";
      if (cursor.peek() != '{') {
        cursor.skip();
        return type;
      }
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.peek() == '"' && cursor.nameIs(TYPE)) {
          type = cursor.text();
        } else if (cursor.peek() == '"' && cursor.nameIs(ENCRYPTED)) {
          state(cursor.text());
        } else if (cursor.peek() == '[' && cursor.nameIs(CONTENT)) {
          cursor.enterArray();
          while (cursor.nextElement()) {
            refused |= item().equals("refusal");
          }
        } else {
          cursor.skip();
        }
      }
      return type;
    }

    private void state(String encrypted) {
      states = states.isEmpty() ? new ArrayList<>(2) : states;
      if (states.size() < MOST_STATES) {
        states.add(StateMakers.digest(encrypted));
      }
    }

    AnswerWalk found() {
      Optional<Usage> billed = OpenAiUsageReader.withTier(usage, tier);
      return new AnswerWalk(id, model, created, status, why, calls, refused, billed, states);
    }
  }
}
