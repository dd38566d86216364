package dev.serai.processors.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.experiment.ShadowSettings;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.DefaultParameters;
import dev.serai.processors.experiments.ShadowCalls.End;
import dev.serai.processors.support.CallFixtures;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShadowCallsTest {
  private final ScheduledExecutorService closed = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledExecutorService busy = Executors.newSingleThreadScheduledExecutor();
  private final ByteLimit memory = new ByteLimit(1_000_000);

  @AfterEach
  void close() {
    busy.shutdownNow();
    closed.shutdownNow();
  }

  private ShadowCalls shadows(
      int concurrent, int waiting, String usd, ScheduledExecutorService loop) {
    ShadowCalls.Gateway gateway =
        new ShadowCalls.Gateway(
            ShadowRoute::idle,
            _ -> loop,
            () -> 1,
            () -> "copy",
            _ -> {},
            _ -> {},
            (_, _) -> OptionalLong.of(1),
            _ -> DefaultParameters.NONE);
    ShadowSettings settings = new ShadowSettings(concurrent, waiting, new BigDecimal(usd));
    return new ShadowCalls(() -> settings, gateway, memory, InstantSource.system());
  }

  private static Call call(Outcome outcome) {
    return ShadowRoute.call(new CallFixtures.Words(), outcome);
  }

  @Test
  void copiesBeyondThoseThatRunAndWaitAreSkipped() {
    CountDownLatch over = new CountDownLatch(1);
    busy.submit(() -> over.await(1, TimeUnit.MINUTES));
    ShadowCalls shadows = shadows(2, 3, "1", busy);
    for (int i = 0; i < 9; i++) {
      shadows.settled(call(Outcome.ANSWERED));
    }
    assertThat(shadows.count(End.SKIPPED)).isEqualTo(4);
    assertThat(memory.taken()).as("a byte of each that runs or waits").isEqualTo(5);
    over.countDown();
  }

  @Test
  void withoutMoneyEveryCopyIsSkipped() {
    ShadowCalls shadows = shadows(2, 3, "0", busy);
    shadows.settled(call(Outcome.ANSWERED));
    assertThat(shadows.count(End.SKIPPED)).isEqualTo(1);
  }

  @Test
  void onlyAnsweredCallsAreCopied() {
    ShadowCalls shadows = shadows(2, 3, "0", busy);
    shadows.settled(call(Outcome.FAILED));
    shadows.settled(call(Outcome.CANCELLED));
    assertThat(shadows.count(End.SKIPPED)).isZero();
  }

  @Test
  void aCallThatGoesOnWithAStoredConversationIsNotCopied() {
    ShadowCalls shadows = shadows(2, 3, "0", busy);
    Call call = call(Outcome.ANSWERED);
    call.recall(new CallFixtures.Request("m"));
    shadows.settled(call);
    assertThat(shadows.count(End.SKIPPED)).isZero();
  }

  @Test
  void copiesOfAGatewayThatStopsAreSkippedAndHoldNothing() {
    closed.shutdownNow();
    ShadowCalls shadows = shadows(1, 1, "1", closed);
    for (int i = 0; i < 5; i++) {
      shadows.settled(call(Outcome.ANSWERED));
    }
    assertThat(shadows.count(End.SKIPPED)).isEqualTo(5);
    assertThat(memory.taken()).isZero();
  }
}
