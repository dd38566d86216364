package dev.serai.processors.support.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldStreamTest {
  private final Call call = Calls.of(new CallFixtures().exchangeFor("m"));
  private final ByteLimit memory = new ByteLimit(1024 * 1024);
  private final List<ChatEvent> seen = new ArrayList<>();
  private final List<Optional<GatewayProblem>> ended = new ArrayList<>();
  private final Source source = new Source();
  private final HeldStream stream = new HeldStream(source, call, memory);

  @BeforeEach
  void begin() {
    call.beginAttempt(new Candidate("p", "m"));
    stream.await(ended::add);
  }

  private void send(ChatEvent... events) {
    for (ChatEvent event : events) {
      source.reader.orElseThrow().onEvent(event);
    }
  }

  @Test
  void nothingIsSentBeforeTheEndAndThenEverythingIs() {
    List<ChatEvent> events =
        List.of(
            new ChatEvent.Started("id", "m", 0),
            new ChatEvent.TextDelta(0, "{\"a\""),
            new ChatEvent.TextDelta(1, "other"),
            new ChatEvent.TextDelta(0, ":1}"),
            new ChatEvent.ToolCallStarted(1, 0, "c", "f"),
            new ChatEvent.ToolArgumentsDelta(1, 0, "{}"),
            new ChatEvent.RefusalDelta(1, "no"),
            new ChatEvent.Finished(0, FinishReason.of("stop")));
    events.forEach(this::send);
    assertThat(ended).isEmpty();
    send(new ChatEvent.Ended());
    assertThat(ended).containsExactly(Optional.empty());
    List<Choice> choices = stream.response().orElseThrow().choices();
    assertThat(choices.getFirst().text()).contains("{\"a\":1}");
    assertThat(choices.getLast().text()).contains("other");
    assertThat(choices.getLast().refusal()).contains("no");
    assertThat(choices.getLast().toolCalls().getFirst().name()).isEqualTo("f");
    stream.open(seen::add);
    assertThat(seen).startsWith(events.toArray(ChatEvent[]::new)).hasSize(events.size() + 1);
  }

  @Test
  void aChoiceWithoutATextIsAChoiceToo() {
    send(new ChatEvent.Finished(0, FinishReason.of("stop")), new ChatEvent.Ended());
    assertThat(stream.response().orElseThrow().choices()).hasSize(1);
  }

  @Test
  void aReaderThatPausesGetsTheRestWhenItResumes() {
    send(new ChatEvent.TextDelta(0, "a"), new ChatEvent.TextDelta(0, "b"), new ChatEvent.Ended());
    stream.open(
        event -> {
          seen.add(event);
          stream.pause();
        });
    assertThat(seen).hasSize(1);
    stream.resume();
    stream.resume();
    stream.resume();
    assertThat(seen).hasSize(3);
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Ended.class);
  }

  @Test
  void aStreamBeyondTheMemoryLimitIsAProblemAndGivesItsMemoryBack() {
    String piece = "x".repeat(64 * 1024);
    for (int i = 0; i < 20; i++) {
      send(new ChatEvent.TextDelta(0, piece));
    }
    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().map(GatewayProblem::status)).contains(503);
    assertThat(source.cancelled).isTrue();
    assertThat(memory.taken()).isPositive();
    call.end(Call.Outcome.FAILED, ended.getFirst());
    assertThat(memory.taken()).isZero();
  }

  @Test
  void aFailureOfTheProviderIsItsProblemAndWhatIsDiscardedCounts() {
    ProviderProblem cut = ProviderProblem.of("p", FailureCause.INCOMPLETE, 502).build();
    send(new ChatEvent.TextDelta(0, "a"), new ChatEvent.UsageReported(Usage.of(7, 1)));
    send(new ChatEvent.Failed(cut));
    assertThat(ended).containsExactly(Optional.of(cut));
    assertThat(call.current().problem()).contains(cut);
    assertThat(call.current().usage().map(Usage::input)).contains(7L);
    assertThat(call.outcome()).isEmpty();
  }

  private static final class Source implements ChatStream {
    private Optional<Reader> reader = Optional.empty();
    private boolean cancelled;

    @Override
    public void open(Reader opened) {
      reader = Optional.of(opened);
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
