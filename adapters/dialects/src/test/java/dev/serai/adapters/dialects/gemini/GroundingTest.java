package dev.serai.adapters.dialects.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.TextDetailed;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.request.ChatRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the sources of a grounded response are in its text. */
class GroundingTest {
  private static final GeminiDialect GEMINI = new GeminiDialect();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {'text':'Ä eins. '},{'text':'Zwei hier.'} | 'partIndex':1,'startIndex':0,'endIndex':4,'text':'Zwei' | 8 | 12
          {'text':'Ä eins. '},{'text':'Zwei hier.'} | 'partIndex':1,'startIndex':0,'endIndex':4               | 8 | 12
          {'text':'denken','thought':true},{'text':'Zwei hier.'} | 'partIndex':1,'startIndex':0,'endIndex':4,'text':'Zwei' | 0 | 4
          {'text':'denken','thought':true},{'text':'Zwei hier.'} | 'endIndex':4,'text':'Zwei'                 | 0 | 4
          {'text':'Ä eins. '},{'text':'Zwei hier.'} | 'partIndex':1,'startIndex':9,'endIndex':13,'text':'Zwei' | 8 | 12
          {'text':'Ä eins. '},{'text':'Zwei hier.'} | 'startIndex':9,'endIndex':13,'text':'Zwei'               | 8 | 12
          {'text':'Zwei hier.'}                     | 'partIndex':7,'startIndex':0,'endIndex':4                | 0 | 4
          {'text':'Ä eins. '},{'text':'Zwei hier.'} | 'partIndex':1,'startIndex':900                           | 18 | 18
          """)
  void theOffsetsOfASegmentAreThoseOfItsPart(String parts, String segment, long start, long end) {
    String body = candidate(parts, segment, "'finishReason':'STOP',");
    List<String> expected = List.of(TextDetails.urlCitation("https://a.test/", "a", start, end));
    assertThat(
            GEMINI
                .readResponse(request(), bytes(body), Pair.target(GEMINI, "acme"))
                .choices()
                .getFirst()
                .details()
                .annotations())
        .isEqualTo(expected);
    assertThat(streamed(body)).isEqualTo(expected);
  }

  @Test
  void anEventCountsItsPartsFromTheTextBeforeIt() {
    String first = candidate("{'text':'Eins. '}", "'endIndex':4", "");
    String second =
        candidate(
            "{'text':'Zwei. '},{'text':'Drei.'}",
            "'partIndex':1,'startIndex':0,'endIndex':4,'text':'Drei'",
            "'finishReason':'STOP',");
    assertThat(streamed(first, second))
        .containsExactly(
            TextDetails.urlCitation("https://a.test/", "a", 0, 4),
            TextDetails.urlCitation("https://a.test/", "a", 12, 16));
  }

  @Test
  void aSourceThatIsRepeatedInTheNextEventIsReportedOnce() {
    String segment = "'startIndex':0,'endIndex':4,'text':'Zwei'";
    assertThat(
            streamed(
                candidate("{'text':'Zwei hier.'}", segment, ""),
                candidate("{'text':' Ende.'}", segment, "'finishReason':'STOP',")))
        .containsExactly(TextDetails.urlCitation("https://a.test/", "a", 0, 4));
  }

  private static String candidate(String parts, String segment, String finish) {
    return "{'candidates':[{"
        + finish
        + "'content':{'role':'model','parts':["
        + parts
        + "]},'groundingMetadata':{'groundingChunks':[{'web':{'uri':'https://a.test/','title':'a'}}],"
        + "'groundingSupports':[{'segment':{"
        + segment
        + "},'groundingChunkIndices':[0]}]}}]}";
  }

  private static List<String> streamed(String... bodies) {
    ChatStreamDecoder decoder = GEMINI.streamReader(request(), Pair.target(GEMINI, "acme"), false);
    List<ChatEvent> events = new ArrayList<>();
    for (String body : bodies) {
      decoder.read(bytes("data: " + body + "\n\n"), events::add);
    }
    decoder.end(events::add);
    List<String> annotations = new ArrayList<>();
    for (ChatEvent event : events) {
      if (event instanceof TextDetailed detailed) {
        annotations.addAll(detailed.details().annotations());
      }
    }
    return annotations;
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  private static ChatRequest request() {
    return new OpenAiSurface(InstantSource.system())
        .readRequest(
            Inbound.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
  }
}
