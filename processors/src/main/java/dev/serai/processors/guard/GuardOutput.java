package dev.serai.processors.guard;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.GuardedText;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.privacy.JsonTexts;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.TranslationMemory;
import dev.serai.processors.support.stream.HeldStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Checks the texts of a chat response with the guards that {@code guard-input} chose. A
 * non-streaming response that one of them blocks is replaced by an error; a stream is checked while
 * it arrives, and waits for its first text that may be sent. A stream that a guard checks as a
 * whole waits for its end. Long texts, and what may take time, are checked off the event loop.
 * Thread-safe.
 */
public final class GuardOutput extends AsyncStep {
  private final GuardFindings findings;
  private final ByteLimit limit;
  private final TranslationMemory memory;
  private final ForwardedTexts forwarded;
  private final OffLoop large;

  /**
   * @param memory counts the bytes of replies that are read
   * @param strings finds the strings of a JSON body
   */
  public GuardOutput(GuardCounter counter, ByteLimit memory, JsonTexts strings, EventLoops loops) {
    findings = new GuardFindings(counter);
    this.limit = memory;
    this.memory = new TranslationMemory(memory);
    forwarded = new ForwardedTexts(strings);
    large =
        new OffLoop(loops) {
          @Override
          protected void work(Exchange exchange) {
            check(Calls.of(exchange), exchange);
          }
        };
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    if (!call.outputGuards().isEmpty()) {
      if (exchange.getMessage().getBody() instanceof ChatReply.Streaming streaming) {
        if (GuardFindings.takeTime(call.outputGuards())) {
          hold(call, streaming, exchange, callback);
        } else {
          new GuardedStream(streaming.stream(), call, findings).serve(exchange, callback);
        }
        return false;
      }
      if (length(exchange) > GuardInput.MAX_ON_LOOP
          || GuardFindings.takeTime(call.outputGuards())) {
        return large.begin(exchange, callback);
      }
      check(call, exchange);
    }
    return true;
  }

  private void hold(
      Call call, ChatReply.Streaming streaming, Exchange exchange, AsyncCallback callback) {
    HeldStream held = new HeldStream(streaming.stream(), call, limit);
    held.serve(
        exchange,
        _ -> {
          if (exchange.isFailed()) {
            callback.done(false);
          } else {
            large.process(exchange, _ -> callback.done(false));
          }
        });
  }

  private static long length(Exchange exchange) {
    return switch (Calls.body(exchange, ChatReply.class)) {
      case ChatReply.Relayed relayed -> relayed.bytes().length;
      case ChatReply.Complete complete ->
          GuardedText.length(GuardedText.allOf(complete.response()));
      case ChatReply.Streaming _ -> 0;
    };
  }

  private void check(Call call, Exchange exchange) {
    ChatReply reply = Calls.body(exchange, ChatReply.class);
    Optional<Read> read = read(call, reply);
    for (Guard guard : call.outputGuards()) {
      Optional<GatewayProblem> problem =
          read.isEmpty()
              ? findings.cannotCheck(call, guard, GuardDirection.OUTPUT, "it is malformed.")
              : findings.check(call, guard, read.get().texts, Optional.of(read.get().response));
      if (problem.isPresent()) {
        if (reply instanceof ChatReply.Streaming(HeldStream held)) {
          held.discard();
        }
        throw problem.get();
      }
    }
  }

  /** A whole response and its texts. */
  private record Read(ChatResponse response, List<GuardedText> texts) {
    private Read(ChatResponse response) {
      this(response, GuardedText.allOf(response));
    }
  }

  /** The response; empty if it cannot be read. */
  private Optional<Read> read(Call call, ChatReply reply) {
    return switch (reply) {
      case ChatReply.Complete complete -> Optional.of(new Read(complete.response()));
      case ChatReply.Relayed relayed -> relayed(call, relayed.bytes());
      case ChatReply.Streaming(HeldStream held) -> held.response().map(Read::new);
      case ChatReply.Streaming _ -> Optional.empty();
    };
  }

  private Optional<Read> relayed(Call call, byte[] body) {
    memory.hold(call, body);
    Attempt attempt = call.current();
    try {
      List<GuardedText> texts = new ArrayList<>(forwarded.of(body));
      ChatResponse response =
          attempt.dialect().readResponse(call.chat(), body, attempt.destination());
      texts.addAll(GuardedText.allOf(response));
      return Optional.of(new Read(response, texts));
    } catch (GatewayProblem unreadable) {
      return Optional.empty();
    }
  }
}
