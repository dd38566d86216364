package dev.serai.adapters.dialects.responses;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.Fnv;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.openaiapi.UsageReader;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What accounting and forwarding need of a response object, read in one pass without building a
 * tree. Immutable.
 *
 * @param why the reason why it is incomplete; empty if it gives none
 * @param calls whether it calls a tool
 * @param states digests of the encrypted reasoning in it
 */
record ResponseSummary(
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
  private static final int MAX_STATES = 64;
  private static final byte[] ENCRYPTED = ascii("encrypted_content");
  private static final byte[] USAGE = ascii("usage");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] SERVICE_TIER = ascii("service_tier");

  /**
   * Reads a non-streaming response.
   *
   * @throws ProviderProblem MALFORMED if it is not a response; the provider's error if it failed
   */
  static ResponseSummary of(byte[] body, Destination destination) {
    Scanner scanner;
    try {
      scanner = scan(body, 0, body.length, destination);
    } catch (MalformedInput e) {
      throw MalformedResponse.of(destination);
    }
    if (scanner.items == 0 && scanner.status.isEmpty()) {
      throw MalformedResponse.of(destination);
    }
    return scanner.summary();
  }

  /**
   * Reads the response object from {@code from} to {@code to}.
   *
   * @throws MalformedInput if it is not JSON
   * @throws ProviderProblem as above
   */
  static ResponseSummary of(byte[] bytes, int from, int to, Destination destination) {
    return scan(bytes, from, to, destination).summary();
  }

  private static Scanner scan(byte[] bytes, int from, int to, Destination destination) {
    Scanner scanner = new Scanner(new JsonCursor().over(bytes, from, to));
    scanner.scan();
    if (scanner.error) {
      throw ErrorReader.inside(destination, bytes, from, to);
    }
    if (!scanner.output) {
      throw MalformedResponse.of(destination);
    }
    return scanner;
  }

  FinishReason finish() {
    return ResponseStatus.read(status, why, calls, refused);
  }

  /** Records which provider made the reasoning in it. */
  void recordOrigins(ReasoningOrigins origins, Destination destination) {
    for (Long state : states) {
      origins.record(state, destination.provider().name());
    }
  }

  private static final class Scanner {
    final JsonCursor cursor;
    String id = "";
    String model = "";
    long created;
    String status = "";
    String why = "";
    String tier = "";
    boolean output;
    int items;
    boolean calls;
    boolean refused;
    boolean error;
    Optional<Usage> usage = Optional.empty();
    List<Long> states = List.of();

    Scanner(JsonCursor cursor) {
      this.cursor = cursor;
    }

    void scan() {
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
        usage = UsageReader.read(cursor, UsageReader.Names.RESPONSES);
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
        items++;
        String type = item();
        calls |= type.equals("function_call") || type.equals("custom_tool_call");
      }
    }

    /** Reads an item or a part of its content; returns its type. */
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
      if (states.size() < MAX_STATES) {
        states.add(Fnv.hash(encrypted));
      }
    }

    ResponseSummary summary() {
      Optional<Usage> billed = UsageReader.withTier(usage, tier);
      String known = status.isEmpty() ? "completed" : status;
      return new ResponseSummary(id, model, created, known, why, calls, refused, billed, states);
    }
  }
}
