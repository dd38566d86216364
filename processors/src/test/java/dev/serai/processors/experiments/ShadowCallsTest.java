package dev.serai.processors.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.experiment.ShadowSettings;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.Variant;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.DefaultParameters;
import dev.serai.processors.experiments.ShadowCalls.End;
import dev.serai.processors.support.CallFixtures;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
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
    ShadowCall.Gateway gateway =
        new ShadowCall.Gateway(
            DefaultCamelContext::new,
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
    ExperimentSnapshot experiments = new ExperimentSnapshot();
    experiments.replace(
        List.of(
            new Experiment(
                "exp-1",
                "shop",
                "m",
                Unit.SESSION,
                Status.RUNNING,
                List.of(new Variant("now", "p/a", 1), new Variant("new", "p/b", 0, 100)))));
    Call call = new Call("req-1", new CallFixtures.Request("m"), new CallFixtures.Words(), () -> 1);
    call.setCaller(new Caller("shop", "k", "s", ""));
    InboundRequest inbound =
        new InboundRequest("POST", "/v1/chat/completions", "", Headers.NONE, new byte[0]);
    new AssignVariant(experiments, _ -> true, () -> true).assign(call, inbound);
    call.end(outcome, Optional.empty());
    return call;
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
