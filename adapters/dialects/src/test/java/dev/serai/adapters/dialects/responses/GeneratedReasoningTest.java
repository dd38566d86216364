package dev.serai.adapters.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Reasoning of another dialect's provider is an item with an id that no provider knows: OpenAI
 * looks it up and replies 404.
 */
class GeneratedReasoningTest {
  private static final Asked OPENAI =
      Asked.of(new ResponsesDialect(), "https://acme.test/v1", "gpt-5");
  private static final FinishReason STOP = new FinishReason(Kind.STOP, "stop");

  private static ChatRequest first() {
    return ResponsesSurfaceTest.request("{'model':'m','input':'x'}");
  }

  /** The next turn, which returns the items. */
  private static ChatRequest next(String items) {
    return ResponsesSurfaceTest.request(
        "{'model':'m','input':[{'role':'user','content':'x'},"
            + items.replace('"', '\'')
            + ",{'role':'user','content':'y'}]}");
  }

  private static String whole(Optional<OpaqueState> state) {
    List<Part> parts = List.of(new ReasoningPart("hmm", state));
    ChatResponse.Choice choice = new ChatResponse.Choice(0, parts, Optional.empty(), STOP);
    ChatResponse response = new ChatResponse("x", "m", 0, List.of(choice), Optional.empty());
    byte[] written = ResponsesSurfaceTest.SURFACE.writeResponse(first(), response);
    return StrictJson.tree(written).at("/output/0").toString();
  }

  private static String streamed() {
    ChatEventWriter writer = ResponsesSurfaceTest.SURFACE.streamWriter(first());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List.of(
            new ChatEvent.Started("x", "m", 0),
            new ChatEvent.ReasoningDelta(0, "hmm"),
            new ChatEvent.Finished(0, STOP),
            new ChatEvent.Ended())
        .forEach(event -> bytes.writeBytes(writer.write(event)));
    return ReceivedStream.of(bytes.toString(StandardCharsets.UTF_8))
        .last()
        .at("/response/output/0")
        .toString();
  }

  @Test
  void reasoningWithAGeneratedIdIsNotSentToOpenAi() {
    for (String item : List.of(whole(Optional.empty()), streamed())) {
      assertThat(item).contains("hmm", "\"id\":\"rs_");
      ChatRequest request = next(item);
      assertThat(OPENAI.body(request)).contains("'x'", "'y'").doesNotContain("hmm", "rs_");
      assertThat(OPENAI.dropped(request)).containsExactly("input.reasoning");
    }
  }

  @Test
  void reasoningThatTheProviderStoresStaysEvenBesideGeneratedOne() {
    String stored = "{'type':'reasoning','id':'rs_68af4030baa48193','summary':[]}";
    ChatRequest request = next(stored + "," + whole(Optional.empty()));
    assertThat(OPENAI.body(request)).contains("rs_68af4030baa48193").doesNotContain("hmm");
    assertThat(OPENAI.write(next(stored)).dropped()).isEmpty();
    assertThat(OPENAI.body(next(stored))).contains("rs_68af4030baa48193");
  }

  @Test
  void theProvidersOwnStateReturnsWithoutTheGeneratedId() {
    String item = whole(Optional.of(new OpaqueState("responses", "acme", "k", "gAAA")));
    assertThat(item).contains(OpaqueStateCodec.MARK);
    ChatRequest request = next(item);
    assertThat(OPENAI.body(request))
        .contains("'encrypted_content':'gAAA'")
        .doesNotContain("rs_", OpaqueStateCodec.MARK);
    assertThat(OPENAI.dropped(request)).isEmpty();
  }
}
