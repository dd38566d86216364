package dev.serai.processors.fanout;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.TranslationMemory;
import java.util.Optional;

/** Reads a reply that is there as a whole. Stateless. */
final class WholeReply {
  private WholeReply() {}

  /**
   * The response of the current attempt; empty if it cannot be read.
   *
   * @throws GatewayProblem if there is no room to read it
   */
  static Optional<ChatResponse> read(ChatReply reply, Call call, ByteLimit memory) {
    return switch (reply) {
      case ChatReply.Complete complete -> Optional.of(complete.response());
      case ChatReply.Relayed relayed -> read(relayed.bytes(), call, memory);
      case ChatReply.Streaming(CollectedStream collected) -> collected.response();
      case ChatReply.Streaming _ -> Optional.empty();
    };
  }

  private static Optional<ChatResponse> read(byte[] bytes, Call call, ByteLimit memory) {
    new TranslationMemory(memory).hold(call, bytes);
    Attempt attempt = call.current();
    try {
      return Optional.of(attempt.dialect().readResponse(call.chat(), bytes, attempt.destination()));
    } catch (GatewayProblem unreadable) {
      return Optional.empty();
    }
  }
}
