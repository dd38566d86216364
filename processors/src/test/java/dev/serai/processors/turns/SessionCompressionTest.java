package dev.serai.processors.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.model.Persona;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.CompressionMode;
import dev.serai.core.summary.CompressionRules;
import dev.serai.processors.support.CallFixtures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After which calls sessions are compressed. */
class SessionCompressionTest {
  private final LongSessions sessions = new LongSessions();
  private final SessionCompression compression =
      new SessionCompression(
          sessions,
          LongSessions.requests(),
          new CompressionRules(CompressionMode.KEY_INFORMATION, 0.8, LongSessions.ROOM),
          Optional.empty(),
          InstantSource.system());
  private final BackgroundThread thread =
      BackgroundThreads.unreported().make("compression", compression);

  @AfterEach
  void stop() {
    thread.stopAndJoin(Duration.ofSeconds(10));
  }

  private static Call call(String session) {
    Call call =
        new Call("req-1", LongSessions.recalled(session), new CallFixtures.Words(), () -> 1);
    call.setCaller(new Caller("t", "k", session, ""));
    return call;
  }

  private void settle(Call call, Outcome how) {
    call.end(how, Optional.empty());
    compression.settled(call);
  }

  @Test
  void onlyACallWhoseTurnIsStoredStartsIt() throws Exception {
    Call reader = call("reader");
    reader.lifecycle().recordPrompt("p@1", Persona.Memory.READ);
    settle(reader, Outcome.ANSWERED);
    settle(call("failed"), Outcome.FAILED);
    Call broken = call("broken");
    ((RecalledRequest) broken.request()).recorder().take(CallFixtures.response("Some words"));
    settle(broken, Outcome.FAILED);
    settle(call("answered"), Outcome.ANSWERED);
    thread.start();
    assertThat(sessions.nextSaved()).contains(new Key("t", "broken"));
    assertThat(sessions.nextSaved()).contains(new Key("t", "answered"));
  }
}
