package dev.serai.processors.turns;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallListener;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.model.Persona;
import dev.serai.core.session.SessionStore;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.stream.ObservedStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Records the response of a call with a stored session on its way. When the call has ended, what
 * the client and the model have said is stored as one turn, without waiting for the database. Of a
 * call that did not end well, the turn is stored if the model has said something, which is then
 * partial; if nothing is stored of the first call of a session, the session is deleted.
 * Thread-safe.
 */
final class RememberTurn implements Processor, CallListener {
  private final SessionStore store;

  RememberTurn(SessionStore store) {
    this.store = store;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (!(call.request() instanceof RecalledRequest recalled) || !stores(call)) {
      return;
    }
    TurnRecorder response = recalled.recorder();
    switch (Calls.body(exchange, ChatReply.class)) {
      case ChatReply.Complete complete -> response.take(complete.response());
      case ChatReply.Streaming streaming ->
          exchange
              .getMessage()
              .setBody(
                  new ChatReply.Streaming(new ObservedStream(streaming.stream(), response::take)));
      case ChatReply.Relayed relayed -> response.take(read(call, relayed));
    }
  }

  /** Whether the persona of a call, if it has one, lets its turns be stored. */
  private static boolean stores(Call call) {
    return call.lifecycle().memory() == Persona.Memory.SESSION;
  }

  /** Whether a call that has ended leaves a turn in its session. */
  static boolean leavesTurn(Call call, RecalledRequest recalled) {
    return stores(call) && (isComplete(call) || !recalled.recorder().isEmpty());
  }

  private static boolean isComplete(Call call) {
    return call.outcome().filter(Outcome.ANSWERED::equals).isPresent();
  }

  /** The response of the current attempt of a call. */
  static ChatResponse read(Call call, ChatReply.Relayed relayed) {
    return call.current()
        .dialect()
        .readResponse(call.chat(), relayed.bytes(), call.current().destination());
  }

  @Override
  public void settled(Call call) {
    if (call.request() instanceof RecalledRequest recalled && stores(call)) {
      if (leavesTurn(call, recalled)) {
        store.remember(recalled.session(), recalled.turn(isComplete(call)));
      } else if (recalled.hasBegunSession()) {
        store.discard(recalled.session());
      }
    }
  }
}
