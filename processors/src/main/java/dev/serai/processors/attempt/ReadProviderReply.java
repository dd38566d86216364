package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.processors.support.Calls;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a provider's answer. A whole one is handed on as it is when the caller speaks the same
 * dialect, understood otherwise. A streamed one is held until its first token is there: up to then
 * a failure is the attempt's and another candidate may be asked. Thread-safe.
 */
public final class ReadProviderReply extends AsyncProcessorSupport {
  private static final Logger LOG = LoggerFactory.getLogger(ReadProviderReply.class);

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      Call call = Calls.of(exchange);
      Reply reply = Calls.body(exchange, Reply.class);
      call.current().recordProviderStatus(reply.status());
      if (!(call.request() instanceof ChatRequest chat)) {
        exchange.getMessage().setBody(NonChatExchange.read(call, reply));
      } else {
        switch (reply) {
          case Reply.Complete whole -> exchange.getMessage().setBody(answer(call, whole));
          case Reply.Streaming streamed -> {
            await(held(call.current(), chat, streamed), exchange, callback);
            return false;
          }
        }
      }
    } catch (GatewayProblem problem) {
      exchange.setException(problem);
    }
    callback.done(true);
    return true;
  }

  private static HeldStream held(Attempt attempt, ChatRequest chat, Reply.Streaming streamed) {
    Dialect dialect = attempt.dialect();
    Destination source = attempt.destination();
    boolean relays = dialect.canRelay(chat, source);
    return new HeldStream(
        source.provider().name(), streamed.stream(), dialect.streamReader(chat, source, relays));
  }

  private static void await(HeldStream held, Exchange exchange, AsyncCallback callback) {
    held.awaitFirstToken(
        problem -> {
          if (problem.isPresent()) {
            exchange.setException(problem.get());
          } else {
            exchange.getMessage().setBody(new ChatReply.Streaming(held));
          }
          callback.done(false);
        });
  }

  private static ChatReply answer(Call call, Reply.Complete whole) {
    Attempt attempt = call.current();
    Dialect spoken = attempt.dialect();
    Destination destination = attempt.destination();
    if (whole.status() < 200 || whole.status() > 299) {
      throw spoken.readError(whole.status(), whole.headers(), whole.body(), destination);
    }
    call.recordToken();
    if (spoken.canRelay(call.chat(), destination)) {
      Optional<Usage> usage = spoken.readUsage(whole.body(), destination);
      usage.ifPresentOrElse(
          attempt::recordUsage,
          () ->
              attempt.recordUncounted(() -> text(spoken.readResponse(whole.body(), destination))));
      if (call.trace().traceId().isPresent()) {
        tell(attempt, () -> spoken.readResponse(whole.body(), destination));
      }
      return new ChatReply.Relayed(whole.body(), usage);
    }
    ChatResponse response = spoken.readResponse(whole.body(), destination);
    response
        .usage()
        .ifPresentOrElse(attempt::recordUsage, () -> attempt.recordUncounted(() -> text(response)));
    describe(attempt, response);
    attempt.addDropped(response.dropped());
    return new ChatReply.Complete(response);
  }

  /** Only for those who record the call: to hand an answer on, nobody need understand it. */
  private static void tell(Attempt attempt, Supplier<ChatResponse> answer) {
    try {
      describe(attempt, answer.get());
    } catch (GatewayProblem unreadable) {
      LOG.debug("an answer was handed on that cannot be described", unreadable);
    }
  }

  private static void describe(Attempt attempt, ChatResponse response) {
    attempt.recordResponseModel(response.model());
    if (!response.choices().isEmpty()) {
      attempt.recordFinish(response.choices().getFirst().finish());
    }
  }

  /** Everything a model wrote, for an estimate of its tokens. */
  private static String text(ChatResponse response) {
    StringBuilder text = new StringBuilder();
    for (ChatResponse.Choice choice : response.choices()) {
      choice.reasoning().ifPresent(text::append);
      choice.text().ifPresent(text::append);
      choice.refusal().ifPresent(text::append);
      choice.toolCalls().forEach(call -> text.append(call.name()).append(call.arguments()));
    }
    return text.toString();
  }
}
