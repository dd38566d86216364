package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Usage;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The tokens of a realtime session are those of its finished responses. */
class OpenAiRealtimeMeterTest {
  private static final String DONE =
      """
      {"type":"response.done","event_id":"e","response":{"output":[{"content":[{"transcript":\
      "say \\"usage\\":{\\"input_tokens\\":7}"}]}],"usage":{"total_tokens":253,"input_tokens":132,\
      "output_tokens":121,"input_token_details":{"text_tokens":119,"audio_tokens":13,\
      "cached_tokens":64,"cached_tokens_details":{"text_tokens":64,"audio_tokens":0}},\
      "output_token_details":{"text_tokens":30,"audio_tokens":91}}}}\
      """;

  private final OpenAiRealtimeMeter meter = new OpenAiRealtimeMeter();

  @Test
  void theResponsesOfASessionAreSummed() {
    meter.read(Frame.text(DONE.getBytes(UTF_8)));
    meter.read(Frame.text(DONE.getBytes(UTF_8)));
    Usage sum = meter.usage().orElseThrow();
    assertThat(sum.input()).isEqualTo(264);
    assertThat(sum.output()).isEqualTo(242);
    assertThat(sum.cached()).isEqualTo(128);
    assertThat(sum.audioInput()).isEqualTo(26);
    assertThat(sum.audioOutput()).isEqualTo(182);
  }

  @Test
  void aResponseInFragmentsCountsOnce() {
    byte[] done = DONE.getBytes(UTF_8);
    for (int cut = 0; cut < done.length; cut++) {
      OpenAiRealtimeMeter fragmented = new OpenAiRealtimeMeter();
      fragmented.read(new Frame(Kind.TEXT, false, Arrays.copyOf(done, cut)));
      fragmented.read(new Frame(Kind.PING, true, new byte[0]));
      fragmented.read(
          new Frame(Kind.CONTINUATION, true, Arrays.copyOfRange(done, cut, done.length)));
      assertThat(fragmented.usage().map(Usage::input)).contains(132L);
    }
  }

  @Test
  void otherEventsCountNothing() {
    String usage = "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}";
    for (String event :
        new String[] {
          "{\"type\":\"conversation.item.input_audio_transcription.completed\"," + usage + "}",
          "{\"type\":\"response.output_text.delta\",\"delta\":\"\\\"response.done\\\"\","
              + usage
              + "}",
          "{\"type\":\"response.created\",\"response\":{\"usage\":null}}",
          "no JSON at all"
        }) {
      meter.read(Frame.text(event.getBytes(UTF_8)));
    }
    meter.read(
        Frame.text("{\"type\":\"response.done\",\"response\":{\"usage\":null}}".getBytes(UTF_8)));
    assertThat(meter.usage()).isEmpty();
  }
}
