package dev.serai.processors.prompts;

import dev.serai.core.json.JsonWeight;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * The memory of a request that a prompt is put into. It takes as much as a request that came so
 * long. Confined to one thread at a time.
 */
final class PromptRoom {
  /** The body, its copy for the provider, and the objects and buffers of a translation. */
  private static final int COPIES = 4;

  /** The body and its copy for the provider, beside the objects of a translation. */
  private static final int COPIES_OF_BYTES = 2;

  /** The most bytes of a character in UTF-8 for one in a text. */
  private static final int MAX_BYTES_OF_CHARACTER = 3;

  private final long capacity;
  private final int limit;
  private final ByteHold hold;

  /**
   * @param limit of the length of a body
   */
  PromptRoom(ByteLimit memory, int limit) {
    capacity = memory.capacity();
    this.limit = limit;
    hold = memory.hold();
  }

  /** What is taken. */
  ByteHold hold() {
    return hold;
  }

  /**
   * Takes room before the prompt is in the request.
   *
   * @param body the length of the request, in bytes
   * @param characters of the prompt
   * @throws dev.serai.core.problem.GatewayProblem 413 if it can never fit, 503 if it does not now
   */
  void takeFor(long body, long characters) {
    requireLength(body + characters);
    long most = COPIES * (body + MAX_BYTES_OF_CHARACTER * characters);
    take(COPIES * (body + characters), Math.min(most, capacity));
  }

  /**
   * Takes what the request has with the prompt.
   *
   * @throws dev.serai.core.problem.GatewayProblem as {@link #takeFor}
   */
  void takeFor(byte[] body) {
    requireLength(body.length);
    long held =
        Math.max(
            (long) COPIES * body.length,
            (long) COPIES_OF_BYTES * body.length + JsonWeight.of(body));
    take(held, held);
  }

  private void requireLength(long length) {
    if (length > limit) {
      throw tooLarge(
          "The request with its stored prompt is over the limit of " + limit + " bytes.");
    }
  }

  private void take(long least, long held) {
    if (least > capacity) {
      throw tooLarge(
          "The request with its stored prompt takes more memory than the gateway has for requests"
              + " (server.memory_limit_megabytes).");
    }
    if (!hold.resize(held)) {
      throw ByteLimit.exhausted();
    }
  }

  private static CallerProblem tooLarge(String message) {
    return new CallerProblem(413, "request_too_large", message, Optional.of("prompt"));
  }
}
