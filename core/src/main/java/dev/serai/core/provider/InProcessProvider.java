package dev.serai.core.provider;

import dev.serai.core.chat.ChatReply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import java.util.concurrent.Executor;

/** Answers inside the process, without a provider on the network: a persona. Thread-safe. */
@FunctionalInterface
public interface InProcessProvider {
  /**
   * Responds to one request: {@link ChatReply.Streaming} for a streaming request, else {@link
   * ChatReply.Complete}. May block: to be called off the event loop.
   *
   * @param model the name after the slash: the name of the persona
   * @param loop runs one task at a time, in order: every event of a stream is delivered on it, so
   *     that a reader stays on the thread that carries its call
   * @throws GatewayProblem if there is no such persona
   */
  ChatReply respond(ChatRequest request, String model, Executor loop);
}
