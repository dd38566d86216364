package dev.serai.processors.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.feedback.ImplicitFeedbackSettings;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackSource;
import dev.serai.core.limit.ByteLimit;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a prompt that comes again counts as a retry. */
class ImplicitFeedbackTest {
  private static final Duration WINDOW = Duration.ofMinutes(2);
  private static final Duration MILLI = Duration.ofMillis(1);

  private final ObservedCalls calls = new ObservedCalls();
  private final ByteLimit memory = new ByteLimit(1_000_000);
  private final ImplicitFeedback feedback =
      new ImplicitFeedback(
          () -> new ImplicitFeedbackSettings(true, 0.1, 0.3, WINDOW, 0.2, 0.5),
          memory,
          calls.takes(),
          new byte[] {1},
          (format, response) -> false);
  private final BackgroundThread thread = BackgroundThreads.unreported().make("observer", feedback);
  private int last;

  @BeforeEach
  void start() {
    thread.start();
  }

  @AfterEach
  void stop() {
    thread.stopAndJoin(Duration.ofSeconds(10));
  }

  @Test
  void aPromptThatComesAgainAtTheEndOfTheWindowIsARetry() throws Exception {
    asked("first", "s", "Why?");
    calls.pass(WINDOW);
    asked("second", "s", "Why?");
    Feedback given = calls.next();
    assertThat(given.requestId()).isEqualTo("first");
    assertThat(given.source()).isEqualTo(FeedbackSource.RETRY);
    assertThat(given.value()).isEqualTo(-0.3);
    assertThat(given.givenMillis()).isEqualTo(calls.clock.millis());
  }

  @Test
  void aPromptThatComesAgainAfterTheWindowIsNot() throws Exception {
    asked("first", "s", "Why?");
    calls.pass(WINDOW.plus(MILLI));
    asked("second", "s", "Why?");
    assertNoneUntilNow();
  }

  @Test
  void theWindowBeginsAtTheEndOfTheCallAndEndsWhenTheNextOneBegins() throws Exception {
    Call first = calls.begin("first", "s", "Why?");
    calls.pass(WINDOW.multipliedBy(3));
    end(first, Outcome.ANSWERED);
    calls.pass(WINDOW);
    Call second = calls.begin("second", "s", "Why?");
    calls.pass(WINDOW);
    end(second, Outcome.ANSWERED);
    assertThat(calls.next().requestId()).isEqualTo("first");
  }

  @Test
  void aCallThatBeginsWhileTheOtherRunsIsNotARetry() throws Exception {
    Call first = calls.begin("first", "s", "Why?");
    calls.pass(MILLI);
    Call second = calls.begin("second", "s", "Why?");
    calls.pass(MILLI);
    end(first, Outcome.ANSWERED);
    end(second, Outcome.ANSWERED);
    assertNoneUntilNow();
  }

  @Test
  void eachRetryCountsForTheCallBeforeIt() throws Exception {
    for (String id : new String[] {"first", "second", "third"}) {
      asked(id, "s", "Why?");
      calls.pass(WINDOW);
    }
    assertThat(calls.next().requestId()).isEqualTo("first");
    assertThat(calls.next().requestId()).isEqualTo("second");
    assertNoneUntilNow();
  }

  @Test
  void anotherPromptAnotherSessionOrNoSessionIsNotARetry() throws Exception {
    asked("first", "s", "Why?");
    asked("second", "s", "Why not?");
    asked("third", "t", "Why?");
    asked("fourth", "", "Why?");
    asked("fifth", "", "Why?");
    assertNoneUntilNow();
  }

  @Test
  void whatWasLookedAtHoldsNoMemory() throws Exception {
    asked("first", "s", "Why?");
    assertNoneUntilNow();
    stop();
    assertThat(memory.taken()).isZero();
    assertThat(feedback.dropped()).isZero();
    asked("second", "s", "Why?");
    assertThat(memory.taken()).as("of a call that waits").isPositive();
  }

  private void asked(String id, String session, String prompt) {
    end(calls.begin(id, session, prompt), Outcome.ANSWERED);
  }

  private void end(Call call, Outcome how) {
    call.end(how, Optional.empty());
    feedback.settled(call);
  }

  /** Calls are looked at in their order: the next feedback is that of a call which is left now. */
  private void assertNoneUntilNow() throws InterruptedException {
    String id = "left-" + last++;
    Call call = calls.begin(id, "", id);
    call.markStreaming();
    end(call, Outcome.CANCELLED);
    Feedback given = calls.next();
    assertThat(given.source()).isEqualTo(FeedbackSource.ABORT);
    assertThat(given.requestId()).isEqualTo(id);
  }
}
