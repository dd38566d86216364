package dev.serai.processors.turns;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.model.Persona;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.session.MessageRequest;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionProblems;
import dev.serai.core.session.SessionStore;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Puts the messages of the stored session that a call names in front of its request. Refuses a call
 * whose session does not exist, is not the caller's or takes no messages. A call that has to have a
 * session and names none begins one. A persona may do without sessions. A call without a session
 * stays on its event loop. Thread-safe.
 */
final class RecallMemory extends OffLoop {
  private final TurnSteps.Parts parts;
  private final SessionStore store;

  RecallMemory(TurnSteps.Parts parts, EventLoops loops) {
    super(loops);
    this.parts = parts;
    store = parts.store();
  }

  @Override
  protected boolean isNeeded(Exchange exchange) {
    Call call = Calls.of(exchange);
    return call.request() instanceof ChatRequest chat
        && !chat.isTokenCount()
        && (chat instanceof MessageRequest
            || Session.isId(call.caller().session())
                && call.lifecycle().memory() != Persona.Memory.NONE);
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (call.caller().session().isEmpty()) {
      beginSession(call);
    } else {
      continueSession(call);
    }
  }

  private void beginSession(Call call) {
    Caller caller = call.caller();
    Session made = store.create(SessionOwner.of(caller), Optional.empty(), SessionFacts.NONE);
    call.setCaller(new Caller(caller.identity(), made.id(), caller.taskType(), caller.tags()));
    SessionStore.Context empty = new SessionStore.Context(made, Optional.empty(), List.of(), 0);
    recall(call, empty, true);
  }

  private void continueSession(Call call) {
    String id = call.caller().session();
    SessionStore.Context context =
        store
            .context(key(call), parts.budget())
            .filter(
                found -> found.session().owner().isOpenTo(call.caller(), Permission.ADMIN_USERS))
            .orElseThrow(() -> SessionProblems.notFound(id));
    if (context.session().status() != Session.Status.ACTIVE) {
      throw SessionProblems.notActive(id, context.session().status());
    }
    recall(call, context, false);
  }

  private static SessionStore.Key key(Call call) {
    return new SessionStore.Key(call.caller().tenant(), call.caller().session());
  }

  private void recall(Call call, SessionStore.Context context, boolean begun) {
    ChatRequest asked = call.chat();
    List<SessionMessage> messages = context.messages();
    RecalledMessages recalled =
        RecalledMessages.of(
            parts.requests(), context.summary(), messages, asked.conversation().messages());
    long size =
        context.summary().map(String::length).orElse(0)
            + messages.stream().mapToLong(one -> one.content().bytes()).sum();
    RecalledRequest.Place place =
        new RecalledRequest.Place(
            key(call), begun, context.tokens(), store.newMessageId(), parts.clock());
    call.recall(new RecalledRequest(asked, place, recalled, size));
  }
}
