package dev.serai.processors.cache;

import dev.serai.core.cache.CacheUse;
import dev.serai.core.cache.CacheUse.Result;
import dev.serai.core.cache.CachedResponse;
import dev.serai.core.cache.ResponseCache;
import dev.serai.core.cache.ResponseKey;
import dev.serai.core.cache.meaning.SimilarPrompts.Similar;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.hash.Sha256;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CacheMode;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.stream.WholeResponseStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Serves a planned call with a stored response, if the call reads the cache and one is stored; with
 * the mode {@code semantic} also with the response to a question that means the same. A call that
 * reads and writes waits for another one that asks for the same, for a while and without a thread.
 * Calls that take part in an experiment ask a provider always, because they are measured. Large
 * requests are compared off the event loop. Thread-safe.
 */
final class FindCachedResponse extends AsyncStep {
  /** The provider of responses that come from the cache, in the ledger and in header fields. */
  private static final String PROVIDER = "cache";

  private static final String FIELD = "x-serai-cache";
  private static final List<String> FEATURES =
      List.of("anthropic-beta", "openai-beta", "openai-organization", "openai-project");

  private static final int MAX_ON_LOOP = 16 * 1024;
  private static final int WAIT_SECONDS = 10;

  private final ResponseCache cache;
  private final Ways ways;
  private final CacheCounters counters;
  private final EventLoops loops;
  private final OffLoop large;
  private final PendingResponses pending = new PendingResponses();

  /**
   * How responses are found.
   *
   * @param mode of calls that do not say how they use the cache
   * @param meaning compares questions; empty if only the same ones count
   */
  record Ways(Supplier<CacheMode> mode, Optional<PromptComparison> meaning) {}

  FindCachedResponse(ResponseCache cache, Ways ways, CacheCounters counters, EventLoops loops) {
    this.cache = cache;
    this.ways = ways;
    this.counters = counters;
    this.loops = loops;
    this.large =
        new OffLoop(loops) {
          @Override
          protected void work(Exchange exchange) {
            Calls.of(exchange).chat().digest();
          }
        };
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    CacheMode asked = mode(call);
    if (asked == CacheMode.OFF || call.chat().isTokenCount() || call.assigned().isPresent()) {
      return true;
    }
    if (call.request().bytes().length <= MAX_ON_LOOP) {
      return look(exchange, asked, callback);
    }
    large.process(
        exchange,
        _ -> {
          if (exchange.isFailed() || looked(exchange, asked, callback)) {
            callback.done(false);
          }
        });
    return false;
  }

  private boolean looked(Exchange exchange, CacheMode asked, AsyncCallback callback) {
    try {
      return look(exchange, asked, callback);
    } catch (RuntimeException e) { // the route's error handling takes over
      exchange.setException(e);
      return true;
    }
  }

  private CacheMode mode(Call call) {
    return asked(call).orElseGet(ways.mode());
  }

  /** The mode that the call itself says. */
  private static Optional<CacheMode> asked(Call call) {
    Optional<String> field = call.clientHeaders().first(FIELD);
    if (field.isPresent()) {
      return Optional.of(CacheMode.named(field.get()).orElseThrow(FindCachedResponse::wrongMode));
    }
    return call.request().cacheMode();
  }

  private static CallerProblem wrongMode() {
    return CallerProblem.invalid(
        FIELD, "'" + FIELD + "' must be one of " + String.join(", ", CacheMode.labels()) + ".");
  }

  /** Whether it is decided; if not, the callback is called later. */
  private boolean look(Exchange exchange, CacheMode asked, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    Optional<ResponseKey> key = call.chat().digest().map(digest -> key(call, digest));
    if (key.isEmpty() || served(exchange, key.get(), asked)) {
      return true;
    }
    if (asked == CacheMode.SEMANTIC && compares(exchange, key.get(), callback)) {
      return false;
    }
    return missed(exchange, key.get(), asked, callback);
  }

  /** Whether it is decided; if not, the callback is called later. */
  private boolean missed(
      Exchange exchange, ResponseKey key, CacheMode asked, AsyncCallback callback) {
    if (asked.isBoth() && await(exchange, key, callback)) {
      return false;
    }
    if (asked.reads()) {
      counters.miss();
    }
    return true;
  }

  /** Compares the question with others by its meaning, which takes until later. */
  private boolean compares(Exchange exchange, ResponseKey key, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    return ways.meaning().isPresent()
        && call.request().bytes().length <= MAX_ON_LOOP
        && ways.meaning()
            .get()
            .begin(exchange, key, asked(call).isPresent(), () -> compared(exchange, key, callback));
  }

  private void compared(Exchange exchange, ResponseKey key, AsyncCallback callback) {
    boolean ended = true;
    try {
      ended =
          exchange.isFailed()
              || servedByMeaning(exchange)
              || missed(exchange, key, CacheMode.SEMANTIC, callback);
    } catch (RuntimeException e) { // the route's error handling takes over
      exchange.setException(e);
    }
    if (ended) {
      callback.done(false);
    }
  }

  private boolean servedByMeaning(Exchange exchange) {
    Optional<Similar> similar = ways.meaning().flatMap(meaning -> meaning.found(exchange));
    Optional<CachedResponse> found = similar.map(Similar::response).flatMap(cache::find);
    if (found.isEmpty()) {
      return false;
    }
    Call call = Calls.of(exchange);
    counters.semanticHit(found.get().nanoUsd().orElse(0));
    call.setCacheUse(CacheUse.similar(similar.get().similarity()));
    serve(exchange, call, found.get().response());
    return true;
  }

  private static ResponseKey key(Call call, String digest) {
    return new ResponseKey(
        call.caller().tenant(),
        call.surface().dialect(),
        call.plannedModel(),
        new HashSet<>(call.plan().possible()),
        call.criteria(),
        digest,
        features(call.clientHeaders()));
  }

  /** The values of the header fields that change a response, as a digest; empty without any. */
  private static String features(Headers headers) {
    StringBuilder values = new StringBuilder();
    for (String field : FEATURES) {
      headers
          .first(field)
          .ifPresent(value -> values.append(field).append(':').append(value).append('\n'));
    }
    return values.isEmpty() ? "" : HexFormat.of().formatHex(Sha256.of(values.toString()));
  }

  private boolean served(Exchange exchange, ResponseKey key, CacheMode asked) {
    Call call = Calls.of(exchange);
    Optional<CachedResponse> found = asked.reads() ? cache.find(key) : Optional.empty();
    if (found.isPresent()) {
      counters.hit(found.get().nanoUsd().orElse(0));
      call.setCacheUse(new CacheUse(Result.HIT, Optional.empty()));
      serve(exchange, call, found.get().response());
      return true;
    }
    Optional<ResponseKey> stores = asked.writes() ? Optional.of(key) : Optional.empty();
    call.setCacheUse(new CacheUse(asked.reads() ? Result.MISS : Result.UNUSED, stores));
    return false;
  }

  private static void serve(Exchange exchange, Call call, ChatResponse response) {
    Attempt attempt = call.beginAttempt(new Candidate(PROVIDER, call.plannedModel()));
    attempt.markCached();
    call.recordToken();
    exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.FALSE);
    if (call.chat().streaming()) {
      exchange.getMessage().setBody(new ChatReply.Streaming(new WholeResponseStream(response)));
      return;
    }
    attempt.recordResponseModel(response.model());
    attempt.recordFinish(response.choices().getFirst().finish());
    attempt.addDropped(response.dropped());
    exchange.getMessage().setBody(new ChatReply.Complete(response));
  }

  /** Waits for a call that is pending; false if there is none, so that the others wait for this. */
  private boolean await(Exchange exchange, ResponseKey key, AsyncCallback callback) {
    ScheduledExecutorService loop = loops.of(exchange);
    Waiting waiting = new Waiting(() -> resume(exchange, key, callback));
    boolean waits =
        pending.await(key, Calls.of(exchange), () -> EventLoops.run(loop, waiting::end));
    if (waits) {
      waiting.until(
          loop.schedule(waiting::end, WAIT_SECONDS, TimeUnit.SECONDS),
          loops.onDisconnect(
              exchange,
              () -> {
                exchange.setException(CallerProblem.disconnected());
                waiting.end();
              }));
    }
    return waits;
  }

  private void resume(Exchange exchange, ResponseKey key, AsyncCallback callback) {
    try {
      if (!exchange.isFailed() && !served(exchange, key, CacheMode.READ_WRITE)) {
        counters.miss();
      }
    } catch (RuntimeException e) { // the route's error handling takes over
      exchange.setException(e);
    }
    callback.done(false);
  }
}
