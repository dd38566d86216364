package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Attempt.UncountedText;
import dev.serai.core.call.Call;
import dev.serai.core.call.FanOutAttempts;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.processors.privacy.UnmaskedReply;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.TranslationMemory;
import dev.serai.processors.support.stream.WholeResponseStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a provider's reply. A non-streaming reply is forwarded unchanged if the client speaks the
 * same dialect, and read into core types otherwise. A stream is held until its first token: until
 * then a failure is a failure of the attempt, and another candidate can be tried. A whole response
 * to a request for a stream becomes a stream, and a stream to a request for a whole response
 * becomes one response. A long reply is read off the event loop. Thread-safe.
 */
public final class ReadProviderReply extends OffLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ReadProviderReply.class);

  private final TranslationMemory memory;
  private final NextCandidates next;

  /**
   * @param memory counts the bytes that translations hold
   * @param next whether another response may replace one that a filter withheld
   */
  public ReadProviderReply(ByteLimit memory, NextCandidates next, EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    this.memory = new TranslationMemory(memory);
    this.next = next;
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    Reply reply = Calls.body(exchange, Reply.class);
    call.current().recordProviderReply(reply.status(), reply.headers());
    if (reply instanceof Reply.Complete whole) {
      call.current().recordReceived(whole.body().length);
    }
    if (call.request() instanceof ChatRequest && reply instanceof Reply.Streaming streamed) {
      awaitFirstToken(held(call, streamed), exchange, callback);
      return false;
    }
    return super.begin(exchange, callback);
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    return !(exchange.getMessage().getBody() instanceof Reply.Complete whole)
        || isShort(whole.body().length);
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    Reply reply = Calls.body(exchange, Reply.class);
    exchange.getMessage().setBody(read(call, reply));
  }

  private Object read(Call call, Reply reply) {
    if (!(call.request() instanceof ChatRequest)) {
      if (reply instanceof Reply.Complete whole && isTranslated(call)) {
        memory.hold(call, whole.body());
      }
      return NonChatCodec.read(call, UnmaskedReply.of(call, reply));
    }
    if (!(reply instanceof Reply.Complete whole)) {
      throw new IllegalStateException("a chat is not a WebSocket");
    }
    return response(call, whole);
  }

  private static boolean isTranslated(Call call) {
    return call.request() instanceof EmbeddingRequest
        && !call.request().dialect().equals(call.current().dialect().name());
  }

  private AttemptStream held(Call call, Reply.Streaming streamed) {
    ChatRequest chat = call.chat();
    Dialect dialect = call.current().dialect();
    Destination source = call.current().destination();
    boolean read =
        UnmaskedReply.isNeeded(call)
            || !call.outputGuards().isEmpty()
            || call.cacheUse().stores().isPresent()
            || call.criteria().target().level().isPresent()
            || call.lifecycle().keepsResponse()
            || FanOutAttempts.isCompared(call);
    boolean relays = dialect.canRelay(chat, source) && !read;
    return new AttemptStream(
            call.current(), streamed.stream(), dialect.streamReader(chat, source, relays))
        .failingIfFiltered(() -> next.mayReplaceFiltered(call));
  }

  private static void awaitFirstToken(
      AttemptStream held, Exchange exchange, AsyncCallback callback) {
    held.awaitFirstToken(
        problem -> {
          if (problem.isPresent()) {
            exchange.setException(problem.get());
          } else {
            exchange
                .getMessage()
                .setBody(new ChatReply.Streaming(UnmaskedReply.of(Calls.of(exchange), held)));
          }
          callback.done(false);
        });
  }

  private ChatReply response(Call call, Reply.Complete whole) {
    Attempt attempt = call.current();
    Dialect dialect = attempt.dialect();
    Destination destination = attempt.destination();
    if (whole.status() < 200 || whole.status() > 299) {
      throw dialect.readError(whole.status(), whole.headers(), whole.body(), destination);
    }
    refusePage(destination.provider().name(), whole.body());
    Translated response = new Translated(call, memory, whole);
    if (next.mayReplaceFiltered(call)) {
      FilteredResponse.check(attempt, response.get());
    }
    call.recordToken();
    if (call.chat().streaming()) {
      return new ChatReply.Streaming(
          new WholeResponseStream(UnmaskedReply.of(call, response.get())));
    }
    boolean relays =
        dialect.canRelay(call.chat(), destination)
            && !response.streamed
            && !UnmaskedReply.isNeeded(call);
    return relays ? relayed(call, whole, response) : translated(call, response);
  }

  private static ChatReply relayed(Call call, Reply.Complete whole, Translated response) {
    Attempt attempt = call.current();
    Dialect dialect = attempt.dialect();
    Destination destination = attempt.destination();
    Optional<Usage> usage = dialect.readUsage(whole.body(), destination);
    usage.ifPresentOrElse(
        attempt::recordUsage,
        () -> // the ledger counts the bytes when it estimates the tokens
        attempt.recordUncounted(
                new UncountedText(
                    () -> text(dialect.readResponse(call.chat(), whole.body(), destination)),
                    whole.body().length)));
    if (call.trace().traceId().isPresent()) {
      describeForTrace(attempt, response::get);
    }
    return new ChatReply.Relayed(whole.body(), usage);
  }

  private static ChatReply translated(Call call, Translated translated) {
    Attempt attempt = call.current();
    ChatResponse response = translated.get();
    response
        .usage()
        .ifPresentOrElse(
            attempt::recordUsage,
            () ->
                attempt.recordUncounted(
                    new UncountedText(() -> text(response), translated.length())));
    describe(attempt, response);
    ChatResponse unmasked = UnmaskedReply.of(call, response);
    attempt.addDropped(unmasked.dropped());
    return new ChatReply.Complete(unmasked);
  }

  /** The response in core types: read once, when it is needed, within the memory limit. */
  private static final class Translated {
    private final Call call;
    private final TranslationMemory memory;
    private final byte[] body;
    private final boolean streamed;
    private @Nullable ChatResponse response;

    Translated(Call call, TranslationMemory memory, Reply.Complete whole) {
      this.call = call;
      this.memory = memory;
      this.body = whole.body();
      this.streamed = EventsAsResponse.isStream(whole);
    }

    /**
     * @throws GatewayProblem if it is malformed, or there is no room
     */
    ChatResponse get() {
      ChatResponse read = response;
      if (read == null) {
        memory.hold(call, body);
        read = read();
        response = read;
      }
      return read;
    }

    private ChatResponse read() {
      Attempt attempt = call.current();
      Dialect dialect = attempt.dialect();
      Destination source = attempt.destination();
      return streamed
          ? EventsAsResponse.read(dialect.streamReader(call.chat(), source, false), body)
          : dialect.readResponse(call.chat(), body, source);
    }

    /** In bytes. */
    int length() {
      return body.length;
    }
  }

  /** Refuses an HTML page, which a provider's base URL returns if it is wrong. */
  private static void refusePage(String provider, byte[] body) {
    int at = 0;
    while (at < body.length && body[at] <= ' ' && body[at] >= 0) {
      at++;
    }
    if (at < body.length && body[at] == '<') {
      throw ProviderProblem.of(provider, FailureCause.MALFORMED, 502)
          .message(
              "The provider '"
                  + provider
                  + "' sent a web page instead of a response. Its base URL may be wrong.")
          .build();
    }
  }

  /** Reads a forwarded reply for the trace only; forwarding does not depend on it. */
  private static void describeForTrace(Attempt attempt, Supplier<ChatResponse> response) {
    try {
      describe(attempt, response.get());
    } catch (GatewayProblem unreadable) {
      LOG.debug("a forwarded reply could not be read for the trace", unreadable);
    }
  }

  private static void describe(Attempt attempt, ChatResponse response) {
    attempt.recordResponseModel(response.model());
    if (!response.choices().isEmpty()) {
      attempt.recordFinish(response.choices().getFirst().finish());
    }
  }

  /** All text of a response, for an estimate of its tokens. */
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
