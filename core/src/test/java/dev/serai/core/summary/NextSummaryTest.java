package dev.serai.core.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a summary follows from the one before, from messages and from what a model has written. */
class NextSummaryTest {
  private static final Instant NOW = Instant.ofEpochMilli(5);

  private static SessionMessage said(Type type, String text) {
    Role role = type == Type.TEXT ? Role.USER : Role.ASSISTANT;
    return new SessionMessage(
        7, "msg_7", Instant.EPOCH, new Content(role, type, text, "{}", false, false));
  }

  private static NextSummary next(
      CompressionMode mode, Optional<SessionSummary> before, SessionMessage... messages) {
    CompressionRules rules = new CompressionRules(mode, 0.8, 400);
    OlderMessages.Choice choice = new OlderMessages.Choice(7, messages.length, 90);
    return new NextSummary(rules, before, choice, List.of(messages));
  }

  private static SessionSummary made(CompressionMode mode, Optional<String> written) {
    return next(mode, Optional.empty(), said(Type.TEXT, "I am in Oslo.")).make(written, NOW);
  }

  private static String request(CompressionMode mode, SessionMessage... messages) {
    SessionSummary before = made(mode, Optional.of("It \"began\"."));
    byte[] json = next(mode, Optional.of(before), messages).request("writer", Set.of("eu"));
    return new String(json, StandardCharsets.UTF_8);
  }

  @Test
  void aModeDecidesWhatASummaryHas() {
    SessionSummary found = made(CompressionMode.KEY_INFORMATION, Optional.empty());
    assertThat(found.text())
        .isEqualTo(
            "Summary of the earlier messages of this conversation.\n\nKey points:\n"
                + "- user: I am in Oslo.\nEntities:\n- Oslo\n");
    SessionSummary written = made(CompressionMode.SUMMARISE, Optional.of(" Written. "));
    assertThat(written.text())
        .isEqualTo("Summary of the earlier messages of this conversation.\n\nWritten.");
    SessionSummary both = made(CompressionMode.HYBRID, Optional.of("Written."));
    assertThat(both.text()).contains("Written.\n\nKey points:\n- user: I am in Oslo.");
    assertThat(both.mode()).isEqualTo(CompressionMode.HYBRID);
  }

  @Test
  void withoutTheModelWhatItHasWrittenBeforeStays() {
    SessionSummary before = made(CompressionMode.HYBRID, Optional.of("Written."));
    SessionSummary after =
        next(CompressionMode.HYBRID, Optional.of(before), said(Type.TEXT, "I am in Rome."))
            .make(Optional.empty(), NOW);
    assertThat(after.text()).contains("Written.", "user: I am in Oslo.", "user: I am in Rome.");
    assertThat(after.mode()).isEqualTo(CompressionMode.KEY_INFORMATION);
    assertThat(after.version()).isEqualTo(2);
    assertThat(after.messages()).isEqualTo(2);
    assertThat(after.originalTokens()).isEqualTo(180);
  }

  @Test
  void aModelIsShownTheSummarySoFarAndTheMessages() {
    String json =
        request(
            CompressionMode.SUMMARISE,
            said(Type.TEXT, "How is the weather?"),
            said(Type.TOOL_CALL, "{}"),
            said(Type.SYSTEM_EVENT, "renamed"));
    assertThat(json)
        .startsWith("{\"model\":\"writer\",\"messages\":[{\"role\":\"system\"")
        .contains("The summary so far:\\nIt \\\"began\\\".\\n\\nThe conversation:\\nuser: How is")
        .contains("call of a tool: {}")
        .doesNotContain("renamed")
        .endsWith("\"serai\":{\"routing\":{\"region\":[\"eu\"]}}}");
  }

  @Test
  void aLongMessageLosesItsMiddleAndTheRequestIsBounded() {
    String first =
        request(CompressionMode.SUMMARISE, said(Type.TEXT, "a" + "😀".repeat(900) + "z"));
    assertThat(first).contains("user: a😀", "😀 [...] 😀", "😀z").hasSizeLessThan(2000);
    SessionMessage[] many = new SessionMessage[500];
    Arrays.fill(many, said(Type.TEXT, "x".repeat(300)));
    assertThat(request(CompressionMode.SUMMARISE, many)).hasSizeLessThan(5000);
  }

  @Test
  void whatAModelWritesIsCutAtASentence() {
    String sentence = "This is the state of the work. ";
    String text = made(CompressionMode.SUMMARISE, Optional.of(sentence.repeat(100))).narrative();
    assertThat(text).endsWith("the work.").hasSizeBetween(300, 400);
    assertThat(made(CompressionMode.HYBRID, Optional.of("😀".repeat(500))).narrative())
        .hasSizeBetween(199, 200);
  }
}
