package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.dialect.Destination;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSplicerTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  @Test
  void aRequestWithoutChangesIsTheClientsOwnArray() {
    byte[] body = ("{\"model\":\"m\", " + MESSAGES + " , \"x\":1.0e2}").getBytes(UTF_8);
    assertThat(write(body, "m").body()).isSameAs(body);
  }

  @Test
  void onlyTheModelsNameChanges() {
    assertThat(text(write("{ \"model\" : \"a/b\",\n" + MESSAGES + ",\"zz\":[1,2.50] }", "ü\"x")))
        .isEqualTo("{ \"model\" : \"ü\\\"x\",\n" + MESSAGES + ",\"zz\":[1,2.50] }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"stream\":true | \"stream\":true,\"stream_options\":{\"include_usage\":true}",
        "\"stream_options\":null,\"stream\":true"
            + " | \"stream_options\":{\"include_usage\":true},\"stream\":true",
        "\"stream\":true,\"stream_options\":{ }"
            + " | \"stream\":true,\"stream_options\":{\"include_usage\":true}",
        "\"stream\":true,\"stream_options\":{\"a\":1}"
            + " | \"stream\":true,\"stream_options\":{\"include_usage\":true,\"a\":1}",
        "\"stream\":true,\"stream_options\":{\"a\":1,\"include_usage\":false}"
            + " | \"stream\":true,\"stream_options\":{\"a\":1,\"include_usage\":true}",
        "\"stream\":true,\"stream_options\":{\"include_usage\":true}"
            + " | \"stream\":true,\"stream_options\":{\"include_usage\":true}",
        "\"stream\":false | \"stream\":false",
      })
  void usageIsRequestedForEveryStream(String sent, String expected) {
    String body = "{\"model\":\"m\"," + MESSAGES + "," + sent + "}";
    assertThat(text(write(body, "m")))
        .isEqualTo("{\"model\":\"m\"," + MESSAGES + "," + expected + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "max-tokens-only | {\"max_completion_tokens\":5,M} | {\"max_tokens\":5,M} | []",
        "max-tokens-only | {\"max_completion_tokens\":5,\"max_tokens\":4,M}"
            + " | {\"max_tokens\":4,M} | [max_completion_tokens]",
        "max-completion-tokens | {M,\"max_tokens\": 5} | {M,\"max_completion_tokens\": 5} | []",
        "no-parallel-tool-calls | {\"parallel_tool_calls\":true , M}"
            + " | {M} | [parallel_tool_calls]",
        "no-parallel-tool-calls | {M, \"parallel_tool_calls\":true}"
            + " | {M} | [parallel_tool_calls]",
        "no-parallel-tool-calls | {M,\"parallel_tool_calls\":true ,\"n\":1}"
            + " | {M ,\"n\":1} | [parallel_tool_calls]",
        "no-stream-options"
            + " | {M,\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
            + " | {M,\"stream\":true} | [stream_options]",
        "no-json-schema | {M,\"response_format\":{\"type\":\"text\"}}"
            + " | {M,\"response_format\":{\"type\":\"text\"}} | []",
      })
  void eachQuirkChangesOnlyItsOwnMembers(
      String quirk, String sent, String expected, String dropped) {
    String members = "\"model\":\"m\"," + MESSAGES;
    ProviderRequest written = write(sent.replace("M", members), "m", quirk);
    assertThat(text(written)).isEqualTo(expected.replace("M", members));
    assertThat(written.dropped()).hasToString(dropped);
  }

  @Test
  void twoDroppedMembersLeaveNoCommaBehind() {
    String members = "\"model\":\"m\"," + MESSAGES;
    String body =
        "{\"parallel_tool_calls\":true,\"stream_options\":null,"
            + members
            + ",\"stream\":true,\"max_tokens\":1,\"max_completion_tokens\":2}";
    assertThat(
            text(
                write(body, "m", "no-parallel-tool-calls", "no-stream-options", "max-tokens-only")))
        .isEqualTo("{" + members + ",\"stream\":true,\"max_tokens\":1}");
  }

  @Test
  void messagesAreAdaptedInPlace() {
    String body =
        "{\"model\":\"m\",\"messages\":[ {\"content\":\"x\",\"role\":\"developer\"},"
            + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]},"
            + "{\"role\":\"assistant\",\"tool_calls\":[],\"reasoning_content\":\"r\"},"
            + "{\"role\":\"user\",\"content\":\"developer\"}]}";
    assertThat(text(write(body, "m", "no-developer-role", "reasoning-content")))
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[ {\"content\":\"x\",\"role\":\"system\"},"
                + "{\"reasoning_content\":\"\",\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]},"
                + "{\"role\":\"assistant\",\"tool_calls\":[],\"reasoning_content\":\"r\"},"
                + "{\"role\":\"user\",\"content\":\"developer\"}]}");
  }

  @Test
  void theKeyIsSentInTheHeaderThatTheProviderReads() {
    String body = "{\"model\":\"m\"," + MESSAGES + "}";
    assertThat(write(body, "m").headers().first("Authorization")).contains("Bearer secret");
    ProviderRequest azure = write(body, "m", "api-key-header");
    assertThat(azure.headers().first("api-key")).contains("secret");
    assertThat(azure.headers().first("authorization")).isEmpty();
    assertThat(azure.path()).isEqualTo("/chat/completions");
  }

  private static ProviderRequest write(String body, String model, String... quirks) {
    return write(body.getBytes(UTF_8), model, quirks);
  }

  private static ProviderRequest write(byte[] body, String model, String... quirks) {
    ChatRequest request = RequestReader.read(body);
    return new OpenAiDialect().writeRequest(request, target(model, quirks));
  }

  static Destination target(String model, String... quirks) {
    return new Destination(
        new ProviderProfile(
            "acme", "openai", Optional.empty(), Optional.empty(), Set.of(quirks), List.of()),
        model,
        Optional.of("secret"));
  }

  private static String text(ProviderRequest request) {
    return new String(request.body(), UTF_8);
  }
}
