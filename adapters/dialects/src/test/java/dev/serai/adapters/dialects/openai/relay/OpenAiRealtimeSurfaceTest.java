package dev.serai.adapters.dialects.openai.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.RelayRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes and events of realtime clients. */
class OpenAiRealtimeSurfaceTest {
  private final OpenAiRealtimeSurface surface = new OpenAiRealtimeSurface();

  private RelayRequest read(String query) {
    return surface.readRequest(
        new InboundRequest("GET", "/v1/realtime", query, new HeaderFields(), new byte[0]));
  }

  @Test
  void theModelIsInTheQueryAndOtherParametersAreForwarded() {
    RelayRequest request = read("call_id=a%20b&model=openai%2Fgpt-realtime&provider=azure");
    assertThat(request.model()).isEqualTo("openai/gpt-realtime");
    assertThat(request.provider()).contains("azure");
    assertThat(request.path()).isEqualTo("/realtime?call_id=a%20b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "model=", "model=%00", "intent=other", "model=a&model=b", "model=a&%6dodel=a"})
  void aHandshakeWithoutOneModelIsRefused(String query) {
    assertThatThrownBy(() -> read(query)).isInstanceOf(CallerProblem.class);
  }

  @Test
  void aTranscriptionNeedsNoModel() {
    assertThat(read("intent=transcription").path()).isEqualTo("/realtime?intent=transcription");
  }

  @Test
  void onlyTheModelOfASessionUpdateIsReplaced() {
    assertThat(replaced("{\"type\":\"session.update\",\"session\":{\"model\":\"a\",\"x\":\"a\"}}"))
        .isEqualTo("{\"type\":\"session.update\",\"session\":{\"model\":\"m\",\"x\":\"a\"}}");
    for (String same :
        new String[] {
          "{\"type\":\"session.update\",\"session\":{\"model\":\"other\"}}",
          "{\"type\":\"session.update\",\"session\":{\"audio\":{\"model\":\"a\"}}}",
          "{\"type\":\"session.update\",\"session\":[\"a\"]}",
          "{\"type\":\"session.update\",\"session\":",
          "{\"type\":\"response.create\",\"session\":{\"model\":\"a\"}}"
        }) {
      assertThat(replaced(same)).isEqualTo(same);
    }
  }

  private String replaced(String event) {
    return new String(surface.withModel(event.getBytes(UTF_8), "a", "m"), UTF_8);
  }
}
