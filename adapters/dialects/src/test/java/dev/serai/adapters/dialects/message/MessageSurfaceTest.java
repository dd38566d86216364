package dev.serai.adapters.dialects.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.session.MessageRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSurfaceTest {
  private static final MessageSurface SURFACE = new MessageSurface(() -> "usual");
  private static final String PATH = "/api/v1/messages";

  private static MessageRequest read(String path, String json) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    return (MessageRequest)
        SURFACE.readRequest(new InboundRequest("POST", path, "", Headers.NONE, body));
  }

  private static String written(ChatEvent event) {
    return new String(SURFACE.streamWriter(read(PATH, "{'content': 'x'}")).write(event), UTF_8);
  }

  private static String text(String piece) {
    return written(new ChatEvent.TextDelta(0, piece));
  }

  @Test
  void aMessageIsOneOfTheUserToTheDefaultModel() {
    MessageRequest request =
        read(
            PATH,
            """
            {'content': 'Hi', 'session_id': 's', 'role': 'user', 'message_type': 'text',
             'metadata': {'session_id': 5, 'n': 1.50}, 'other': 1}
            """);
    assertThat(request.model()).isEqualTo("usual");
    assertThat(request.streaming()).isFalse();
    assertThat(request.conversation().messages()).hasSize(1);
    assertThat(request.conversation().unknown()).containsOnlyKeys("other");
    assertThat(request.labels().session()).isEqualTo("s");
    assertThat(request.metadata()).isEqualTo("{\"session_id\": 5, \"n\": 1.50}");
  }

  @Test
  void whatIsNullCountsAsLeftOut() {
    MessageRequest request =
        read(
            PATH + "/stream",
            "{'content':'Hi','session_id':null,'role':null,'message_type':null,'metadata':null}");
    assertThat(request.streaming()).isTrue();
    assertThat(request.labels().session()).isEmpty();
    assertThat(request.metadata()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content | {}",
        "content | {'content': ' '}",
        "content | {'content': 5}",
        "role | {'content': 'x', 'role': 'system'}",
        "message_type | {'content': 'x', 'message_type': 'tool_call'}",
        "metadata | {'content': 'x', 'metadata': 'y'}",
        "session_id | {'content': 'x', 'session_id': 7}"
      })
  void aMemberThatIsWrongIsNamed(String member, String json) {
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> read(PATH, json.replace("''", "'")))
        .satisfies(
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.param()).isEqualTo(Optional.of(member));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contnt | content | {'contnt': 'x'}",
        "sesion_id | session_id | {'content': 'x', 'sesion_id': 's'}",
        "Content | content | {'Content': 'x'}",
        "messagetype | message_type | {'content': 'x', 'messagetype': 'text'}"
      })
  void aMisspeltMemberIsRefusedWithTheOneThatIsMeant(String member, String meant, String json) {
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> read(PATH, json))
        .withMessage(
            "Unknown member '%s'. Did you mean '%s'? Known are content, message_type, metadata,"
                + " role, session_id.",
            member, meant)
        .satisfies(problem -> assertThat(problem.param()).contains(member));
  }

  /** What differs more, or stands beside the member that it resembles, is left out as before. */
  @Test
  void otherMembersAreLeftOut() {
    MessageRequest request = read(PATH, "{'content': 'Hi', 'contents': 'x', 'colour': 'red'}");
    assertThat(request.conversation().unknown()).containsOnlyKeys("contents", "colour");
  }

  @Test
  void aPieceOfTextIsTheDataOfAnEventWithALineForEachOfItsLines() {
    assertThat(text("Hello")).isEqualTo("data: Hello\n\n");
    assertThat(text("a\nb\r\nc\rd")).isEqualTo("data: a\ndata: b\ndata: c\ndata: d\n\n");
    assertThat(text("\n")).isEqualTo("data: \ndata: \n\n");
    assertThat(text("")).isEmpty();
    assertThat(written(new ChatEvent.Ended())).isEqualTo("data: [DONE]\n\n");
  }

  @Test
  void aTextIsNeverTakenForTheEndOrAFailure() {
    assertThat(text("[DONE]")).isEqualTo("data: [\n\ndata: DONE]\n\n");
    assertThat(text("{\"error\":1}")).isEqualTo("data: {\n\ndata: \"error\":1}\n\n");
    assertThat(text("{[DONE]")).isEqualTo("data: {\n\ndata: [\n\ndata: DONE]\n\n");
    assertThat(text("{{\"error\":1}")).isEqualTo("data: {\n\ndata: {\n\ndata: \"error\":1}\n\n");
    assertThat(text("{")).isEqualTo("data: {\n\n");
  }

  @Test
  void aFailureIsAnObjectWithAnError() {
    CallerProblem problem = CallerProblem.invalid("x", "It failed.");
    assertThat(written(new ChatEvent.Failed(problem)))
        .isEqualTo("data: {\"error\":\"It failed.\"}\n\n");
    assertThat(new String(SURFACE.writeProblem(problem), UTF_8))
        .isEqualTo("{\"detail\":\"It failed.\"}");
  }

  @Test
  void itOwnsItsTwoPathsOnly() {
    assertThat(SURFACE.owns(PATH)).isTrue();
    assertThat(SURFACE.owns(PATH + "/stream")).isTrue();
    assertThat(SURFACE.owns("/api/v1/sessions")).isFalse();
  }
}
