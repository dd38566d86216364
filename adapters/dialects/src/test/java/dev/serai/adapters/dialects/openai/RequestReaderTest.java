package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{M} | model | You must provide a model parameter; GET /v1/models lists the models.",
        "{\"model\":3,M} | model | Invalid type for 'model': expected a string.",
        "{\"model\":null,M} | model | Invalid type for 'model': expected a string.",
        "{\"model\":\" \",M} | model | Invalid 'model': expected a name of 1 to 512 printable"
            + " characters.",
        "{\"model\":\"m\"} | messages | Missing required parameter: 'messages'.",
        "{\"model\":\"m\",\"messages\":{}} | messages"
            + " | Invalid type for 'messages': expected an array of messages.",
        "{\"model\":\"m\",\"messages\":[ ]} | messages"
            + " | Invalid 'messages': empty array. Expected at least one message.",
        "{\"model\":\"m\",M,\"stream\":\"yes\"} | stream"
            + " | Invalid type for 'stream': expected true or false.",
        "{\"model\":\"m\",M,\"stream_options\":[]} | stream_options"
            + " | Invalid type for 'stream_options': expected an object.",
        "{\"model\":\"m\",M,\"stream_options\":{\"include_usage\":1}}"
            + " | stream_options.include_usage"
            + " | Invalid type for 'stream_options.include_usage': expected true or false.",
        "{\"model\":\"m\",M,\"n\":0} | n | Invalid type for 'n': expected a whole number above 0.",
      })
  void aMissingOrMistypedParameterIsNamed(String body, String param, String message) {
    CallerProblem problem = refusal(body.replace("M", MESSAGES));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.param()).contains(param);
    assertThat(problem.message()).isEqualTo(message);
    assertThat(problem.type()).isEqualTo("invalid_request_error");
  }

  @Test
  void otherModelsThatARequestNamesAreKnown() {
    String others =
        ",\"models\":[\"a/b\",{\"model\":\"c\"},7,null],\"fallbacks\":[{\"model\":\"d\",\"x\":1},\"e\"]}";
    byte[] body = ("{\"model\":\"m\"," + MESSAGES + others).getBytes(UTF_8);
    assertThat(RequestReader.read(body).otherModels()).containsExactly("a/b", "c", "d", "e");
    byte[] none = ("{\"model\":\"m\",\"models\":\"x\"," + MESSAGES + "}").getBytes(UTF_8);
    assertThat(RequestReader.read(none).otherModels()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[] | an object at byte 0",
        "{\"model\":\"m\" | ',' or '}' at byte 12",
        "{} x | the end at byte 3",
      })
  void aBodyThatIsNotAnObjectIsRefusedWithTheOffset(String body, String expected) {
    assertThat(refusal(body).message())
        .isEqualTo("The request's body is not a JSON object: expected " + expected + ".");
  }

  @Test
  void aBodyThatIsEmptyOrHasAMemberTwiceIsRefusedInWords() {
    assertThat(refusal("").message()).isEqualTo("The request has no body.");
    for (String again : new String[] {"model", "m\\u006fdel"}) {
      assertThat(refusal("{\"model\":\"m\",\"" + again + "\":\"n\"}").message())
          .isEqualTo("The request's body has the member 'model' twice.");
    }
  }

  @Test
  void aDeeplyNestedBodyIsRefused() {
    assertThat(refusal("{\"a\":" + "[".repeat(100_000)).message()).contains("64 levels");
  }

  @Test
  void routingMembersAreReadInAnyOrder() {
    ChatRequest request =
        RequestReader.read(
            ("{\"x\":{\"model\":\"no\"},\"stream_options\":{\"a\":[],\"include_usage\":true},"
                    + "\"str\\u0065am\":true,\"n\":null,"
                    + MESSAGES
                    + ",\"model\":\"a\\/b\"}")
                .getBytes(UTF_8));
    assertThat(request.model()).isEqualTo("a/b");
    assertThat(request.streaming()).isTrue();
    assertThat(request.wantsUsage()).isTrue();
    assertThat(request.dialect()).isEqualTo("openai");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"role\":\"wizard\"} | messages[0].role",
        "{\"content\":\"x\"} | messages[0].role",
        "{\"role\":\"tool\",\"content\":\"x\"} | messages[0].tool_call_id",
        "{\"role\":\"user\",\"content\":3} | messages[0].content",
        "{\"role\":\"user\",\"content\":[{\"type\":\"hologram\"}]} | messages[0].content[0].type",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]} | messages[0].content[0].text",
        "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{}}]}"
            + " | messages[0].content[0].file",
        "3 | messages[0]",
      })
  void anInvalidMessageIsNamedByItsPath(String message, String path) {
    ChatRequest request =
        RequestReader.read(("{\"model\":\"m\",\"messages\":[" + message + "]}").getBytes(UTF_8));
    CallerProblem problem = catchThrowableOfType(CallerProblem.class, request::conversation);
    assertThat(problem.param()).contains(path);
  }

  @Test
  void aDuplicateNestedNameIsRefusedWhenTheContentIsRead() {
    String twice = "{\"role\":\"user\",\"content\":\"a\",\"content\":\"b\"}";
    ChatRequest request =
        RequestReader.read(("{\"model\":\"m\",\"messages\":[" + twice + "]}").getBytes(UTF_8));
    assertThat(catchThrowableOfType(CallerProblem.class, request::conversation).status())
        .isEqualTo(400);
  }

  private static CallerProblem refusal(String body) {
    return catchThrowableOfType(
        CallerProblem.class, () -> RequestReader.read(body.getBytes(UTF_8)));
  }
}
