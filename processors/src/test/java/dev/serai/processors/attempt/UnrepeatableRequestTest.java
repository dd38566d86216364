package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.Conversation;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.key.ProviderKeys;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryRules;
import dev.serai.processors.retry.RetryWaits;
import dev.serai.processors.support.CallFixtures;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that must not have an effect twice, such as one that creates a batch. */
class UnrepeatableRequestTest {
  private static final Candidate ONLY = new Candidate("p0", "m");

  private final CallFixtures fixtures = new CallFixtures();

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"NOT_RECEIVED", "CONNECT_TIMEOUT"})
  void itIsSentAgainIfItCertainlyHadNoEffect(FailureCause cause) {
    Exchange exchange = call(new Once());
    fail(exchange, cause);
    assertThat(exchange.getProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.class)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"CONNECTION_CLOSED", "UNREACHABLE", "TIMEOUT", "OVERLOADED"})
  void itIsNotSentAgainIfItMayHaveBeenReceived(FailureCause cause) {
    Exchange exchange = call(new Once());
    assertThatThrownBy(() -> fail(exchange, cause)).isInstanceOf(ProviderProblem.class);

    Exchange repeatable = call(new CallFixtures.Request("m"));
    fail(repeatable, cause);
    assertThat(repeatable.getProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.class)).isTrue();
  }

  private Exchange call(ChatRequest request) {
    Exchange exchange = fixtures.exchangeFor("m");
    Call call = new Call("req-1", request, new CallFixtures.Words(), fixtures.clock::get);
    exchange.setProperty(ExchangeProperties.CALL, call);
    call.setPlan(new Plan("fast", List.of(ONLY), "test"));
    call.beginAttempt(ONLY);
    return exchange;
  }

  private void fail(Exchange exchange, FailureCause cause) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, ProviderProblem.of("p0", cause, 502).build());
    RetryWaits waits = new RetryWaits(Duration.ofMillis(100), () -> 0);
    ProviderKeys keys = new ProviderKeys(_ -> List.of("a"), fixtures.clock::get);
    new NoteFailedAttempt(
            new RetryRules(Duration.ofSeconds(30), waits),
            new RetryBudget(20),
            new KeyHealthListener(keys),
            new NextCandidates(_ -> OptionalInt.empty(), 3))
        .begin(exchange, _ -> {});
    if (exchange.getException() instanceof ProviderProblem shown) {
      throw shown;
    }
  }

  private static final class Once implements ChatRequest {
    private final CallFixtures.Request request = new CallFixtures.Request("m");

    @Override
    public boolean repeatable() {
      return false;
    }

    @Override
    public String model() {
      return request.model();
    }

    @Override
    public String dialect() {
      return request.dialect();
    }

    @Override
    public byte[] bytes() {
      return request.bytes();
    }

    @Override
    public boolean streaming() {
      return request.streaming();
    }

    @Override
    public boolean wantsUsage() {
      return request.wantsUsage();
    }

    @Override
    public Conversation conversation() {
      return request.conversation();
    }
  }
}
