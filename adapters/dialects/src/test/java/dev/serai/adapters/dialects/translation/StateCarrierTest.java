package dev.serai.adapters.dialects.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.OpaqueState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateCarrierTest {
  private static final OpaqueState STATE =
      new OpaqueState("anthropic", "claude-eu", "signature", "EqQB+/=\nü");

  @Test
  void aStateComesBackAsItWas() {
    assertThat(StateCarrier.decode(StateCarrier.encode(STATE))).contains(STATE);
  }

  @Test
  void anIdComesBackWithItsState() {
    StateCarrier.CallId back =
        StateCarrier.callId(StateCarrier.callId("call_1", Optional.of(STATE)));
    assertThat(back).isEqualTo(new StateCarrier.CallId("call_1", Optional.of(STATE)));
  }

  @Test
  void anIdWithoutStateIsTheProvidersOwn() {
    assertThat(StateCarrier.callId("call_1", Optional.empty())).isEqualTo("call_1");
    assertThat(StateCarrier.callId("call_1"))
        .isEqualTo(new StateCarrier.CallId("call_1", Optional.empty()));
  }

  @Test
  void everyDialectTakesACarrierForAnId() {
    assertThat(StateCarrier.callId("call_1", Optional.of(STATE))).matches("[a-zA-Z0-9_-]+");
  }

  @Test
  void whatOnlyLooksLikeACarrierIsNone() {
    assertThat(StateCarrier.decode("serai1_%%%")).isEmpty();
    assertThat(StateCarrier.decode("serai1_YQ")).isEmpty();
    assertThat(StateCarrier.callId("serai1_%").id()).isEqualTo("serai1_%");
  }

  @Test
  void aStateBelongsToTheProviderThatMadeIt() {
    assertThat(STATE.belongsTo("anthropic", "claude-eu")).isTrue();
    assertThat(STATE.belongsTo("anthropic", "other")).isFalse();
    assertThat(STATE.belongsTo("gemini", "claude-eu")).isFalse();
  }

  @Test
  void aStateDoesNotShowItsData() {
    assertThat(STATE).asString().isEqualTo("signature of anthropic/claude-eu");
  }
}
