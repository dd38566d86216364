package dev.serai.processors.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class SettleUsageTest {
  @Test
  void aListenerThatFailsKeepsNoOtherOneFromSettlingTheCall() {
    List<String> settled = new ArrayList<>();
    SettleUsage step =
        new SettleUsage(
            List.of(
                _ -> settled.add("first"),
                _ -> {
                  throw new IllegalStateException("this listener is broken");
                },
                _ -> settled.add("last")));
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    call.lifecycle().afterEnd(() -> settled.add("after the end"));
    step.process(exchange);
    assertThat(settled).as("its record of a running call is kept").containsExactly("first", "last");
    call.end(Outcome.FAILED, Optional.empty());
    assertThat(settled).hasSize(2);
  }
}
