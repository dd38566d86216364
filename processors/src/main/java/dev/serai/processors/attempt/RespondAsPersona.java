package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.provider.InProcessProvider;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/**
 * Serves the call inside the process, by a persona. A persona searches its documents, so this step
 * runs off the event loop.
 */
public final class RespondAsPersona extends OffLoop {
  private final InProcessProvider personas;
  private final EventLoops loops;

  public RespondAsPersona(InProcessProvider personas, EventLoops loops) {
    super(loops);
    this.personas = personas;
    this.loops = loops;
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    ChatReply reply =
        personas.respond(call.chat(), call.current().candidate().model(), loops.of(exchange));
    if (reply instanceof ChatReply.Complete complete) {
      call.recordToken();
      complete.response().usage().ifPresent(call.current()::recordUsage);
    }
    exchange.getMessage().setBody(reply);
  }
}
