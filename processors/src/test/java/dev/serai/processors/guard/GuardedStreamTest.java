package dev.serai.processors.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.TextPatterns;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedStreamTest {
  private final Call call = Calls.of(new CallFixtures().exchangeFor("m"));
  private final List<String> counted = new ArrayList<>();
  private final List<ChatEvent> seen = new ArrayList<>();
  private final List<Optional<GatewayProblem>> ready = new ArrayList<>();
  private final Source source = new Source();
  private GuardedStream stream = stream(true, true);

  @BeforeEach
  void begin() {
    call.beginAttempt(new Candidate("p", "m"));
  }

  private GuardedStream stream(boolean blocks, boolean failsClosed) {
    TextPatterns patterns = TextPatterns.of(List.of("secret sauce"));
    call.setOutputGuards(
        List.of(
            new Guard(
                "g", Set.of(GuardDirection.OUTPUT), blocks, failsClosed, Set.of(), patterns)));
    return new GuardedStream(
        source,
        call,
        new GuardFindings((guard, direction, outcome) -> counted.add(guard.name() + outcome)));
  }

  private void send(ChatEvent... events) {
    for (ChatEvent event : events) {
      source.reader().onEvent(event);
    }
  }

  private static ChatEvent text(String piece) {
    return new ChatEvent.TextDelta(0, piece);
  }

  private void open() {
    stream.open(seen::add);
  }

  /** All text that the client has seen. */
  private String said() {
    StringBuilder said = new StringBuilder();
    for (ChatEvent event : seen) {
      if (event instanceof ChatEvent.TextDelta delta) {
        said.append(delta.text());
      }
    }
    return said.toString();
  }

  @Test
  void theReplyWaitsForTheFirstTextThatMayBeSent() {
    stream.await(ready::add);
    send(new ChatEvent.Started("id", "m", 0), text("secret"));
    assertThat(ready).isEmpty();
    send(text(" service"));
    assertThat(ready).containsExactly(Optional.empty());
    assertThat(source.log).endsWith("pause");
    open();
    send(text(" is good"), new ChatEvent.Finished(0, FinishReason.of("stop")));
    send(new ChatEvent.Ended());
    assertThat(said()).isEqualTo("secret service is good");
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Ended.class);
    assertThat(counted).isEmpty();
  }

  @Test
  void aStreamThatIsBlockedBeforeAnythingWasSentIsAProblemAndItsUsageCounts() {
    stream.await(ready::add);
    send(new ChatEvent.UsageReported(Usage.of(7, 1)), text("secret"), text(" sauce."));
    assertThat(ready).hasSize(1);
    assertThat(ready.getFirst().map(GatewayProblem::code)).contains("response_blocked");
    assertThat(source.log).endsWith("cancel");
    assertThat(call.current().usage().map(Usage::input)).contains(7L);
    assertThat(call.current().pieces()).isEqualTo(2);
    assertThat(call.current().problem()).isEmpty();
    send(text("more"));
    assertThat(ready).hasSize(1);
    assertThat(counted).containsExactly("gblocked");
  }

  @Test
  void aStreamThatIsBlockedLaterEndsWithAFailureAndTheAttemptHasNotFailed() {
    stream.await(ready::add);
    send(text("well, "));
    open();
    send(text("secret s"), text("auce"), new ChatEvent.Finished(0, FinishReason.of("stop")));
    assertThat(said()).isEqualTo("well, ");
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Failed.class);
    assertThat(call.outcome()).contains(Call.Outcome.FAILED);
    assertThat(call.current().problem()).isEmpty();
    assertThat(source.log).endsWith("cancel");
    int events = seen.size();
    send(new ChatEvent.Ended());
    assertThat(seen).hasSize(events);
  }

  @Test
  void aReaderThatPausesGetsTheRestOfTheWaitingEventsWhenItResumes() {
    stream.await(ready::add);
    send(new ChatEvent.Started("id", "m", 0), text("well, "));
    stream.open(
        event -> {
          seen.add(event);
          stream.pause();
        });
    assertThat(seen).hasSize(1);
    assertThat(source.log).endsWith("pause");
    stream.resume();
    assertThat(said()).isEqualTo("well, ");
  }

  /** A phrase that ends with a text is complete only when the text ends. */
  @Test
  void aPhraseAtTheEndOfATextIsBlocked() {
    stream.await(ready::add);
    send(text("a secret sauce"));
    open();
    send(new ChatEvent.Finished(0, FinishReason.of("stop")));
    assertThat(said()).isEqualTo("a ");
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Failed.class);
  }

  @Test
  void theTextsOfTwoChoicesAreSearchedOnTheirOwn() {
    stream.await(ready::add);
    open();
    send(new ChatEvent.TextDelta(0, "secret "), new ChatEvent.TextDelta(1, "sauce"));
    send(new ChatEvent.Ended());
    assertThat(said()).isEqualTo("saucesecret ");
    assertThat(counted).isEmpty();
  }

  @Test
  void argumentsOfToolsAreSearchedToo() {
    stream.await(ready::add);
    send(new ChatEvent.ToolCallStarted(0, 0, "c", "f"));
    open();
    send(new ChatEvent.ToolArgumentsDelta(0, 0, "{\"a\":\"secret\\u00"));
    send(new ChatEvent.ToolArgumentsDelta(0, 0, "20sauce\"}"));
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Failed.class);
    assertThat(counted).containsExactly("gblocked");
  }

  @Test
  void whatIsOnlyReportedIsSentAtOnce() {
    stream = stream(false, true);
    stream.await(ready::add);
    send(text("secret"));
    open();
    send(text(" sauce"), new ChatEvent.Ended());
    assertThat(said()).isEqualTo("secret sauce");
    assertThat(counted).containsExactly("greported");
  }

  @Test
  void bytesThatWereNotReadObeyTheSetting() {
    stream.await(ready::add);
    send(new ChatEvent.Relayed(new byte[1], true));
    assertThat(ready.getFirst().map(GatewayProblem::code)).contains("content_not_checkable");

    ready.clear();
    stream = stream(true, false);
    stream.await(ready::add);
    send(new ChatEvent.Relayed(new byte[1], true));
    assertThat(ready).containsExactly(Optional.empty());
    assertThat(counted).containsExactly("gfailed_closed", "gfailed_open");
  }

  @Test
  void aFailureOfTheProviderBeforeTheFirstTextIsItsProblem() {
    stream.await(ready::add);
    ProviderProblem cut = ProviderProblem.of("p", FailureCause.INCOMPLETE, 502).build();
    send(new ChatEvent.Started("id", "m", 0), new ChatEvent.Failed(cut));
    assertThat(ready).containsExactly(Optional.of(cut));
    assertThat(call.current().problem()).contains(cut);
  }

  @Test
  void aStreamOfEventsWithoutTextIsCancelled() {
    stream.await(ready::add);
    for (int i = 0; i < 2000; i++) {
      send(new ChatEvent.Started("id", "m", 0));
    }
    assertThat(ready).hasSize(1);
    assertThat(ready.getFirst()).isPresent();
    assertThat(source.log).endsWith("cancel");
  }

  private static final class Source implements ChatStream {
    private final List<String> log = new ArrayList<>();
    private Optional<Reader> opened = Optional.empty();

    Reader reader() {
      return opened.orElseThrow();
    }

    @Override
    public void open(Reader reader) {
      opened = Optional.of(reader);
      log.add("open");
    }

    @Override
    public void pause() {
      log.add("pause");
    }

    @Override
    public void resume() {
      log.add("resume");
    }

    @Override
    public void cancel() {
      log.add("cancel");
    }
  }
}
