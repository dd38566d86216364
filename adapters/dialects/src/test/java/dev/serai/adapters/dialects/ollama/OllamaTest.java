package dev.serai.adapters.dialects.ollama;

import static dev.serai.adapters.dialects.translation.Asked.asking;
import static dev.serai.adapters.dialects.translation.Asked.saying;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OllamaTest {
  private static final String CALL =
      "{\"model\":\"m\",\"created_at\":\"2026-01-0%dT00:00:00Z\",\"message\":{\"tool_calls\":"
          + "[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]},\"done\":true,"
          + "\"done_reason\":\"stop\"}";

  private final Asked asked = Asked.of(new OllamaDialect(), "http://localhost:11434", "qwen3:8b");

  @Test
  void aBaseUrlMayBeWrittenAsAnyClientWantsIt() {
    for (String end : new String[] {"", "/", "/v1", "/v1/", "/api", "/api/"}) {
      assertThat(asked.dialect().baseUrl("http://localhost:11434" + end))
          .isEqualTo("http://localhost:11434");
    }
    assertThat(asked.write(asking("")).path()).isEqualTo("/api/chat");
  }

  @Test
  void aKeyIsABearerToken() {
    ProviderRequest written = asked.write(asking(""));
    assertThat(written.headers().first("authorization")).contains("Bearer secret-key");
    assertThat(written.toString()).doesNotContain("secret-key");
  }

  @Test
  void anEffortIsSaidOnTheScaleOfThinking() {
    assertThat(think("none")).isEqualTo("false");
    assertThat(think("minimal")).isEqualTo("'low'");
    assertThat(think("medium")).isEqualTo("'medium'");
    assertThat(think("xhigh")).isEqualTo("'max'");
    assertThat(think("lots")).isEmpty();
    assertThat(asked.dropped(asking("'reasoning_effort':'medium'"))).isEmpty();
    assertThat(asked.dropped(asking("'reasoning_effort':'xhigh'")))
        .containsExactly("reasoning_effort");
    assertThat(asked.member("think", asking(""))).isEmpty();
  }

  private String think(String effort) {
    return asked.member("think", asking("'reasoning_effort':'" + effort + "'"));
  }

  @Test
  void itsOwnSettingsAreTakenFromTheTopLevel() {
    assertThat(asked.member("options", asking("'top_k':40,'num_ctx':8192,'seed':-1,'min_p':0.1")))
        .isEqualTo("{'top_k':40,'min_p':0.1,'num_ctx':8192,'seed':-1}");
    assertThat(asked.member("keep_alive", asking("'keep_alive':'5m'"))).isEqualTo("'5m'");
    assertThat(asked.dropped(asking("'seed':'x'"))).containsExactly("seed");
  }

  @Test
  void filesOfTextArePartOfTheText() {
    assertThat(
            asked.member(
                "messages",
                saying(
                    "{'role':'user','content':[{'type':'text','text':'Read:'},{'type':'file',"
                        + "'file':{'file_data':'data:text/plain;base64,aGVsbG8='}}]}",
                    "")))
        .isEqualTo("[{'role':'user','content':'Read:\\nhello'}]");
  }

  @Test
  void callsGetIdsThatNoOtherResponseHas() {
    String first = callId(CALL.formatted(1));
    assertThat(callId(CALL.formatted(1))).isEqualTo(first);
    assertThat(callId(CALL.formatted(2))).isNotEqualTo(first);
  }

  private String callId(String line) {
    return asked
        .dialect()
        .readResponse(Asked.asking(""), line.getBytes(UTF_8), asked.destination())
        .choices()
        .getFirst()
        .toolCalls()
        .getFirst()
        .id();
  }

  @Test
  void aLineWithoutEndIsMalformed() {
    ChatStreamDecoder reader =
        asked.dialect().streamReader(asking("'stream':true"), asked.destination(), false);
    List<ChatEvent> events = new ArrayList<>();
    byte[] piece = " ".repeat(SseSplitter.MAX_LINE / 4).getBytes(UTF_8);
    int pieces = 0;
    while (events.isEmpty() && pieces < 100) {
      reader.read(piece.clone(), events::add);
      pieces++;
    }
    assertThat(pieces).isEqualTo(5);
    assertThat(((ProviderProblem) ((ChatEvent.Failed) events.getFirst()).problem()).failureCause())
        .isEqualTo(FailureCause.MALFORMED);
    reader.read(piece, events::add);
    reader.end(events::add);
    assertThat(events).hasSize(1);
  }
}
