package dev.serai.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.guard.GuardedText.Source;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guards see every text of a request, wherever a client may hide it. */
class GuardedTextTest {
  private static Conversation saying(Part... parts) {
    return new Conversation(
        List.of(Message.of(Role.USER, List.of(parts))),
        List.of(new Tool("look", Optional.of("looks it up"), "{\"type\":\"object\"}", false)),
        new ToolChoice.Unset(Optional.empty()),
        new ResponseFormat.JsonSchema("shape", "{\"title\":\"T\"}", false),
        Sampling.UNSET,
        Map.of("suffix", "\"the end\""));
  }

  private static Part document(String type, String text) {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return new FilePart(new InlineSource(type, base64), Optional.of("notes.txt"));
  }

  @Test
  void everyPartIsCheckedAloneAndWithTheOthers() {
    assertThat(GuardedText.allOf(saying(new TextPart("x"), new TextPart("project kestrel"))))
        .contains(
            new GuardedText(Source.USER, "x"),
            new GuardedText(Source.USER, "project kestrel"),
            new GuardedText(Source.USER, "xproject kestrel"));
    assertThat(GuardedText.allOf(saying(new TextPart("alone"))))
        .filteredOn(text -> text.source() == Source.USER)
        .hasSize(1);
  }

  @Test
  void toolsSchemasAndOtherMembersAreChecked() {
    assertThat(GuardedText.allOf(saying(new TextPart("x"))))
        .contains(
            new GuardedText(Source.TOOL_DEFINITION, "look"),
            new GuardedText(Source.TOOL_DEFINITION, "looks it up"),
            new GuardedText(Source.SCHEMA, "{\"type\":\"object\"}"),
            new GuardedText(Source.SCHEMA, "{\"title\":\"T\"}"),
            new GuardedText(Source.OTHER_MEMBER, "\"the end\""));
  }

  @Test
  void aDocumentOfTextIsReadAndAnotherFileIsNot() {
    assertThat(GuardedText.allOf(saying(document("text/plain; charset=utf-8", "grüße"))))
        .contains(new GuardedText(Source.USER, "notes.txt"), new GuardedText(Source.USER, "grüße"));
    assertThat(GuardedText.allOf(saying(document("application/pdf", "grüße"))))
        .noneMatch(text -> text.text().contains("grüße"));
  }
}
