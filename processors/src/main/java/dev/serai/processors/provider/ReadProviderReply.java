package dev.serai.processors.provider;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.Dialect.StreamReader;
import dev.serai.core.dialect.Dialect.Target;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.Calls;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a provider's answer. A whole one is handed on as it is when the caller speaks the same
 * dialect, understood otherwise. A streamed one is held until its first token is there: up to then
 * a failure is the attempt's and another candidate may be asked. Thread-safe. The subclasses only
 * give it the name that routes use.
 */
public abstract class ReadProviderReply extends AsyncProcessorSupport {
  private static final Logger LOG = LoggerFactory.getLogger(ReadProviderReply.class);

  private final Dialect dialect;
  private final Providers providers;

  protected ReadProviderReply(Dialect dialect, Providers providers) {
    this.dialect = dialect;
    this.providers = providers;
  }

  @Override
  public final boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      Call call = Calls.of(exchange);
      Target target = target(call);
      call.current().providerStatus(Calls.body(exchange, Reply.class).status());
      Reply reply = Calls.body(exchange, Reply.class);
      if (!(call.request() instanceof ChatRequest chat)) {
        exchange.getMessage().setBody(BesideChat.read(dialect, call, reply, target));
      } else {
        Dialect spoken = dialect.choose(chat, target);
        switch (reply) {
          case Reply.Complete whole ->
              exchange.getMessage().setBody(answer(call, whole, target, spoken));
          case Reply.Streaming streamed -> {
            boolean relays = spoken.relays(chat, target);
            StreamReader reader = spoken.streamReader(chat, target, relays);
            await(
                new HeldStream(target.provider().name(), streamed.stream(), reader),
                exchange,
                callback);
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

  private static ChatReply answer(Call call, Reply.Complete whole, Target target, Dialect spoken) {
    if (whole.status() < 200 || whole.status() > 299) {
      throw spoken.readFailure(whole.status(), whole.headers(), whole.body(), target);
    }
    Attempt attempt = call.current();
    call.tokenSeen();
    if (spoken.relays(call.chat(), target)) {
      Optional<Usage> usage = spoken.readUsage(whole.body(), target);
      usage.ifPresentOrElse(
          attempt::usage,
          () -> attempt.uncounted(() -> text(spoken.readResponse(whole.body(), target))));
      if (call.trace().traceId().isPresent()) {
        tell(attempt, () -> spoken.readResponse(whole.body(), target));
      }
      return new ChatReply.Relayed(whole.body(), usage);
    }
    ChatResponse response = spoken.readResponse(whole.body(), target);
    response.usage().ifPresentOrElse(attempt::usage, () -> attempt.uncounted(() -> text(response)));
    describe(attempt, response);
    attempt.alsoDropped(response.dropped());
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
    attempt.responseModel(response.model());
    if (!response.choices().isEmpty()) {
      attempt.finish(response.choices().getFirst().finish());
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

  /**
   * Without the key: reading needs none. A provider that has just left is described by its name.
   */
  private Target target(Call call) {
    Candidate candidate = call.current().candidate();
    ProviderProfile profile =
        providers
            .find(candidate.provider())
            .orElseGet(
                () ->
                    new ProviderProfile(
                        candidate.provider(),
                        dialect.name(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        List.of()));
    return new Target(profile, candidate.model(), Optional.empty());
  }
}
