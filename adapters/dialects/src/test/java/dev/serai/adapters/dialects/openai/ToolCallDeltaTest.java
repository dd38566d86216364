package dev.serai.adapters.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.Said;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls of a stream are distinguished, however a server numbers and names them. */
class ToolCallDeltaTest {
  private static Said said(ChatRequest request, String... calls) {
    StringBuilder wire = new StringBuilder();
    for (String call : calls) {
      wire.append("data: {'id':'c','created':1,'model':'m','choices':[{'index':0,'delta':")
          .append("{'tool_calls':[" + call + "]},'finish_reason':null}]}\n\n");
    }
    wire.append("data: {'id':'c','choices':[{'index':0,'delta':{},'finish_reason':")
        .append("'tool_calls'}]}\n\ndata: [DONE]\n\n");
    ChatStreamDecoder decoder =
        new OpenAiDialect().streamReader(request, Pair.target(new OpenAiDialect(), "acme"), false);
    List<ChatEvent> events = new ArrayList<>();
    decoder.read(wire.toString().replace('\'', '"').getBytes(), events::add);
    decoder.end(events::add);
    return new Said(events);
  }

  private static Said said(String... calls) {
    return said(request("hi"), calls);
  }

  private static ChatRequest request(String text) {
    return new dev.serai.adapters.dialects.anthropic.AnthropicSurface()
        .readRequest(
            Inbound.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":"
                    + "\"user\",\"content\":\""
                    + text
                    + "\"}]}"));
  }

  private static List<String> calls(Said said) {
    return said.all(ToolCallStarted.class).stream()
        .map(call -> call.id() + " " + call.name() + " " + said.arguments(call.index()))
        .toList();
  }

  private static String call(String index, String id, String name, String arguments) {
    String head = index.isEmpty() ? "" : "'index':" + index + ",";
    String ids = id.isEmpty() ? "" : "'id':'" + id + "',";
    String named = name.isEmpty() ? "" : "'name':'" + name + "',";
    return "{"
        + head
        + ids
        + "'function':{"
        + named
        + "'arguments':'"
        + arguments.replace("\"", "\\'")
        + "'}}";
  }

  /** Ollama's /v1 sends every call as number 0. */
  @ParameterizedTest
  @ValueSource(strings = {"0", ""})
  void twoCompleteCallsUnderOneNumberAreTwo(String index) {
    assertThat(
            calls(
                said(
                    call(index, "a", "f", "{\"x\":1}"),
                    call(index, "b", "g", "{\"y\":2}"),
                    call(index, "c", "f", "{}"))))
        .containsExactly("a f {\"x\":1}", "b g {\"y\":2}", "c f {}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", ""})
  void twoCompleteCallsWithoutIdsAreTwo(String index) {
    List<String> calls =
        calls(
            said(
                call(index, "", "f", "{\"x\":\"}\"}"),
                call(index, "", "f", "{\"x\":2}"),
                call(index, "", "g", "{}")));
    assertThat(calls).hasSize(3).doesNotHaveDuplicates();
    assertThat(calls.stream().map(call -> call.split(" ", 2)[1]))
        .containsExactly("f {\"x\":\"}\"}", "f {\"x\":2}", "g {}");
    assertThat(calls.stream().map(call -> call.split(" ", 2)[0]).distinct()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", ""})
  void anIdAndANameThatAreRepeatedBeginNoOtherCall(String index) {
    assertThat(
            calls(
                said(
                    call(index, "a", "f", ""),
                    call(index, "a", "f", "{\"x\""),
                    call(index, "", "f", ":1"),
                    call(index, "", "", "}"))))
        .containsExactly("a f {\"x\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "new"})
  void piecesWithoutANumberBelongToTheNewestCall(String id) {
    assertThat(
            calls(
                said(
                    call("", "a", "f", "{\"x\":"),
                    call("", id, "", "1}"),
                    call("", "b", "g", ""),
                    call("", id, "", "{}"))))
        .containsExactly("a f {\"x\":1}", "b g {}");
  }

  @Test
  void piecesWithAnIdBelongToItsCall() {
    assertThat(
            calls(
                said(
                    call("", "a", "f", "{\"x\":"),
                    call("", "b", "g", "{\"y\":"),
                    call("", "a", "", "1}"),
                    call("", "b", "", "2}"))))
        .containsExactly("a f {\"x\":1}", "b g {\"y\":2}");
  }

  @Test
  void generatedIdsDifferBetweenTurns() {
    String call = call("0", "", "f", "{}");
    assertThat(calls(said(request("hi"), call))).isEqualTo(calls(said(request("hi"), call)));
    assertThat(calls(said(request("hi"), call)))
        .doesNotContainAnyElementsOf(calls(said(request("hi, and more"), call)));
  }

  /** A server that gives every call the same id, or counts ids anew. */
  @Test
  void twoNumberedCallsWithOneIdAreTwoCallsWithDifferentIds() {
    List<String> calls =
        calls(
            said(
                call("0", "x", "f", ""),
                call("0", "", "", "{\"a\":1}"),
                call("1", "x", "g", ""),
                call("1", "", "", "{\"b\":2}")));
    assertThat(calls).hasSize(2);
    assertThat(calls.getFirst()).isEqualTo("x f {\"a\":1}");
    assertThat(calls.getLast()).endsWith(" g {\"b\":2}").doesNotStartWith("x ");
    assertThat(calls(said(call("0", "x", "f", "{\"a\":1}"), call("1", "x", "f", "{\"b\":2}"))))
        .hasSize(2);
  }
}
