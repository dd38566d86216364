package dev.serai.adapters.dialects.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaSurfaceTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Surface CHAT = OllamaSurface.chat(() -> NOW);
  private static final Surface GENERATE = OllamaSurface.generate(() -> NOW);
  private static final OllamaDialect DIALECT = new OllamaDialect();
  private static final Asked PROVIDER = Asked.of(DIALECT, "http://x", "llama3");
  private static final FinishReason STOP = new FinishReason(Kind.STOP, "stop");

  @Test
  void theSameDialectChangesNothingButTheModelsName() {
    String body =
        "{ 'model':'ollama/llama3:latest' ,'messages':[{'role':'user','content':'hi'}],"
            + "'options':{'num_ctx':4096,'zz':[1.0e1]},'keep_alive':'5m'}";
    ProviderRequest sent = PROVIDER.write(chat(body));
    assertThat(sent.path()).isEqualTo("/api/chat");
    assertThat(sent.streaming()).isTrue();
    assertThat(new String(sent.body(), UTF_8))
        .isEqualTo(body.replace('\'', '"').replace("ollama/llama3:latest", "llama3"));
    assertThat(sent.dropped()).isEmpty();
    ProviderRequest prompt =
        PROVIDER.write(generate("{'model':'llama3','prompt':'x','stream':false}"));
    assertThat(prompt.path()).isEqualTo("/api/generate");
    assertThat(prompt.streaming()).isFalse();
  }

  @Test
  void aConversationIsUnderstoodByOtherDialects() {
    ChatRequest request =
        chat(
            "{'model':'openai/m:latest','messages':[{'role':'system','content':'S'},"
                + "{'role':'user','content':'Q','images':['/9j/AAA','iVBORw0KGgo=']},"
                + "{'role':'assistant','content':'','thinking':'T','tool_calls':[{'function':{"
                + "'name':'b','arguments':{'x':1}}},{'function':{'name':'a','arguments':{}}}]},"
                + "{'role':'tool','tool_name':'a','content':'A'},"
                + "{'role':'tool','content':'B'}],"
                + "'tools':[{'type':'function','function':{'name':'a','description':'d',"
                + "'parameters':{'type':'object'}}}],"
                + "'format':{'type':'object'},'think':'low','keep_alive':-1,'options':{"
                + "'temperature':0.5,'top_p':0.9,'top_k':3,'num_predict':7,'stop':['E'],"
                + "'seed':1,'num_ctx':8}}");
    assertThat(request.model()).isEqualTo("openai/m");
    assertThat(request.streaming()).isTrue();
    Conversation read = request.conversation();
    assertThat(read.messages()).hasSize(5);
    Message user = read.messages().get(1);
    assertThat(user.content()).hasSize(3);
    assertThat(user.content().get(1).toString()).contains("image/jpeg");
    assertThat(user.content().get(2).toString()).contains("image/png");
    Message assistant = read.messages().get(2);
    assertThat(assistant.reasoning()).contains("T");
    assertThat(assistant.toolCalls())
        .containsExactly(
            new ToolCall("call_0", "b", "{\"x\":1}"), new ToolCall("call_1", "a", "{}"));
    assertThat(answered(read, 3)).isEqualTo("call_1");
    assertThat(answered(read, 4)).isEqualTo("call_0");
    assertThat(read.sampling().maxTokens()).hasValue(7);
    assertThat(read.sampling().topK()).hasValue(3);
    assertThat(read.sampling().reasoning().effort()).contains("low");
    assertThat(read.unknown()).containsOnlyKeys("keep_alive", "seed", "num_ctx");
    ProviderRequest sent = Asked.of(new OpenAiDialect(), "http://x", "m").write(request);
    assertThat(StrictJson.tree(sent.body()).at("/response_format/json_schema/schema/type").asText())
        .isEqualTo("object");
    assertThat(sent.dropped()).contains("keep_alive", "num_ctx");
  }

  private static String answered(Conversation read, int message) {
    return read.messages().get(message).toolResult().orElseThrow().callId();
  }

  @Test
  void aPromptIsWhatAUserSays() {
    Conversation read =
        generate("{'model':'m','system':'S','prompt':'P','images':['x'],'think':true}")
            .conversation();
    assertThat(read.messages()).extracting(m -> m.role().name()).containsExactly("SYSTEM", "USER");
    assertThat(read.messages().get(1).content()).hasSize(2);
    assertThat(read.sampling().reasoning().mode())
        .isEqualTo(Conversation.ReasoningSettings.Mode.ON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'model':1,'messages':[]}",
        "nothing",
        "{'model':'m','messages':[]}",
        "{'model':'m','messages':[{'role':'robot','content':''}]}",
        "{'model':'m','messages':[{'role':'user','content':1}]}",
        "{'model':'m','messages':[{'role':'user','content':'x'}],'format':7}"
      })
  void aBodyOtherThanARequestIsRefused(String body) {
    assertThatThrownBy(() -> chat(body).conversation())
        .isInstanceOfSatisfying(
            GatewayProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void aStreamIsWrittenLineByLine() {
    List<String> lines =
        written(
            CHAT,
            chat("{'model':'a/b','messages':[{'role':'user','content':'x'}]}"),
            new ChatEvent.Started("id", "m", 1),
            new ChatEvent.ReasoningDelta(0, "hm"),
            new ChatEvent.TextDelta(0, "ü\n"),
            new ChatEvent.TextDelta(1, "not for Ollama"),
            new ChatEvent.ToolCallStarted(0, 0, "c1", "f"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{\"a\""),
            new ChatEvent.ToolArgumentsDelta(0, 0, ":1}"),
            new ChatEvent.ToolCallStarted(0, 1, "c2", "g"),
            new ChatEvent.Finished(0, new FinishReason(Kind.TOOL_CALLS, "tool_calls")),
            new ChatEvent.UsageReported(Usage.of(5, 6)),
            new ChatEvent.Ended());
    String head =
        "{\"model\":\"a/b\",\"created_at\":\"2026-11-21T09:00:00Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":";
    assertThat(lines)
        .containsExactly(
            head + "\"\",\"thinking\":\"hm\"},\"done\":false}",
            head + "\"ü\\n\"},\"done\":false}",
            head
                + "\"\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"index\":0,\"name\":\"f\","
                + "\"arguments\":{\"a\":1}}}]},\"done\":false}",
            head
                + "\"\",\"tool_calls\":[{\"id\":\"c2\",\"function\":{\"index\":1,\"name\":\"g\","
                + "\"arguments\":{}}}]},\"done\":false}",
            head
                + "\"\"},\"done\":true,\"done_reason\":\"stop\",\"total_duration\":0,"
                + "\"load_duration\":0,\"prompt_eval_count\":5,\"prompt_eval_duration\":0,"
                + "\"eval_count\":6,\"eval_duration\":0}");
  }

  @Test
  void aPromptGetsAResponse() {
    List<String> lines =
        written(
            GENERATE,
            generate("{'model':'m','prompt':'x'}"),
            new ChatEvent.TextDelta(0, "a"),
            new ChatEvent.Finished(0, STOP),
            new ChatEvent.Ended());
    assertThat(lines.getFirst()).contains("\"response\":\"a\",\"done\":false");
    assertThat(lines.getLast()).contains("\"response\":\"\",\"done\":true");
  }

  @Test
  void aFailureIsTheLastLine() {
    List<String> lines =
        written(
            CHAT,
            chat("{'model':'m','messages':[{'role':'user','content':'x'}]}"),
            new ChatEvent.TextDelta(0, "a"),
            new ChatEvent.Failed(CallerProblem.invalid("It \"broke\".")));
    assertThat(lines.getLast()).isEqualTo("{\"error\":\"It \\\"broke\\\".\"}");
    assertThat(CHAT.writeProblem(CallerProblem.invalid("ü".repeat(3000))))
        .hasSizeLessThanOrEqualTo(1024);
  }

  @Test
  void aNonStreamingResponseIsOneObject() {
    ChatResponse response =
        new ChatResponse(
            "id",
            "m",
            0,
            List.of(
                new ChatResponse.Choice(
                    0,
                    Parts.of("hm", "said", List.of(new ToolCall("c", "f", "no json"))),
                    Optional.empty(),
                    new FinishReason(Kind.CONTENT_FILTER, "content_filter"))),
            Optional.of(Usage.of(1, 2)));
    ChatRequest request =
        chat("{'model':'m','stream':false,'messages':[{'role':'user','content':'x'}]}");
    assertThat(new String(CHAT.writeResponse(request, response), UTF_8))
        .contains("\"content\":\"said\",\"thinking\":\"hm\"")
        .contains("\"arguments\":{\"arguments\":\"no json\"}")
        .contains("\"done\":true,\"done_reason\":\"length\"")
        .contains("\"eval_count\":2");
  }

  @Test
  void aRelayedStreamIsTheSameHoweverItIsCut() {
    byte[] stream =
        ("{\"model\":\"m\",\"message\":{\"content\":\"ü\"},\"done\":false}\n"
                + "{\"model\":\"m\",\"response\":\"x\",\"done\":false}\r\n"
                + "{\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":3,"
                + "\"eval_count\":4}\n")
            .getBytes(UTF_8);
    for (int cut = 0; cut <= stream.length; cut++) {
      List<ChatEvent> events = relayed(stream, cut);
      assertThat(bytes(events)).isEqualTo(new String(stream, UTF_8));
      assertThat(events)
          .endsWith(
              new ChatEvent.Started("", "m", 0),
              new ChatEvent.UsageReported(Usage.of(3, 4)),
              new ChatEvent.Finished(0, STOP),
              new ChatEvent.Ended());
    }
  }

  @Test
  void aRelayedStreamThatBreaksIsAFailure() {
    String piece = "{\"message\":{\"content\":\"a\"},\"done\":false}\n";
    for (String end : List.of("", "{\"error\":\"broke\"}\n", "<html>\n", "{\"done\"")) {
      List<ChatEvent> events = relayed((piece + end).getBytes(UTF_8), 5);
      assertThat(events.getLast()).as(end).isInstanceOf(ChatEvent.Failed.class);
      assertThat(bytes(events)).isEqualTo(piece);
    }
  }

  private static List<ChatEvent> relayed(byte[] stream, int cut) {
    ChatRequest request = chat("{'model':'m','messages':[]}");
    List<ChatEvent> events = new ArrayList<>();
    ChatStreamDecoder reader = DIALECT.streamReader(request, PROVIDER.destination(), true);
    reader.read(Arrays.copyOf(stream, cut), events::add);
    reader.read(Arrays.copyOfRange(stream, cut, stream.length), events::add);
    reader.end(events::add);
    return events;
  }

  private static String bytes(List<ChatEvent> events) {
    StringBuilder all = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.Relayed relayed) {
        all.append(new String(relayed.bytes(), UTF_8));
      }
    }
    return all.toString();
  }

  private static List<String> written(Surface surface, ChatRequest request, ChatEvent... events) {
    Surface.ChatEventWriter writer = surface.streamWriter(request);
    StringBuilder all = new StringBuilder();
    for (ChatEvent event : events) {
      all.append(new String(writer.write(event), UTF_8));
    }
    assertThat(all.toString()).endsWith("\n");
    return all.toString().lines().toList();
  }

  private static ChatRequest chat(String body) {
    return read(CHAT, "/api/chat", body);
  }

  private static ChatRequest generate(String body) {
    return read(GENERATE, "/api/generate", body);
  }

  private static ChatRequest read(Surface surface, String path, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    return surface.readRequest(new InboundRequest("POST", path, "", new HeaderFields(), bytes));
  }
}
