package dev.serai.processors.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.privacy.JsonTexts;
import dev.serai.core.privacy.PiiDetector;
import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.privacy.RequestMask;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call whose request has an e-mail address, which the provider knows as {@code [EMAIL_1]}. */
class UnmaskedReplyTest {
  private static final TextDetails DETAILS =
      new TextDetails(
          List.of(TextDetails.urlCitation("https://example.com", "A page", 10, 20)),
          List.of("{\"token\":\"mail\",\"logprob\":-0.1}"));

  private final Call call = Calls.of(new CallFixtures().exchangeFor("m"));

  @BeforeEach
  void mask() {
    Placeholders placeholders = new Placeholders();
    PiiDetector detector = new PiiDetector(EnumSet.of(PiiKind.EMAIL), Set.of());
    byte[] body = "write to ann@example.com".getBytes(StandardCharsets.UTF_8);
    new RequestMask(detector, UnmaskedReplyTest::rewrite, body).masked(placeholders);
    call.setPlaceholders(placeholders);
  }

  /** A body that is one text. */
  private static byte[] rewrite(byte[] body, JsonTexts.Rewriter rewriter) {
    return rewriter
        .rewrite(new String(body, StandardCharsets.UTF_8), "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private ChatResponse whole(String text) {
    Choice choice =
        new Choice(
            0, Parts.of("", text, List.of()), Optional.empty(), FinishReason.of("stop"), DETAILS);
    return UnmaskedReply.of(
        call, new ChatResponse("id", "m", 0, List.of(choice), Optional.empty(), List.of()));
  }

  private List<ChatEvent> streamed(String... pieces) {
    List<ChatEvent> received = new ArrayList<>();
    UnmaskedReply.of(call, new Pieces(List.of(pieces)))
        .open(
            new ChatStream.Reader() {
              @Override
              public void onEvent(ChatEvent event) {
                received.add(event);
              }

              @Override
              public void onBatchEnd() {}
            });
    return received;
  }

  /** Sends text and then the details of it. */
  private record Pieces(List<String> texts) implements ChatStream {
    @Override
    public void open(Reader reader) {
      texts.forEach(text -> reader.onEvent(new ChatEvent.TextDelta(0, text)));
      reader.onEvent(new ChatEvent.TextDetailed(0, DETAILS));
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {}
  }

  @Test
  void detailsOfATextWithRestoredValuesAreLeftOutAndNamed() {
    ChatResponse response = whole("Ask [EMAIL_1], says the page.");

    assertThat(response.choices().getFirst().text())
        .contains("Ask ann@example.com, says the page.");
    assertThat(response.choices().getFirst().details().isEmpty()).isTrue();
    assertThat(response.dropped()).containsExactly("message.annotations", "message.logprobs");
  }

  /** They tell places in the masked documents. */
  @Test
  void citationsAreLeftOutAndNamed() {
    TextPart cited = new TextPart("So.", Optional.empty(), List.of("{\"type\":\"char_location\"}"));
    Choice choice =
        new Choice(0, List.of(cited), Optional.empty(), FinishReason.of("stop"), TextDetails.NONE);
    ChatResponse response =
        UnmaskedReply.of(
            call, new ChatResponse("id", "m", 0, List.of(choice), Optional.empty(), List.of()));

    assertThat(response.choices().getFirst().parts()).containsExactly(new TextPart("So."));
    assertThat(response.dropped()).containsExactly("message.citations");
  }

  @Test
  void detailsOfATextWithoutPlaceholdersAreKept() {
    ChatResponse response = whole("Ask the page [1].");

    assertThat(response.choices().getFirst().details()).isEqualTo(DETAILS);
    assertThat(response.dropped()).isEmpty();
  }

  @Test
  void detailsOfAStreamedTextWithRestoredValuesAreLeftOutAndNamed() {
    assertThat(streamed("Ask [EMA", "IL_1], says the page."))
        .doesNotContain(new ChatEvent.TextDetailed(0, DETAILS))
        .contains(new ChatEvent.TextDelta(0, "ann@example.com, says the page."))
        .contains(new ChatEvent.Dropped("message.annotations"))
        .contains(new ChatEvent.Dropped("message.logprobs"));
  }

  @Test
  void detailsOfAStreamedTextWithoutPlaceholdersAreKept() {
    assertThat(streamed("Ask the ", "page [1]."))
        .contains(new ChatEvent.TextDetailed(0, DETAILS))
        .noneMatch(ChatEvent.Dropped.class::isInstance);
  }
}
