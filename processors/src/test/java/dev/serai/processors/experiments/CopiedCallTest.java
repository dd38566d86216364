package dev.serai.processors.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallBounds;
import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.processors.support.CallFixtures;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopiedCallTest {
  private static CopiedCall copied() {
    HeaderFields fields =
        new HeaderFields()
            .add("Authorization", "Bearer shop-0123456789abcdef")
            .add("X-API-Key", "shop-0123456789abcdef")
            .add("cookie", "session=1")
            .add("anthropic-beta", "b1")
            .add("traceparent", "00-1-1-01");
    Call call = new Call("req-1", new CallFixtures.Request("m"), new CallFixtures.Words(), () -> 1);
    call.setCaller(new Caller("shop", "k", "s", ""));
    call.setClientHeaders(fields);
    call.describe(new CallBounds(Optional.of(Duration.ofSeconds(9)), 5), RoutingCriteria.NONE);
    byte[] body = "m".getBytes(StandardCharsets.UTF_8);
    return CopiedCall.of(call, new InboundRequest("POST", "/v1/chat", "", fields, body));
  }

  @Test
  void aCopyHasWhatTheClientSaidButItsKeys() {
    AssignedModel assigned = new AssignedModel(new Assignment("exp-1", "new", true), "p/b", true);
    Call copy = copied().copy(assigned, () -> "copy", () -> 1, _ -> DefaultParameters.NONE);
    assertThat(copy.requestId()).isEqualTo("copy");
    assertThat(copy.request().model()).isEqualTo("m");
    assertThat(copy.plannedModel()).isEqualTo("p/b");
    assertThat(copy.caller().tenant()).isEqualTo("shop");
    assertThat(copy.bounds()).isEqualTo(new CallBounds(Optional.of(Duration.ofSeconds(9)), 1));
    assertThat(copy.clientHeaders()).hasToString("[anthropic-beta, traceparent]");
  }

  @Test
  void whatIsKeptIsCounted() {
    assertThat(copied().bytes())
        .isEqualTo("m".length() + "anthropic-beta".length() + 2 + "traceparent".length() + 9);
  }

  @Test
  void aCopyThatWaitsDoesNotKeepTheCall() {
    for (Class<?> kept : new Class<?>[] {CopiedCall.class, ShadowCall.Waiting.class}) {
      assertThat(Arrays.stream(kept.getRecordComponents()).map(RecordComponent::getType))
          .doesNotContain(Call.class);
    }
  }
}
