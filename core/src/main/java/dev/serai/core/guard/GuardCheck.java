package dev.serai.core.guard;

import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatResponse;
import java.util.List;
import java.util.Optional;

/**
 * A check of a request or a response as a whole, by something other than patterns. It may block, so
 * it never runs on an event loop. Thread-safe.
 */
@FunctionalInterface
public interface GuardCheck {
  /** Checks all texts of a request or a response. */
  Outcome check(Subject subject);

  /**
   * What is checked.
   *
   * @param model that the client asked for
   * @param response empty if the texts are those of a request
   */
  record Subject(
      String requestId,
      Caller caller,
      String model,
      List<GuardedText> texts,
      Optional<ChatResponse> response) {
    public Subject {
      texts = List.copyOf(texts);
    }

    /** Whose texts these are. */
    public GuardDirection direction() {
      return response.isEmpty() ? GuardDirection.INPUT : GuardDirection.OUTPUT;
    }
  }

  /** The result of a check. */
  sealed interface Outcome {
    /** There is nothing to object to. */
    record Passed() implements Outcome {}

    /**
     * The guard objects.
     *
     * @param reason for the client; empty for none
     */
    record Objected(String reason) implements Outcome {}

    /**
     * The texts could not be checked.
     *
     * @param reason for the client
     */
    record NotChecked(String reason) implements Outcome {}
  }
}
