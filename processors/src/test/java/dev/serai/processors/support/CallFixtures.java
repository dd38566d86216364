package dev.serai.processors.support;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Makes calls on a clock of their own, over a surface that writes plain text. */
public final class CallFixtures {
  private static final SimpleCamelContext CONTEXT = new SimpleCamelContext();

  /** The clock, in nanoseconds. */
  public final AtomicLong clock = new AtomicLong(1);

  /** A call for that model on a new exchange. */
  public Exchange exchangeFor(String model) {
    return exchangeFor(new Request(model));
  }

  /** A call with that request on a new exchange. */
  public Exchange exchangeFor(Request request) {
    Exchange exchange = new DefaultExchange(CONTEXT);
    exchange.setProperty(
        ExchangeProperties.CALL, new Call("req-1", request, new Words(), clock::get));
    return exchange;
  }

  /** A request whose bytes are the name of its model. */
  public record Request(String model, boolean isTokenCount, List<Conversation.Message> messages)
      implements ChatRequest {
    public Request(String model) {
      this(model, false);
    }

    public Request(String model, boolean isTokenCount) {
      this(model, isTokenCount, List.of());
    }

    @Override
    public String dialect() {
      return "words";
    }

    @Override
    public byte[] bytes() {
      return model.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean streaming() {
      return true;
    }

    @Override
    public boolean wantsUsage() {
      return false;
    }

    @Override
    public Conversation conversation() {
      return new Conversation(
          messages,
          List.of(),
          new Conversation.ToolChoice.Unset(Optional.empty()),
          new Conversation.ResponseFormat.Unset(),
          Conversation.Sampling.UNSET,
          Map.of());
    }
  }

  /** Writes plain text. */
  public static class Words implements Surface {
    @Override
    public String dialect() {
      return "words";
    }

    @Override
    public boolean owns(String path) {
      return true;
    }

    @Override
    public ChatRequest readRequest(InboundRequest inbound) {
      return new Request(new String(inbound.body(), StandardCharsets.UTF_8));
    }

    @Override
    public byte[] writeResponse(ChatResponse response) {
      return response.id().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] writeProblem(GatewayProblem problem) {
      return problem.code().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ChatEventWriter streamWriter(ChatRequest request) {
      return event ->
          (event instanceof ChatEvent.TextDelta text ? text.text() : "")
              .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String streamContentType(ChatRequest request) {
      return "text/event-stream";
    }
  }

  /** A response with one choice. */
  public static ChatResponse response(String text) {
    return new ChatResponse(
        "r",
        "m",
        0,
        List.of(
            new ChatResponse.Choice(
                0, Parts.of("", text, List.of()), Optional.empty(), FinishReason.of("stop"))),
        Optional.empty());
  }
}
