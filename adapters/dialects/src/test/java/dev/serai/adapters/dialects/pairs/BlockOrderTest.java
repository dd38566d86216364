package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.contract.Said;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.ReasoningDelta;
import dev.serai.core.chat.ChatEvent.ReasoningState;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.dialect.ChatStreamDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The blocks of a response keep the order of their numbers, however their events arrive. */
class BlockOrderTest {
  private static final String HEAD =
      "data: {'type':'message_start','message':{'id':'m','model':'m','content':[]}}\n\n";

  private static Said decoded(String dialect, byte[] wire) {
    Pair pair =
        Pair.all().filter(each -> each.dialect().name().equals(dialect)).findFirst().orElseThrow();
    ChatStreamDecoder decoder =
        pair.dialect().streamReader(Client.OLLAMA.hello(true), pair.target(), false);
    List<ChatEvent> events = new ArrayList<>();
    decoder.read(wire, events::add);
    decoder.end(events::add);
    return new Said(events);
  }

  private static String order(Said said) {
    StringBuilder order = new StringBuilder();
    for (ChatEvent event : said.events()) {
      switch (event) {
        case ReasoningDelta thought -> order.append(thought.text());
        case ReasoningState _ -> order.append(" sealed ");
        case TextDelta text -> order.append(text.text());
        case ToolCallStarted call -> order.append(' ').append(call.name()).append(call.index());
        case ToolArgumentsDelta piece -> order.append(piece.fragment());
        default -> {}
      }
    }
    return order.toString();
  }

  /** The events of a reasoning block, a text and two calls: the later ones arrive first. */
  @TestFactory
  Stream<DynamicTest> blocksAreEmittedByTheirNumbers() {
    return Stream.of(
        test(
            "anthropic",
            Pair.bytes(
                HEAD
                    + block(3, "'type':'tool_use','id':'d','name':'g','input':{}", "")
                    + block(
                        2,
                        "'type':'tool_use','id':'c','name':'f','input':{}",
                        "'type':'input_json_delta','partial_json':'{}'")
                    + block(1, "'type':'text','text':''", "'type':'text_delta','text':'hello'")
                    + block(
                        0,
                        "'type':'thinking','thinking':'hm','signature':''",
                        "'type':'signature_delta','signature':'s'")
                    + "data: {'type':'message_delta','delta':{'stop_reason':'tool_use'}}\n\n"
                    + "data: {'type':'message_stop'}\n\n")),
        test(
            "bedrock",
            EventStreamMaker.of(
                ("event messageStart {'role':'assistant'}\n"
                        + converse(3, "{'toolUse':{'toolUseId':'d','name':'g'}}", "")
                        + converse(
                            2,
                            "{'toolUse':{'toolUseId':'c','name':'f'}}",
                            "{'toolUse':{'input':'{}'}}")
                        + converse(1, "", "{'text':'hello'}")
                        + converse(0, "", "{'reasoningContent':{'text':'hm','signature':'s'}}")
                        + "event messageStop {'stopReason':'tool_use'}\n")
                    .replace('\'', '"'))),
        test(
            "responses",
            Pair.bytes(
                item(3, "'type':'function_call','id':'g','call_id':'d','name':'g','arguments':''")
                    + item(
                        2,
                        "'type':'function_call','id':'f','call_id':'c','name':'f',"
                            + "'arguments':'{}'")
                    + item(
                        1,
                        "'type':'message','id':'m','content':[{'type':'output_text','text':"
                            + "'hello'}]")
                    + item(
                        0,
                        "'type':'reasoning','id':'r','summary':[{'type':'summary_text','text':"
                            + "'hm'}],'encrypted_content':'s'")
                    + "data: {'type':'response.completed','response':{'id':'r','model':'m',"
                    + "'status':'completed','output':[]}}\n\n")));
  }

  private static DynamicTest test(String dialect, byte[] wire) {
    return DynamicTest.dynamicTest(
        dialect,
        () -> assertThat(order(decoded(dialect, wire))).isEqualTo("hm sealed hello f0{} g1{}"));
  }

  private static String block(int index, String start, String delta) {
    String about = "','index':" + index;
    return "data: {'type':'content_block_start"
        + about
        + ",'content_block':{"
        + start
        + "}}\n\n"
        + (delta.isEmpty()
            ? ""
            : "data: {'type':'content_block_delta" + about + ",'delta':{" + delta + "}}\n\n")
        + "data: {'type':'content_block_stop"
        + about
        + "}\n\n";
  }

  private static String converse(int index, String start, String delta) {
    String about = "{'contentBlockIndex':" + index;
    return (start.isEmpty() ? "" : "event contentBlockStart " + about + ",'start':" + start + "}\n")
        + (delta.isEmpty() ? "" : "event contentBlockDelta " + about + ",'delta':" + delta + "}\n")
        + "event contentBlockStop "
        + about
        + "}\n";
  }

  private static String item(int place, String item) {
    String about = "','output_index':" + place + ",'item':{" + item + "}}\n\n";
    return "data: {'type':'response.output_item.added"
        + about.replace("'encrypted_content':'s'", "'encrypted_content':null")
        + "data: {'type':'response.output_item.done"
        + about;
  }

  @Test
  void theCallsOfAChatStartInTheOrderOfTheirNumbers() {
    String call =
        "data: {'id':'c','choices':[{'index':0,'delta':{'tool_calls':[{'index':%d,'id':'%s',"
            + "'function':{'name':'%s','arguments':'{}'}}]}}]}\n\n";
    Said said =
        decoded(
            "openai",
            Pair.bytes(
                call.formatted(1, "d", "g")
                    + call.formatted(0, "c", "f")
                    + "data: {'id':'c','choices':[{'index':0,'delta':{},'finish_reason':"
                    + "'tool_calls'}]}\n\ndata: [DONE]\n\n"));
    assertThat(order(said)).isEqualTo(" f0{} g1{}");
  }

  @Test
  void thePartsOfAMessageKeepTheirOrderToo() {
    String delta =
        "data: {'type':'response.output_text.delta','output_index':0,'item_id':'m',"
            + "'content_index':%d,'delta':'%s'}\n\n";
    Said said =
        decoded(
            "responses",
            Pair.bytes(
                delta.formatted(1, "two")
                    + delta.formatted(0, "one ")
                    + "data: {'type':'response.output_item.done','output_index':0,'item':{'type':"
                    + "'message','id':'m','content':[{'type':'output_text','text':'one '},{'type':"
                    + "'output_text','text':'two'}]}}\n\ndata: {'type':'response.completed',"
                    + "'response':{'id':'r','model':'m','status':'completed','output':[]}}\n\n"));
    assertThat(order(said)).isEqualTo("one two");
  }

  @Test
  void theFirstChoiceIsTheOneWithTheLowestNumber() {
    String choice = "{'index':%d,'message':{'content':'%s'},'finish_reason':'stop'}";
    String candidate = "{'index':%d,'content':{'parts':[{'text':'%s'}]},'finishReason':'STOP'}";
    String chat = choice.formatted(1, "no") + "," + choice.formatted(0, "yes");
    String content = candidate.formatted(1, "no") + "," + candidate.formatted(0, "yes");
    assertThat(firstText("openai", "{'choices':[" + chat + "]}")).contains("yes");
    assertThat(firstText("gemini", "{'candidates':[" + content + "]}")).contains("yes");
  }

  private static Optional<String> firstText(String dialect, String reply) {
    Pair pair =
        Pair.all().filter(each -> each.dialect().name().equals(dialect)).findFirst().orElseThrow();
    byte[] body = Pair.bytes(reply);
    return pair.dialect()
        .readResponse(Client.OLLAMA.hello(false), body, pair.target())
        .choices()
        .getFirst()
        .text();
  }
}
