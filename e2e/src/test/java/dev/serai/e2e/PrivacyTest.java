package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.ScriptedProvider;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider never sees a masked value, and the client gets it back. */
class PrivacyTest {
  private static final String EMAIL = "erika@example.com";
  private static final String PHONE = "+49 30 1234567";

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: masks, key: masks-0123456789abcdef0123456789abcdef, tenant: masking}
          - {name: blocks, key: blocks-0123456789abcdef0123456789abcdef, tenant: blocking}
          - {name: reports, key: reports-0123456789abcdef0123456789abcdef, tenant: reporting}
          - {name: plain, key: plain-0123456789abcdef0123456789abcdef, tenant: other}
          - {name: watch, key: watch-0123456789abcdef0123456789abcdef, role: admin}
      privacy:
        tenants:
          masking: {action: mask}
          blocking: {action: block, kinds: [email, card]}
          reporting: {action: report}
      """;

  @TempDir static Path folder;
  private static Served<ScriptedProvider> served;

  @BeforeAll
  static void start() {
    served = Served.byScript(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  private static Caller.Reply post(String key, String path, String body) {
    return served.post(key + "-0123456789abcdef0123456789abcdef", path, body);
  }

  private static void play(String... replies) {
    List<JsonNode> all = new ArrayList<>();
    for (String reply : replies) {
      all.add(Caller.parse(reply));
    }
    served.provider().play(all);
  }

  /** What the provider received. */
  private static String received() {
    String body = served.provider().bodies().getLast().toString();
    assertThat(body).doesNotContain(EMAIL).doesNotContain("1234567");
    return body;
  }

  /** A conversation with values in a text, in arguments of a tool call, and in its result. */
  private static String chat(String model, boolean stream) {
    return """
    {"model":"%s","stream":%s,"tools":[{"type":"function","function":{"name":"mail",\
    "parameters":{"type":"object"}}}],"messages":[
    {"role":"system","content":"You write for %s."},
    {"role":"user","content":"I am at %s. [EMAIL_9]"},
    {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",\
    "function":{"name":"mail","arguments":"{\\"to\\":\\"erika\\\\u0040example.com\\"}"}}]},
    {"role":"tool","tool_call_id":"c1","content":"sent to %s"}]}
    """
        .formatted(model, stream, EMAIL, PHONE, EMAIL);
  }

  private static String events(String... events) {
    StringBuilder all = new StringBuilder("{\"events\":[");
    for (String event : events) {
      all.append(all.length() > 11 ? "," : "").append(event);
    }
    return all + "]}";
  }

  private static String call(String index, String fragment) {
    return OpenAiChunk.of(
        "{\"tool_calls\":[{\"index\":"
            + index
            + ",\"function\":{\"arguments\":\""
            + fragment
            + "\"}}]}",
        "null");
  }

  private static final String OPENAI_STREAM =
      events(
          OpenAiChunk.of("{\"role\":\"assistant\",\"content\":\"To [EM\"}", "null"),
          OpenAiChunk.of("{\"content\":\"AIL_1\"}", "null"),
          OpenAiChunk.of("{\"content\":\"] or [PHONE_1], [EMAIL_9] [\"}", "null"),
          OpenAiChunk.of(
              "{\"tool_calls\":[{\"index\":0,\"id\":\"c2\",\"type\":\"function\","
                  + "\"function\":{\"name\":\"mail\",\"arguments\":\"\"}}]}",
              "null"),
          call("0", "{\\\"to\\\":\\\"[EMAIL"),
          call("0", "_1]\\\"}"),
          OpenAiChunk.of("{}", "\"tool_calls\""),
          "\"[DONE]\"");

  private static final String ANTHROPIC_STREAM =
      events(
          "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":"
              + "\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"usage\":"
              + "{\"input_tokens\":1,\"output_tokens\":1}}}",
          "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\","
              + "\"text\":\"\"}}",
          anthropicText("To [EM"),
          anthropicText("AIL_1"),
          anthropicText("] or [PHONE_1], [EMAIL_9] ["),
          "{\"type\":\"content_block_stop\",\"index\":0}",
          "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\","
              + "\"id\":\"c2\",\"name\":\"mail\",\"input\":{}}}",
          anthropicJson("{\\\"to\\\":\\\"[EMAIL"),
          anthropicJson("_1]\\\"}"),
          "{\"type\":\"content_block_stop\",\"index\":1}",
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":"
              + "{\"output_tokens\":9}}",
          "{\"type\":\"message_stop\"}");

  private static String anthropicText(String text) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
        + "\"text\":\""
        + text
        + "\"}}";
  }

  private static String anthropicJson(String json) {
    return "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":"
        + "\"input_json_delta\",\"partial_json\":\""
        + json
        + "\"}}";
  }

  private static final String SAID = "To " + EMAIL + " or " + PHONE + ", [EMAIL_9] [";

  @ParameterizedTest
  @CsvSource({"openai", "anthropic"})
  void aStreamOfChatCompletionsIsUnmaskedAcrossItsChunks(String name) {
    play(name.equals("openai") ? OPENAI_STREAM : ANTHROPIC_STREAM);
    Caller.Reply reply = post("masks", "/v1/chat/completions", chat(name + "/m", true));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.streamed()).isEqualTo(SAID);
    assertThat(reply.isFinished()).isTrue();
    StringBuilder arguments = new StringBuilder();
    for (String event : reply.events()) {
      if (!event.equals("[DONE]")) {
        arguments.append(
            Caller.parse(event).at("/choices/0/delta/tool_calls/0/function/arguments").asText(""));
      }
    }
    assertThat(Caller.parse(arguments.toString()).path("to").asText()).isEqualTo(EMAIL);
    assertThat(received()).contains("You write for [EMAIL_1].", "I am at [PHONE_1]. [EMAIL_9]");
    assertThat(received()).contains("sent to [EMAIL_1]");
  }

  @Test
  void aWholeChatCompletionIsUnmasked() {
    play(
        """
        {"body":{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
        "message":{"role":"assistant","content":"To [EMAIL_1] or [PHONE_1], [EMAIL_9] [",
        "tool_calls":[{"id":"c2","type":"function","function":{"name":"mail",
        "arguments":"{\\"to\\":\\"[EMAIL_1]\\"}"}}]},"finish_reason":"tool_calls"}],
        "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}}
        """);
    Caller.Reply reply = post("masks", "/v1/chat/completions", chat("openai/m", false));
    assertThat(reply.content()).isEqualTo(SAID);
    String arguments =
        reply.json().at("/choices/0/message/tool_calls/0/function/arguments").asText();
    assertThat(Caller.parse(arguments).path("to").asText()).isEqualTo(EMAIL);
    received();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMessageOfAnthropicsSurfaceIsUnmasked(boolean stream) {
    play(
        stream
            ? ANTHROPIC_STREAM
            : """
            {"body":{"id":"m","type":"message","role":"assistant","model":"m","content":[
            {"type":"text","text":"To [EMAIL_1] or [PHONE_1], [EMAIL_9] ["},
            {"type":"tool_use","id":"c2","name":"mail","input":{"to":"[EMAIL_1]"}}],
            "stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":1}}}
            """);
    String body =
        """
        {"model":"anthropic/m","max_tokens":100,"stream":%s,"system":"You write for %s.",
        "tools":[{"name":"mail","input_schema":{"type":"object"}}],"messages":[
        {"role":"user","content":[{"type":"text","text":"I am at %s. [EMAIL_9]"}]},
        {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"mail",
        "input":{"to":"erika\\u0040example.com"}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"%s"}]}]}
        """
            .formatted(stream, EMAIL, PHONE, EMAIL);
    Caller.Reply reply = post("masks", "/v1/messages", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(received()).contains("\"to\":\"[EMAIL_1]\"");
    StringBuilder text = new StringBuilder();
    StringBuilder input = new StringBuilder();
    if (stream) {
      for (String event : reply.events()) {
        text.append(Caller.parse(event).at("/delta/text").asText(""));
        input.append(Caller.parse(event).at("/delta/partial_json").asText(""));
      }
    } else {
      text.append(reply.json().at("/content/0/text").asText());
      input.append(reply.json().at("/content/1/input"));
    }
    assertThat(text).hasToString(SAID);
    assertThat(Caller.parse(input.toString()).path("to").asText()).isEqualTo(EMAIL);
  }

  @Test
  void aStoredResponseHasTheValuesAndItsContinuationIsMasked() {
    play();
    String first =
        post(
                "masks",
                "/v1/responses",
                "{\"model\":\"openai/m\",\"input\":\"Write to " + EMAIL + "\"}")
            .json()
            .path("id")
            .asText();
    assertThat(received()).contains("Write to [EMAIL_1]");
    Caller.Reply second =
        post(
            "masks",
            "/v1/responses",
            "{\"model\":\"openai/m\",\"previous_response_id\":\""
                + first
                + "\",\"input\":\"and call "
                + PHONE
                + "\"}");
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(received())
        .contains("Write to [EMAIL_1]", "and call [PHONE_1]")
        .doesNotContain("previous_response_id");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLegacyCompletionIsUnmasked(boolean stream) {
    String text =
        "{\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"text\":\"%s\",\"index\":0,\"finish_reason\":%s}]}";
    play(
        stream
            ? events(
                text.formatted("[EMA", "null"), text.formatted("IL_1]!", "\"stop\""), "\"[DONE]\"")
            : "{\"body\":" + text.formatted("[EMAIL_1]!", "\"stop\"") + "}");
    String prompt = "{\"model\":\"openai/m\",\"prompt\":\"%s\",\"stream\":%s}";
    Caller.Reply reply = post("masks", "/v1/completions", prompt.formatted(EMAIL, stream));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    received();
    StringBuilder said = new StringBuilder();
    for (String body : stream ? reply.events() : List.of(reply.body())) {
      said.append(body.equals("[DONE]") ? "" : Caller.parse(body).at("/choices/0/text").asText(""));
    }
    assertThat(said).hasToString(EMAIL + "!");
  }

  @Test
  void aLegacyCompletionOfSeveralPromptsIsRefusedBeforeItIsSent() {
    int before = served.provider().bodies().size();
    String body = "{\"model\":\"openai/m\",\"prompt\":[\"" + EMAIL + "\",\"Hi\"]}";
    Caller.Reply reply = post("masks", "/v1/completions", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.json().at("/error/message").asText()).contains("Send one prompt as text");
    assertThat(served.provider().bodies()).hasSize(before);
  }

  @Test
  void aForwardedRequestIsMaskedAndItsReplyUnmasked() {
    play("{\"body\":{\"results\":[{\"index\":0,\"document\":{\"text\":\"[EMAIL_1]\"}}]}}");
    Caller.Reply reply =
        post(
            "masks",
            "/v1/rerank",
            "{\"model\":\"openai/m\",\"query\":\"x\",\"documents\":[\"" + EMAIL + "\"]}");
    assertThat(reply.body()).contains(EMAIL);
    received();
  }

  @Test
  void whatCannotBeSearchedIsNotSent() {
    play();
    String form =
        "--b\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b--\r\n";
    HttpRequest.Builder upload =
        HttpRequest.newBuilder(java.net.URI.create(served.gateway().url() + "/v1/files"))
            .header("content-type", "multipart/form-data; boundary=b")
            .header("x-api-key", "masks-0123456789abcdef0123456789abcdef")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    Caller.Reply reply = served.http().send(upload);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/error/code").asText()).isEqualTo("personal_data_not_searchable");
    assertThat(served.provider().bodies()).isEmpty();
  }

  @Test
  void aBlockedRequestIsRefusedInTheFormOfItsSurfaceWithoutTheValue() {
    play();
    Caller.Reply chat = post("blocks", "/v1/chat/completions", chat("openai/m", true));
    assertThat(chat.status()).isEqualTo(400);
    assertThat(chat.json().at("/error/code").asText()).isEqualTo("personal_data");
    assertThat(chat.json().at("/error/message").asText()).contains("email (3)");
    String body =
        "{\"model\":\"anthropic/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":"
            + "\"4111 1111 1111 1111\"}]}";
    Caller.Reply message = post("blocks", "/v1/messages", body);
    assertThat(message.status()).isEqualTo(400);
    assertThat(message.json().path("type").asText()).isEqualTo("error");
    assertThat(message.body()).contains("card (1)").doesNotContain("4111");
    assertThat(chat.body()).doesNotContain(EMAIL);
    assertThat(served.provider().bodies()).isEmpty();
  }

  @Test
  void whatIsReportedIsCountedLoggedAndSent() {
    play();
    Caller.Reply reply = post("reports", "/v1/chat/completions", chat("openai/m", false));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(served.provider().bodies().getLast().toString()).contains(EMAIL);
    Caller.Reply metrics =
        served
            .http()
            .send(
                HttpRequest.newBuilder(java.net.URI.create(served.gateway().url() + "/metrics"))
                    .header("x-api-key", "watch-0123456789abcdef0123456789abcdef"));
    assertThat(metrics.body())
        .contains("serai_pii_total{action=\"report\",kind=\"email\"}")
        .doesNotContain(EMAIL);
    served.gateway().awaitLogged("email (3)");
    assertThat(served.gateway().log()).doesNotContain(EMAIL).doesNotContain(PHONE);
  }

  @Test
  void aTenantWithoutAPolicySendsWhatItWrites() {
    play();
    Caller.Reply reply = post("plain", "/v1/chat/completions", chat("openai/m", false));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(served.provider().bodies().getLast().toString()).contains(EMAIL, PHONE);
  }
}
