package dev.serai.processors.cache;

import dev.serai.core.cache.CachedResponse;
import dev.serai.core.cache.ResponseCache;
import dev.serai.core.cache.ResponseKey;
import dev.serai.core.cache.meaning.SimilarPrompts;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.TranslationMemory;
import dev.serai.processors.support.stream.ObservedStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the response of a call that writes the cache: a stream once it has ended. A response that
 * a filter has cut, that failed, that is large or that the core types cannot express is not stored.
 * Thread-safe.
 */
final class CacheResponse implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(CacheResponse.class);

  /** A larger response would have to be read off the event loop. */
  static final int MAX_BYTES = 256 * 1024;

  private static final Set<FinishReason.Kind> COMPLETE =
      Set.of(FinishReason.Kind.STOP, FinishReason.Kind.LENGTH, FinishReason.Kind.TOOL_CALLS);

  /** What a response is stored for: its exchange may be gone at the end of a stream. */
  private record Target(Call call, ResponseKey key, Optional<AskedPrompt> asked) {
    void rememberIn(SimilarPrompts prompts) {
      asked.ifPresent(one -> one.whenThere(question -> prompts.put(question, key)));
    }
  }

  private final ResponseCache cache;
  private final Optional<SimilarPrompts> prompts;
  private final ModelCatalogue catalogue;
  private final ByteLimit limit;
  private final TranslationMemory memory;

  /**
   * @param prompts holds the questions of responses; empty if only the same ones count
   * @param limit counts the bytes of responses that are read
   */
  CacheResponse(
      ResponseCache cache,
      Optional<SimilarPrompts> prompts,
      ModelCatalogue catalogue,
      ByteLimit limit) {
    this.cache = cache;
    this.prompts = prompts;
    this.catalogue = catalogue;
    this.limit = limit;
    this.memory = new TranslationMemory(limit);
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    Optional<ResponseKey> key = call.cacheUse().stores();
    if (key.isEmpty() || !key.get().model().equals(call.plannedModel())) {
      return; // a budget that is used up has led to another model
    }
    Target target = new Target(call, key.get(), AskedPrompt.of(exchange));
    switch (Calls.body(exchange, ChatReply.class)) {
      case ChatReply.Complete(ChatResponse response) -> store(target, response);
      case ChatReply.Relayed relayed -> read(target, relayed.bytes());
      case ChatReply.Streaming streaming -> {
        ByteHold hold = limit.hold();
        call.hold(hold);
        exchange
            .getMessage()
            .setBody(
                new ChatReply.Streaming(
                    new ObservedStream(
                        streaming.stream(),
                        new ResponseRecorder(hold, response -> store(target, response)))));
      }
    }
  }

  private void read(Target target, byte[] body) {
    if (body.length > MAX_BYTES) {
      return;
    }
    Call call = target.call();
    Attempt attempt = call.current();
    try {
      memory.hold(call, body);
      store(target, attempt.dialect().readResponse(call.chat(), body, attempt.destination()));
    } catch (GatewayProblem unreadable) {
      LOG.debug("the response to request {} is not stored", call.requestId(), unreadable);
    }
  }

  private void store(Target target, ChatResponse response) {
    long bytes = ResponseSize.of(response);
    if (bytes <= MAX_BYTES && isWhole(response)) {
      Call call = target.call();
      OptionalLong cost =
          call.current()
              .usage()
              .map(used -> catalogue.costNanoUsd(call.current().candidate(), used))
              .orElse(OptionalLong.empty());
      cache.put(target.key(), new CachedResponse(response, cost, bytes));
      if (!callsTools(response)) {
        prompts.ifPresent(target::rememberIn);
      }
    }
  }

  private static boolean callsTools(ChatResponse response) {
    return response.choices().stream()
        .anyMatch(choice -> choice.finish().kind() == FinishReason.Kind.TOOL_CALLS);
  }

  private static boolean isWhole(ChatResponse response) {
    return !response.choices().isEmpty()
        && response.dropped().isEmpty()
        && response.choices().stream()
            .allMatch(choice -> COMPLETE.contains(choice.finish().kind()));
  }
}
