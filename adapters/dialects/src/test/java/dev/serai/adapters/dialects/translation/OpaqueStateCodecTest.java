package dev.serai.adapters.dialects.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.OpaqueState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpaqueStateCodecTest {
  private static final OpaqueState STATE =
      new OpaqueState("anthropic", "claude-eu", "signature", "EqQB+/=\nü");

  @Test
  void aStateComesBackAsItWas() {
    assertThat(OpaqueStateCodec.decode(OpaqueStateCodec.encode(STATE))).contains(STATE);
  }

  @Test
  void anIdComesBackWithItsState() {
    OpaqueStateCodec.CallId back =
        OpaqueStateCodec.callId(OpaqueStateCodec.callId("call_1", Optional.of(STATE)));
    assertThat(back).isEqualTo(new OpaqueStateCodec.CallId("call_1", Optional.of(STATE)));
  }

  @Test
  void anIdWithoutStateIsTheProvidersOwn() {
    assertThat(OpaqueStateCodec.callId("call_1", Optional.empty())).isEqualTo("call_1");
    assertThat(OpaqueStateCodec.callId("call_1"))
        .isEqualTo(new OpaqueStateCodec.CallId("call_1", Optional.empty()));
  }

  @Test
  void everyDialectTakesACarrierForAnId() {
    assertThat(OpaqueStateCodec.callId("call_1", Optional.of(STATE))).matches("[a-zA-Z0-9_-]+");
  }

  @Test
  void whatOnlyLooksLikeACarrierIsNone() {
    assertThat(OpaqueStateCodec.decode("serai1_%%%")).isEmpty();
    assertThat(OpaqueStateCodec.decode("serai1_YQ")).isEmpty();
    assertThat(OpaqueStateCodec.callId("serai1_%").id()).isEqualTo("serai1_%");
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
