package dev.serai.gateway.telemetry;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Makes calls as the routes do, without routes; {@link #passMillis} advances the time. */
public final class SampleCalls {
  public final AtomicLong nanos = new AtomicLong(1_000_000_000L);

  public Call begin(String model, boolean streaming) {
    return new Call("req-1", new Request(model, streaming), new OpenAi(), nanos::get);
  }

  public void passMillis(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  /** A call that succeeds at the first attempt, in 12 ms with 10 + 5 tokens. */
  public Call answered(String provider, String model) {
    Call call = begin(provider + "/" + model, false);
    call.beginAttempt(new Candidate(provider, model));
    passMillis(12);
    call.recordToken();
    call.current().recordUsage(new Usage(10, 5, 4, 0, 2));
    call.end(Call.Outcome.ANSWERED, Optional.empty());
    return call;
  }

  public Call failed(String provider, String model, GatewayProblem why) {
    Call call = begin(provider + "/" + model, false);
    call.beginAttempt(new Candidate(provider, model));
    passMillis(3);
    call.failAttempt(why);
    call.end(Call.Outcome.FAILED, Optional.of(why));
    return call;
  }

  /** A catalogue in which every model but "priceless" costs 1 nano dollar per token. */
  public static ModelCatalogue catalogue() {
    return new ModelCatalogue() {
      @Override
      public Optional<ModelRoute> find(String name) {
        return Optional.empty();
      }

      @Override
      public List<String> aliases() {
        return List.of();
      }

      @Override
      public List<String> modelsOf(String provider) {
        return List.of("known");
      }

      @Override
      public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
        return candidate.model().equals("priceless")
            ? OptionalLong.empty()
            : OptionalLong.of(usage.total());
      }
    };
  }

  private record Request(String model, boolean streaming) implements ChatRequest {
    @Override
    public String dialect() {
      return "openai";
    }

    @Override
    public byte[] bytes() {
      return "{\"messages\":[{\"role\":\"user\",\"content\":\"the prompt\"}]}"
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean wantsUsage() {
      return false;
    }

    @Override
    public Conversation conversation() {
      throw new UnsupportedOperationException("telemetry does not read the conversation");
    }
  }

  private static final class OpenAi implements Surface {
    @Override
    public String dialect() {
      return "openai";
    }

    @Override
    public boolean owns(String path) {
      return true;
    }

    @Override
    public ChatRequest readRequest(InboundRequest inbound) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] writeResponse(ChatResponse response) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] writeProblem(GatewayProblem problem) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChatEventWriter streamWriter(ChatRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String streamContentType(ChatRequest request) {
      throw new UnsupportedOperationException();
    }
  }
}
