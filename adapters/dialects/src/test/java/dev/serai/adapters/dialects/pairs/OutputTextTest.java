package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Structured output by a tool is valid JSON, whatever text the model writes beside the call. */
class OutputTextTest {
  private static final Pair CLAUDE = new Pair(Client.OPENAI, new AnthropicDialect());
  private static final Pair CONVERSE = new Pair(Client.OPENAI, new BedrockDialect());
  private static final String JSON = "{\"t\":{\"k\":{}}}";
  private static final String SCHEMA =
      "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object',"
          + "'properties':{'t':{'$ref':'#/$defs/N'}},'$defs':{'N':{'type':'object','properties':"
          + "{'k':{'$ref':'#/$defs/N'}}}}}}},";
  private static final List<String> BLOCKS = List.of("text pre", "tool answer", "text post");

  private static ChatRequest asking(boolean streaming) {
    return Client.OPENAI.ask(SCHEMA + Client.OPENAI.user("x"), streaming);
  }

  private static String tool(Pair pair) {
    return pair == CLAUDE ? "serai_answer" : "serai_structured_answer";
  }

  private static byte[] whole(Pair pair, List<String> blocks) {
    StringBuilder content = new StringBuilder();
    for (String block : blocks) {
      String said = block.substring(5);
      boolean text = block.startsWith("text");
      String name = said.equals("answer") ? tool(pair) : said;
      String claude =
          text
              ? "{'type':'text','text':'" + said + "'}"
              : "{'type':'tool_use','id':'q','name':'" + name + "','input':" + JSON + "}";
      String converse =
          text
              ? "{'text':'" + said + "'}"
              : "{'toolUse':{'toolUseId':'q','name':'" + name + "','input':" + JSON + "}}";
      content.append(content.isEmpty() ? "" : ",").append(pair == CLAUDE ? claude : converse);
    }
    return Pair.bytes(
        pair == CLAUDE
            ? "{'id':'m','content':[" + content + "],'stop_reason':'tool_use'}"
            : "{'output':{'message':{'role':'assistant','content':["
                + content
                + "]}},'stopReason':'tool_use'}");
  }

  private static byte[] stream(Pair pair, List<String> blocks) {
    StringBuilder events = new StringBuilder("event messageStart {'role':'assistant'}\n");
    StringBuilder frames = new StringBuilder("data: {'type':'message_start','message':{}}\n\n");
    for (int i = 0; i < blocks.size(); i++) {
      String said = blocks.get(i).substring(5);
      boolean text = blocks.get(i).startsWith("text");
      String name = said.equals("answer") ? tool(pair) : said;
      String input = JSON.replace("\"", "\\\"");
      event(
          frames,
          "start",
          i,
          "content_block",
          text
              ? "'type':'text','text':''"
              : "'type':" + "'tool_use','id':'q','name':'" + name + "','input':{}");
      event(
          frames,
          "delta",
          i,
          "delta",
          text
              ? "'type':'text_delta','text':'" + said + "'"
              : "'type':'input_json_delta','partial_json':'" + input + "'");
      event(frames, "stop", i, "x", "");
      String about = " {'contentBlockIndex':" + i;
      if (!text) {
        events.append("event contentBlockStart" + about + ",'start':{'toolUse':{'toolUseId':'q',");
        events.append("'name':'" + name + "'}}}\n");
      }
      String delta = text ? "'text':'" + said + "'" : "'toolUse':{'input':'" + input + "'}";
      events.append("event contentBlockDelta" + about + ",'delta':{" + delta + "}}\n");
      events.append("event contentBlockStop" + about + "}\n");
    }
    frames.append("data: {'type':'message_delta','delta':{'stop_reason':'tool_use'}}\n\n");
    frames.append("data: {'type':'message_stop'}\n\n");
    events.append("event messageStop {'stopReason':'tool_use'}\nevent metadata {}\n");
    return pair == CLAUDE
        ? Pair.bytes(frames.toString())
        : EventStreamMaker.of(events.toString().replace('\'', '"'));
  }

  private static void event(
      StringBuilder frames, String type, int index, String name, String value) {
    frames.append("data: {'type':'content_block_" + type + "','index':" + index + ",'");
    frames.append(name + "':{" + value + "}}\n\n");
  }

  private static Stream<DynamicTest> both(Pair.Claim claim) {
    return Pair.each(Stream.of(CLAUDE, CONVERSE), claim);
  }

  @TestFactory
  Stream<DynamicTest> textBesideTheOutputIsLeftOutAndNamed() {
    return both(
        pair -> {
          ChatRequest request = asking(false);
          pair.dialect().writeRequest(request, pair.target());
          ChatResponse read =
              pair.dialect().readResponse(request, whole(pair, BLOCKS), pair.target());
          assertThat(read.choices().getFirst().text()).contains(JSON);
          assertThat(read.dropped()).hasSize(1).first().asString().endsWith("content.text");
          List<ChatEvent> events = heard(pair, BLOCKS);
          assertThat(text(pair, events)).isEqualTo(JSON);
          assertThat(events).filteredOn(ChatEvent.Dropped.class::isInstance).hasSize(1);
        });
  }

  @TestFactory
  Stream<DynamicTest> textWithoutTheOutputIsTheResponse() {
    return both(
        pair -> {
          assertThat(text(pair, heard(pair, List.of("text I cannot.")))).isEqualTo("I cannot.");
          assertThat(text(pair, heard(pair, List.of("text see", "tool look")))).isEqualTo("see");
        });
  }

  private static List<ChatEvent> heard(Pair pair, List<String> blocks) {
    ChatRequest request = asking(true);
    pair.dialect().writeRequest(request, pair.target());
    return pair.heard(request, List.of(stream(pair, blocks)));
  }

  private static String text(Pair pair, List<ChatEvent> events) {
    JsonNode told = Gathered.of(pair.client(), pair.rendered(asking(true), events));
    return told.at("/choices/0/message/content").textValue();
  }
}
