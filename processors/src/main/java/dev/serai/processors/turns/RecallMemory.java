package dev.serai.processors.turns;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Permission;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionProblems;
import dev.serai.core.session.SessionRequests;
import dev.serai.core.session.SessionStore;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/**
 * Puts the messages of the stored session that a call names in front of its request. Refuses a call
 * whose session does not exist, is not the caller's or takes no messages. A call without such a
 * session stays on its event loop. Thread-safe.
 */
final class RecallMemory extends OffLoop {
  private final SessionStore store;
  private final SessionRequests requests;
  private final int maxTokens;

  RecallMemory(TurnSteps.Parts parts, EventLoops loops) {
    super(loops);
    store = parts.store();
    requests = parts.requests();
    maxTokens = parts.maxContextTokens();
  }

  @Override
  protected boolean isNeeded(Exchange exchange) {
    Call call = Calls.of(exchange);
    return Session.isId(call.caller().session())
        && call.request() instanceof ChatRequest chat
        && !chat.isTokenCount();
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    String id = call.caller().session();
    SessionStore.Key key = new SessionStore.Key(call.caller().tenant(), id);
    SessionStore.Context context =
        store
            .context(key, maxTokens)
            .filter(
                found -> found.session().owner().isOpenTo(call.caller(), Permission.ADMIN_USERS))
            .orElseThrow(() -> SessionProblems.notFound(id));
    if (context.session().status() != Session.Status.ACTIVE) {
      throw SessionProblems.notActive(id, context.session().status());
    }
    ChatRequest asked = call.chat();
    RecalledMessages recalled =
        RecalledMessages.of(requests, context.messages(), asked.conversation().messages());
    long size = context.messages().stream().mapToLong(one -> one.content().bytes()).sum();
    call.recall(new RecalledRequest(asked, key, recalled, size));
  }
}
