package dev.serai.core.port;

import dev.serai.core.chat.ChatAnswer;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.problem.GatewayProblem;
import java.util.concurrent.Executor;

/** Answers inside the process, without a provider on the network: a persona. Thread-safe. */
@FunctionalInterface
public interface AnswerSource {
  /**
   * Answers one request: {@link ChatAnswer.Streaming} if it asked for a stream, else {@link
   * ChatAnswer.Complete}. May block: to be called off the event loop.
   *
   * @param model the name after the slash: which persona is asked
   * @param loop runs one task at a time, in order: every event of a stream is delivered on it, so
   *     that a reader stays on the thread that carries its call
   * @throws GatewayProblem if there is no such persona
   */
  ChatAnswer answer(ChatRequest request, String model, Executor loop);
}
