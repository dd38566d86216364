package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.contract.Said;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.ReasoningDelta;
import dev.serai.core.chat.ChatEvent.ReasoningState;
import dev.serai.core.chat.ChatEvent.RefusalDelta;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream is understood without its deltas, and what comes twice is emitted once. */
class FinalEventsTest {
  private static final String CREATED =
      "data: {'type':'response.created','response':{'id':'r','model':'m','status':'in_progress',"
          + "'output':[]}}\n\n";
  private static final String THOUGHT =
      "{'type':'reasoning','id':'rs','summary':[{'type':'summary_text','text':'hm'}],"
          + "'encrypted_content':'sealed'}";
  private static final String MESSAGE =
      "{'type':'message','id':'m','role':'assistant','content':[{'type':'output_text','text':"
          + "'hello'}]}";
  private static final String REFUSED =
      "{'type':'message','id':'m2','role':'assistant','content':[{'type':'refusal','refusal':"
          + "'no'}]}";
  private static final String CALL =
      "{'type':'function_call','id':'fc','call_id':'c','name':'f','arguments':'{\\\"a\\\":1}'}";
  private static final String CUSTOM =
      "{'type':'custom_tool_call','id':'ct','call_id':'d','name':'g','input':'raw'}";

  private static String done(int place, String item) {
    return "data: {'type':'response.output_item.done','output_index':"
        + place
        + ",'item':"
        + item
        + "}\n\n";
  }

  private static String added(int place, String item) {
    return "data: {'type':'response.output_item.added','output_index':"
        + place
        + ",'item':"
        + item
        + "}\n\n";
  }

  private static String last(String... items) {
    return "data: {'type':'response.completed','response':{'id':'r','model':'m','status':"
        + "'completed','output':["
        + String.join(",", items)
        + "]}}\n\n";
  }

  private static String about(String type, int place, String members) {
    return "data: {'type':'response."
        + type
        + "','output_index':"
        + place
        + ","
        + members
        + "}\n\n";
  }

  private static Dialect dialect(String name) {
    return Pair.DIALECTS.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  private static Said decoded(String dialect, byte[] wire) {
    Pair pair = new Pair(Client.OLLAMA, dialect(dialect));
    ChatStreamDecoder decoder =
        pair.dialect().streamReader(Client.OLLAMA.hello(true), pair.target(), false);
    List<ChatEvent> events = new ArrayList<>();
    decoder.read(wire, events::add);
    decoder.end(events::add);
    return new Said(events);
  }

  private static Said responses(String... wire) {
    return decoded("responses", Pair.bytes(String.join("", wire)));
  }

  private static String text(Said said) {
    return said.all(TextDelta.class).stream().map(TextDelta::text).collect(Collectors.joining());
  }

  private static String reasoning(Said said) {
    return said.all(ReasoningDelta.class).stream()
        .map(ReasoningDelta::text)
        .collect(Collectors.joining());
  }

  private static void saysAll(Said said) {
    assertThat(reasoning(said)).isEqualTo("hm");
    assertThat(said.all(ReasoningState.class)).hasSize(1);
    assertThat(text(said)).isEqualTo("hello");
    assertThat(said.all(RefusalDelta.class)).extracting(RefusalDelta::text).containsExactly("no");
    assertThat(said.all(ToolCallStarted.class))
        .extracting(ToolCallStarted::name)
        .containsExactly("f", "g");
    assertThat(said.arguments(0)).isEqualTo("{\"a\":1}");
    assertThat(said.arguments(1)).isEqualTo("{\"input\":\"raw\"}");
    assertThat(said.events().getLast()).isEqualTo(new Ended());
    List<Class<?>> kinds = new ArrayList<>();
    said.events().forEach(event -> kinds.add(event.getClass()));
    assertThat(kinds.indexOf(ReasoningState.class))
        .isLessThan(kinds.indexOf(ToolCallStarted.class));
  }

  @Test
  void aResponseIsUnderstoodFromItsLastEventAlone() {
    saysAll(responses(last(THOUGHT, MESSAGE, REFUSED, CALL, CUSTOM)));
  }

  @Test
  void aResponseIsUnderstoodFromTheEndsOfItsItems() {
    saysAll(
        responses(
            CREATED,
            done(0, THOUGHT),
            done(1, MESSAGE),
            done(2, REFUSED),
            done(3, CALL),
            done(4, CUSTOM),
            last()));
  }

  @Test
  void aResponseIsUnderstoodFromTheEndsOfItsParts() {
    saysAll(
        responses(
            CREATED,
            about("reasoning_summary_text.done", 0, "'item_id':'rs','summary_index':0,'text':'hm'"),
            done(0, THOUGHT),
            about("output_text.done", 1, "'item_id':'m','content_index':0,'text':'hello'"),
            done(1, "{'type':'message','id':'m','content':[]}"),
            about("refusal.done", 2, "'item_id':'m2','content_index':0,'refusal':'no'"),
            done(2, "{'type':'message','id':'m2','content':[]}"),
            added(3, "{'type':'function_call','id':'fc','call_id':'c','name':'f'}"),
            about("function_call_arguments.done", 3, "'item_id':'fc','arguments':'{\\\"a\\\":1}'"),
            done(3, "{'type':'function_call','id':'fc','call_id':'c','name':'f'}"),
            added(4, "{'type':'custom_tool_call','id':'ct','call_id':'d','name':'g'}"),
            about("custom_tool_call_input.done", 4, "'item_id':'ct','input':'raw'"),
            last()));
  }

  /** GitHub's servers change the ids of items from event to event; others send none. */
  @ParameterizedTest
  @ValueSource(strings = {"'item_id':'m',", "'item_id':'other',", ""})
  void whatComesInDeltasIsNotRepeatedByTheEnds(String id) {
    Said said =
        responses(
            CREATED,
            added(0, "{'type':'message','id':'m','content':[]}"),
            about("output_text.delta", 0, id + "'content_index':0,'delta':'hel'"),
            about("output_text.delta", 0, id + "'content_index':0,'delta':'lo'"),
            about("output_text.done", 0, id + "'content_index':0,'text':'hello'"),
            about("content_part.done", 0, id + "'part':{'type':'output_text','text':'hello'}"),
            done(0, MESSAGE),
            last(MESSAGE.replace("'m'", "'changed'")));
    assertThat(said.all(TextDelta.class)).extracting(TextDelta::text).containsExactly("hel", "lo");
  }

  @Test
  void theRestOfATextIsEmittedWhereDeltasAreMissing() {
    Said said =
        responses(
            CREATED,
            about("output_text.delta", 0, "'item_id':'m','content_index':0,'delta':'hel'"),
            done(0, MESSAGE),
            last(MESSAGE));
    assertThat(said.all(TextDelta.class)).extracting(TextDelta::text).containsExactly("hel", "lo");
  }

  private static final String CHUNK =
      "data:"
          + " {'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':"
          + "0,";
  private static final String WHOLE =
      "'message':{'role':'assistant','reasoning_content':'hm','content':'hello','tool_calls':[{'id'"
          + ":'c','type':'function','function':{'name':'f','arguments':'{\\\"a\\\":1}'}}]}";

  @TestFactory
  Stream<DynamicTest> everyDialectsStreamIsUnderstoodWithoutDeltas() {
    return Stream.of(
        test("openai", Pair.bytes(CHUNK + WHOLE + ",'finish_reason':'tool_calls'}]}\n\n")),
        test(
            "openai",
            Pair.bytes(
                CHUNK
                    + "'delta':{},"
                    + WHOLE
                    + ",'finish_reason':null}]}\n\n"
                    + "data: [DONE]\n\n")),
        test(
            "anthropic",
            Pair.bytes(
                "data: {'type':'message_start','message':{'id':'m','model':'m','content':[]}}\n\n"
                    + start(0, "{'type':'thinking','thinking':'hm','signature':'s'}")
                    + start(1, "{'type':'text','text':'hello'}")
                    + start(2, "{'type':'tool_use','id':'c','name':'f','input':{'a':1}}")
                    + "data: {'type':'message_stop'}\n\n")),
        test("anthropic", Pair.bytes("data: " + anthropicMessage() + "\n\n")),
        test(
            "anthropic",
            Pair.bytes(
                "data: {'type':'message_start','message':"
                    + anthropicMessage()
                    + "}\n\ndata: {'type':'message_stop'}\n\n")),
        test(
            "bedrock",
            EventStreamMaker.of(
                ("event messageStart {'role':'assistant'}\n"
                        + "event contentBlockStart {'contentBlockIndex':0,'start':"
                        + "{'reasoningContent':{'text':'hm'}}}\n"
                        + "event contentBlockStop {'contentBlockIndex':0}\n"
                        + "event contentBlockStart {'contentBlockIndex':1,'start':{'text':'hello'}}"
                        + "\nevent contentBlockStop {'contentBlockIndex':1}\n"
                        + "event contentBlockStart {'contentBlockIndex':2,'start':{'toolUse':"
                        + "{'toolUseId':'c','name':'f','input':{'a':1}}}}\n"
                        + "event messageStop {'stopReason':'tool_use'}\n")
                    .replace('\'', '"'))),
        test(
            "gemini",
            Pair.bytes(
                "data: {'candidates':[{'content':{'parts':[{'text':'hm','thought':true},{'text':"
                    + "'hello'},{'functionCall':{'name':'f','args':{'a':1}}}]},"
                    + "'finishReason':'STOP'}]}\n\n")),
        test(
            "ollama",
            Pair.bytes(
                "{'model':'m','message':{'role':'assistant','thinking':'hm','content':'hello',"
                    + "'tool_calls':[{'function':{'name':'f','arguments':{'a':1}}}]},'done':true}"
                    + "\n")),
        test("responses", Pair.bytes(last(THOUGHT, MESSAGE, CALL))));
  }

  private static String start(int index, String block) {
    return "data: {'type':'content_block_start','index':"
        + index
        + ",'content_block':"
        + block
        + "}\n\ndata: {'type':'content_block_stop','index':"
        + index
        + "}\n\n";
  }

  private static String anthropicMessage() {
    return """
    {'type':'message','id':'m','model':'m','role':'assistant','content':[\
    {'type':'thinking','thinking':'hm','signature':'s'},{'type':'text','text':'hello'},\
    {'type':'tool_use','id':'c','name':'f','input':{'a':1}}],'stop_reason':'tool_use',\
    'usage':{'input_tokens':1,'output_tokens':2}}\
    """;
  }

  private static DynamicTest test(String dialect, byte[] wire) {
    return DynamicTest.dynamicTest(
        dialect,
        () -> {
          Said said = decoded(dialect, wire);
          assertThat(reasoning(said)).isEqualTo("hm");
          assertThat(text(said)).isEqualTo("hello");
          assertThat(said.all(ToolCallStarted.class))
              .extracting(ToolCallStarted::name)
              .containsExactly("f");
          assertThat(said.arguments(0)).isEqualTo("{\"a\":1}");
          assertThat(said.events().getLast()).isEqualTo(new Ended());
        });
  }

  @Test
  void aMessageBehindTheDeltasOfAChatIsNotRepeated() {
    Said said =
        decoded(
            "openai",
            Pair.bytes(
                CHUNK
                    + "'delta':{'reasoning_content':'hm'}}]}\n\n"
                    + CHUNK
                    + "'delta':{'content':'hel'}}]}\n\n"
                    + CHUNK
                    + "'delta':{'tool_calls':[{'index':0,'id':'c','function':{'name':'f',"
                    + "'arguments':'{\\\"a\\\":'}}]}}]}\n\n"
                    + CHUNK
                    + WHOLE
                    + ",'finish_reason':'tool_calls'}]}\n\ndata: [DONE]\n\n"));
    assertThat(reasoning(said)).isEqualTo("hm");
    assertThat(said.all(TextDelta.class)).extracting(TextDelta::text).containsExactly("hel", "lo");
    assertThat(said.all(ToolCallStarted.class)).hasSize(1);
    assertThat(said.arguments(0)).isEqualTo("{\"a\":1}");
  }

  @Test
  void messagesInPiecesAreReadAsDeltas() {
    Said said =
        decoded(
            "openai",
            Pair.bytes(
                CHUNK
                    + "'message':{'content':'ha'},'finish_reason':null}]}\n\n"
                    + CHUNK
                    + "'message':{'content':'ha'},'finish_reason':null}]}\n\n"
                    + CHUNK
                    + "'message':{'content':'!'},'finish_reason':'stop'}]}\n\ndata: [DONE]\n\n"));
    assertThat(text(said)).isEqualTo("haha!");
  }
}
