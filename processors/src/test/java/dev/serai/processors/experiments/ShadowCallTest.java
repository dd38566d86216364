package dev.serai.processors.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.experiment.ShadowSettings;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.processors.experiments.ShadowCalls.End;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies run through their route, one at a time. */
class ShadowCallTest {
  private static final Candidate CANDIDATE = new Candidate("p", "b");

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final CamelContext context = ShadowRoute.of(this::route);
  private final ByteLimit memory = new ByteLimit(1_000_000);
  private final List<Outcome> settled = new ArrayList<>();
  private final ShadowCalls shadows =
      new ShadowCalls(
          () -> new ShadowSettings(1, 5, BigDecimal.TEN),
          gateway(),
          memory,
          InstantSource.system());

  /** Where a mistake happens. */
  private String broken = "";

  private boolean streaming;

  @AfterEach
  void close() {
    loop.shutdownNow();
    context.stop();
  }

  private void pass(String place) {
    if (broken.equals(place)) {
      throw new IllegalStateException("a mistake in " + place);
    }
  }

  private ShadowCalls.Gateway gateway() {
    return new ShadowCalls.Gateway(
        () -> {
          pass("context");
          return context;
        },
        _ -> loop,
        () -> 1,
        () -> {
          pass("id");
          return "copy";
        },
        _ -> pass("admission"),
        call -> {
          pass("settlement");
          settled.add(call.outcome().orElseThrow());
        },
        (_, _) -> {
          pass("price");
          return OptionalLong.of(1);
        },
        _ -> {
          pass("alias");
          return DefaultParameters.NONE;
        });
  }

  private void route(Exchange exchange) throws Exception {
    Call call = Calls.of(exchange);
    pass("plan");
    call.setPlan(new Plan("p/b", List.of(CANDIDATE), "test"));
    shadows.steps().get("admit-shadow").process(exchange);
    call.beginAttempt(CANDIDATE).recordUsage(Usage.of(1, 1));
    pass("attempt");
    ChatReply whole =
        new ChatReply.Complete(new ChatResponse("r", "m", 0, List.of(), Optional.empty()));
    exchange.getMessage().setBody(streaming ? new ChatReply.Streaming(new Stream()) : whole);
  }

  private final class Stream implements ChatStream {
    @Override
    public void open(Reader reader) {
      pass("stream");
      reader.onEvent(new ChatEvent.Ended());
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {}
  }

  private final class BreakingSurface extends CallFixtures.Words {
    @Override
    public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
      pass("parameters");
      return body;
    }

    @Override
    public ChatRequest readRequest(InboundRequest inbound) {
      pass("request");
      if (broken.equals("refusal")) {
        throw CallerProblem.invalid("It is refused.");
      }
      return super.readRequest(inbound);
    }
  }

  private void copy() throws Exception {
    shadows.settled(ShadowRoute.call(new BreakingSurface(), Outcome.ANSWERED));
    for (int i = 0; i < 5; i++) { // tasks of the loop add others
      loop.submit(() -> {}).get();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCopyIsSentAndSettled(boolean stream) throws Exception {
    streaming = stream;
    copy();
    copy();
    assertThat(shadows.count(End.ANSWERED)).isEqualTo(2);
    assertThat(settled).containsExactly(Outcome.ANSWERED, Outcome.ANSWERED);
    assertThat(memory.taken()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context",
        "id",
        "alias",
        "parameters",
        "request",
        "refusal",
        "plan",
        "price",
        "admission"
      })
  void aCopyThatCannotBeSentGivesBackItsPlace(String place) throws Exception {
    broken = place;
    copy();
    assertThat(shadows.count(End.SKIPPED)).isEqualTo(1);
    assertThat(settled).isEmpty();
    requirePlace();
  }

  @ParameterizedTest
  @ValueSource(strings = {"attempt", "stream"})
  void aCopyThatFailsInAnyWayGivesBackItsPlace(String place) throws Exception {
    broken = place;
    streaming = true;
    copy();
    assertThat(shadows.count(End.FAILED)).isEqualTo(1);
    assertThat(settled).containsExactly(Outcome.FAILED);
    requirePlace();
  }

  @Test
  void aCopyThatCannotBeRecordedGivesBackItsPlace() throws Exception {
    broken = "settlement";
    copy();
    assertThat(shadows.count(End.ANSWERED)).isEqualTo(1);
    requirePlace();
  }

  /** There is one place, and nothing is held; the next copy is answered. */
  private void requirePlace() throws Exception {
    assertThat(memory.taken()).isZero();
    long before = shadows.count(End.ANSWERED);
    broken = "";
    copy();
    assertThat(shadows.count(End.ANSWERED)).isEqualTo(before + 1);
    assertThat(memory.taken()).isZero();
  }
}
