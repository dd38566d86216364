package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reasoning comes back to its provider where it was in the turn, through clients of chats. */
class ReasoningPlacesTest {
  private static final String SIGNED = "'thoughtSignature':'VFhU'";
  private static final String THOUGHT = "{'text':'think','thought':true}";
  private static final String CALL = "{'functionCall':{'name':'look','args':{'city':'a'}}";

  private static Stream<Boolean> wholeAndStreamed() {
    return Stream.of(false, true);
  }

  /** The turn of the model in the next request. */
  private static JsonNode returned(Pair pair, byte[] reply, boolean streamed) {
    Client client = pair.client();
    String asked = client.tools() + "," + client.user("hi");
    ChatRequest request = client.ask(asked, streamed);
    pair.dialect().writeRequest(request, pair.target());
    JsonNode told =
        streamed
            ? Gathered.of(client, pair.told(request, List.of(reply)))
            : StrictJson.tree(pair.answered(request, reply, pair.target()));
    ObjectNode next = client.next(request.bytes(), told, List.of("found", "found"));
    ProviderRequest written =
        pair.dialect().writeRequest(client.read(Client.bytes(next), false), pair.target());
    JsonNode body = Pair.body(written);
    return pair.dialect().name().equals("gemini")
        ? body.at("/contents/1/parts")
        : body.at("/messages/1/content");
  }

  private static byte[] gemini(boolean streamed, String... parts) {
    StringBuilder reply = new StringBuilder();
    if (!streamed) {
      return Pair.bytes(content(String.join(",", parts), ",'finishReason':'STOP'"));
    }
    for (int i = 0; i < parts.length; i++) {
      String end = i == parts.length - 1 ? ",'finishReason':'STOP'" : "";
      reply.append("data: ").append(content(parts[i], end)).append("\n\n");
    }
    return Pair.bytes(reply.toString());
  }

  private static String content(String parts, String end) {
    return "{'candidates':[{'content':{'role':'model','parts':[" + parts + "]}" + end + "}]}";
  }

  /** The parts in few words: texts, calls and signatures. */
  private static List<String> outline(JsonNode parts) {
    List<String> outline = new ArrayList<>();
    for (JsonNode part : parts) {
      String said = part.path("text").asText(part.at("/functionCall/name").asText());
      String signature = part.path("thoughtSignature").asText("");
      outline.add(
          said
              + (part.path("thought").asBoolean() ? " thought" : "")
              + (signature.isEmpty() ? "" : "/" + signature));
    }
    return outline;
  }

  @TestFactory
  Stream<DynamicTest> aSignatureOfATextComesBackBehindIt() {
    Pair pair = new Pair(Client.OPENAI, new GeminiDialect());
    return DynamicTest.stream(
        wholeAndStreamed(),
        streamed -> "streamed: " + streamed,
        streamed -> {
          byte[] reply =
              gemini(
                  streamed,
                  THOUGHT,
                  "{'text':'ans'," + SIGNED + "}",
                  CALL + ",'thoughtSignature':'U0lH'}",
                  CALL + "}");
          assertThat(outline(returned(pair, reply, streamed)))
              .containsExactly("ans", "/VFhU", "look/U0lH", "look");
          byte[] last = gemini(streamed, "{'text':'answer'}", "{'text':''," + SIGNED + "}");
          assertThat(outline(returned(pair, last, streamed))).containsExactly("answer", "/VFhU");
          byte[] between =
              gemini(
                  streamed,
                  "{'text':'one'," + SIGNED + "}",
                  "{'text':' two 😀'}",
                  "{'text':' three','thoughtSignature':'U0lH'}");
          assertThat(outline(returned(pair, between, streamed)))
              .containsExactly("one", "/VFhU", " two 😀 three", "/U0lH");
        });
  }

  @TestFactory
  Stream<DynamicTest> reasoningBetweenTextAndCallsOfClaudeKeepTheirOrder() {
    Pair pair = new Pair(Client.OPENAI, new AnthropicDialect());
    String[] blocks = {
      "{'type':'thinking','thinking':'a','signature':'S1'}",
      "{'type':'redacted_thinking','data':'RD'}",
      "{'type':'text','text':'t'}",
      "{'type':'thinking','thinking':'b','signature':'S2'}",
      "{'type':'tool_use','id':'k','name':'look','input':{}}",
      "{'type':'thinking','thinking':'','signature':'S3'}",
      "{'type':'tool_use','id':'l','name':'look','input':{}}"
    };
    return DynamicTest.stream(
        wholeAndStreamed(),
        streamed -> "streamed: " + streamed,
        streamed -> {
          JsonNode turn = returned(pair, streamed ? events(blocks) : message(blocks), streamed);
          assertThat(turn)
              .isEqualTo(StrictJson.tree(Pair.bytes("[" + String.join(",", blocks) + "]")));
        });
  }

  private static byte[] message(String... blocks) {
    return Pair.bytes(
        "{'id':'m','type':'message','role':'assistant','model':'m','content':["
            + String.join(",", blocks)
            + "],'stop_reason':'tool_use','usage':{'input_tokens':1,'output_tokens':1}}");
  }

  /** A stream whose blocks are complete when they begin, but for reasoning. */
  private static byte[] events(String... blocks) {
    StringBuilder events =
        new StringBuilder(
            "data: {'type':'message_start','message':{'id':'m','type':'message','role':"
                + "'assistant','model':'m','content':[],'usage':{'input_tokens':1,"
                + "'output_tokens':1}}}\n\n");
    for (int i = 0; i < blocks.length; i++) {
      ObjectNode block = (ObjectNode) StrictJson.tree(Pair.bytes(blocks[i]));
      event(events, "content_block_start", i, "content_block", emptied(block));
      delta(events, i, block, "text", "text_delta");
      delta(events, i, block, "thinking", "thinking_delta");
      delta(events, i, block, "signature", "signature_delta");
      events.append("data: {'type':'content_block_stop','index':" + i + "}\n\n");
    }
    return Pair.bytes(
        events
            .append("data: {'type':'message_delta','delta':{'stop_reason':'tool_use'},")
            .append("'usage':{'output_tokens':1}}\n\ndata: {'type':'message_stop'}\n\n")
            .toString());
  }

  private static ObjectNode emptied(ObjectNode block) {
    ObjectNode start = block.deepCopy();
    List.of("text", "thinking", "signature")
        .forEach(name -> start.replace(name, start.has(name) ? start.textNode("") : null));
    start.properties().removeIf(member -> member.getValue().isNull());
    return start;
  }

  private static void delta(
      StringBuilder events, int index, ObjectNode block, String name, String type) {
    if (!block.path(name).asText("").isEmpty()) {
      ObjectNode delta = block.objectNode().put("type", type);
      event(events, "content_block_delta", index, "delta", delta.set(name, block.get(name)));
    }
  }

  private static void event(
      StringBuilder events, String type, int index, String name, JsonNode value) {
    events.append("data: {'type':'" + type + "','index':" + index + ",'" + name + "':");
    events.append(value).append("}\n\n");
  }

  @Test
  void anIdThatSaysNoPlaceOrOneBeyondTheMessageLosesNothing() {
    for (String id : List.of("'rs_1'", "null", "7", "'serai_99_9'", "'serai_1_0'")) {
      String state = state();
      ChatRequest request =
          Client.OPENAI.ask(
              "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':'😀',"
                  + "'reasoning_details':[{'type':'reasoning.text','text':'a','signature':'"
                  + state
                  + "','id':"
                  + id
                  + "}]},{'role':'user','content':'y'}]",
              false);
      JsonNode turn =
          Pair.body(new Pair(Client.OPENAI, new AnthropicDialect()).write(request))
              .at("/messages/1/content");
      assertThat(turn.findValuesAsText("signature")).as(id).containsExactly("S1");
      assertThat(turn.findValuesAsText("text")).as(id).containsExactly("😀");
    }
  }

  private static String state() {
    Pair pair = new Pair(Client.OPENAI, new AnthropicDialect());
    byte[] told =
        pair.answered(
            Client.OPENAI.hello(false),
            message("{'type':'thinking','thinking':'a','signature':'S1'}"),
            pair.target());
    return StrictJson.tree(told).at("/choices/0/message/reasoning_details/0/signature").textValue();
  }
}
