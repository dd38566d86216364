package dev.serai.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.limit.LimitSettings;
import dev.serai.config.limit.RateSettings;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Admission;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.session.OpenTurn;
import dev.serai.core.session.SessionStore;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class CountRecalledTokensTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Identity APP = Identity.recorded("acme", "", "", "app");
  private static final int LIMIT = 1000;

  private final AtomicLong nanos = new AtomicLong();
  private final LocalRates store = new LocalRates(nanos::get, () -> NOW);
  private final CallFixtures fixtures = new CallFixtures();

  @Test
  void whatASessionAddsIsTakenWhenItIsKnownAndCorrectedByWhatIsUsed() {
    RateLimit limit = limit(new RateSettings(0, 0, 0, 0, LIMIT, 0, 0, 0, 0));
    Call call = admitted(limit, 2000);
    assertThat(left(limit)).isEqualTo(LIMIT - 256 - 1 - 500);
    call.beginAttempt(new Candidate("p", "m")).recordUsage(Usage.of(300, 50));
    call.end(Outcome.ANSWERED, Optional.empty());
    assertThat(left(limit)).isEqualTo(LIMIT - 350);
  }

  @Test
  void moreThanTheWindowHasIsOwedAndTheNextCallIsRefused() {
    RateLimit limit = limit(new RateSettings(0, 0, 0, 0, LIMIT, 0, 0, 0, 0));
    Call call = admitted(limit, 8000);
    assertThat(limit.admit(call.caller(), call.asked())).isInstanceOf(Admission.Refused.class);
    call.end(Outcome.FAILED, Optional.empty());
    assertThat(left(limit)).isEqualTo(LIMIT);
  }

  @Test
  void aStreamThatIsCancelledHasUsedTheMessagesOfItsSession() {
    RateLimit limit = limit(new RateSettings(0, 0, 0, 0, LIMIT, 0, 0, 0, 0));
    Call call = admitted(limit, 2000);
    call.beginAttempt(new Candidate("p", "m"));
    call.recordToken();
    call.end(Outcome.CANCELLED, Optional.empty());
    assertThat(left(limit)).isEqualTo(LIMIT - 500 - 1 - 1);
  }

  @Test
  void theLimitsOfADayCountThemToo() {
    RateLimit limit = limit(new RateSettings(0, 0, 0, 0, 0, LIMIT, 0, 0, 0));
    admitted(limit, 2000);
    assertThat(left(limit)).isEqualTo(LIMIT - 256 - 1 - 500);
  }

  /** A call that has been admitted, and whose session has added so many bytes. */
  private Call admitted(RateLimit limit, int bytes) {
    Exchange exchange = fixtures.exchangeFor("m");
    Call call = Calls.of(exchange);
    call.setCaller(Caller.of(APP));
    Admission admission = limit.admit(call.caller(), call.request());
    assertThat(admission).isInstanceOf(Admission.Admitted.class);
    call.hold(((Admission.Admitted) admission).hold());
    call.recall(new Recalled(call.askedChat(), bytes));
    new CountRecalledTokens(limit).process(exchange);
    return call;
  }

  private static long left(RateLimit limit) {
    return limit.left(APP).getFirst().remaining();
  }

  private RateLimit limit(RateSettings keys) {
    RateSettings none = RateSettings.defaults();
    LimitSettings settings =
        new LimitSettings(keys, none, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    return new RateLimit(settings, store, () -> NOW, _ -> {});
  }

  /** A request with so many bytes of a session before it. */
  private record Recalled(ChatRequest asked, int added) implements ChatRequest, OpenTurn {
    @Override
    public SessionStore.Key session() {
      return new SessionStore.Key("acme", "s");
    }

    @Override
    public String responseId() {
      return "msg_1";
    }

    @Override
    public Instant ended() {
      return NOW;
    }

    @Override
    public String dialect() {
      return asked.dialect();
    }

    @Override
    public byte[] bytes() {
      return asked.bytes();
    }

    @Override
    public int size() {
      return asked.size() + added;
    }

    @Override
    public String model() {
      return asked.model();
    }

    @Override
    public boolean streaming() {
      return asked.streaming();
    }

    @Override
    public boolean wantsUsage() {
      return asked.wantsUsage();
    }

    @Override
    public Conversation conversation() {
      return asked.conversation();
    }
  }
}
