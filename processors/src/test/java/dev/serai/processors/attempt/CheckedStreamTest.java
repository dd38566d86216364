package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedStreamTest {
  private static final ChatEvent STARTED = new ChatEvent.Started("id", "m", 0);
  private static final ChatEvent COUNTED = new ChatEvent.UsageReported(Usage.of(3, 4));

  private final Call call = Calls.of(new CallFixtures().exchangeFor("m"));
  private final ByteLimit memory = new ByteLimit(1024 * 1024);
  private final List<ChatEvent> seen = new ArrayList<>();
  private final List<Optional<GatewayProblem>> ended = new ArrayList<>();
  private final Source source = new Source();
  private boolean replaceable = true;

  private CheckedStream checked(boolean untilEnd) {
    call.beginAttempt(new Candidate("p", "m"));
    CheckedStream stream =
        new CheckedStream(
            source,
            call,
            new CheckedStream.Manner(
                new ResponseCheck((body, rewriter) -> body),
                untilEnd,
                memory.hold(),
                () -> replaceable));
    stream.await(ended::add);
    return stream;
  }

  private void send(ChatEvent... events) {
    for (ChatEvent event : events) {
      source.reader.orElseThrow().onEvent(event);
    }
  }

  @Test
  void aStreamFlowsFromItsFirstTextOn() {
    CheckedStream stream = checked(false);
    send(STARTED, new ChatEvent.TextDelta(0, " "));
    assertThat(ended).isEmpty();
    send(new ChatEvent.TextDelta(0, "Hello"));
    assertThat(ended).containsExactly(Optional.empty());
    assertThat(source.paused).isTrue();
    assertThat(memory.taken()).isZero();
    stream.open(seen::add);
    assertThat(source.paused).isFalse();
    send(new ChatEvent.TextDelta(0, "!"), new ChatEvent.Ended());
    assertThat(seen).hasSize(5);
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Ended.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEmptyResponseFailsTheAttemptAndItsUsageCounts(boolean untilEnd) {
    checked(untilEnd);
    send(STARTED, new ChatEvent.Finished(0, FinishReason.of("stop")), COUNTED);
    assertThat(ended).isEmpty();
    send(new ChatEvent.Ended());
    assertThat(cause()).isEqualTo(FailureCause.UNSATISFACTORY);
    assertThat(call.current().usage()).contains(Usage.of(3, 4));
    assertThat(call.outcome()).isEmpty();
  }

  @Test
  void aRefusalIsSentIfNoOtherResponseMayReplaceItAnyMore() {
    checked(false);
    send(STARTED);
    replaceable = false;
    send(new ChatEvent.RefusalDelta(0, "I"));
    assertThat(ended).containsExactly(Optional.empty());
    assertThat(source.cancelled).isFalse();
  }

  @Test
  void aRefusalIsCancelledAtOnce() {
    checked(false);
    send(STARTED, new ChatEvent.RefusalDelta(0, "I"));
    assertThat(cause()).isEqualTo(FailureCause.UNSATISFACTORY);
    assertThat(source.cancelled).isTrue();
    send(new ChatEvent.RefusalDelta(0, " will not"));
    assertThat(ended).hasSize(1);
  }

  @Test
  void aStreamThatIsCheckedAsAWholeIsHeldUntilItsEnd() {
    CheckedStream stream = checked(true);
    send(STARTED, new ChatEvent.TextDelta(0, "Hello"));
    assertThat(ended).isEmpty();
    assertThat(memory.taken()).isPositive();
    send(new ChatEvent.Finished(0, FinishReason.of("stop")), COUNTED, new ChatEvent.Ended());
    assertThat(ended).containsExactly(Optional.empty());
    stream.open(
        event -> {
          seen.add(event);
          stream.pause();
        });
    assertThat(seen).hasSize(1);
    for (int i = 0; i < 4; i++) {
      stream.resume();
    }
    assertThat(seen).hasSize(5);
  }

  @Test
  void aTextThatEndsAsARefusalFailsTheAttempt() {
    checked(true);
    send(
        new ChatEvent.TextDelta(0, "I will"),
        new ChatEvent.Finished(0, FinishReason.of("content_filter")),
        new ChatEvent.Ended());
    assertThat(cause()).isEqualTo(FailureCause.UNSATISFACTORY);
  }

  @Test
  void aStreamThatFailsBeforeItPassesFailsTheAttempt() {
    checked(true);
    send(new ChatEvent.TextDelta(0, "Hello"));
    send(new ChatEvent.Failed(ProviderProblem.of("p", FailureCause.INCOMPLETE, 502).build()));
    assertThat(cause()).isEqualTo(FailureCause.INCOMPLETE);
    assertThat(call.outcome()).isEmpty();
  }

  @Test
  void whatCannotBeHeldPasses() {
    CheckedStream stream = checked(true);
    send(new ChatEvent.TextDelta(0, "x".repeat(512 * 1024)));
    assertThat(ended).containsExactly(Optional.empty());
    stream.open(seen::add);
    assertThat(seen).hasSize(1);
  }

  private FailureCause cause() {
    assertThat(ended).hasSize(1);
    return ((ProviderProblem) ended.getFirst().orElseThrow()).failureCause();
  }

  private static final class Source implements ChatStream {
    private Optional<Reader> reader = Optional.empty();
    private boolean paused;
    private boolean cancelled;

    @Override
    public void open(Reader opened) {
      reader = Optional.of(opened);
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
