package dev.serai.adapters.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.Said;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.Finished;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ChatEvent.UsageReported;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.request.ChatRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Content after a finish reason. Open WebUI sends the reason {@code stop} after every piece; others
 * send the last pieces of a call's arguments behind it.
 */
class LatePiecesTest {
  private static final String STOP = chunk("{}", "'stop'");
  private static final String CALLED = chunk("{}", "'tool_calls'");
  private static final String DONE = "data: [DONE]\n\n";
  private static final String USAGE =
      "data: {'id':'c','choices':[],'usage':{'prompt_tokens':7,'completion_tokens':2}}\n\n";

  private static String chunk(String delta, String finish) {
    return "data: {'id':'c','created':1,'model':'m','choices':[{'index':0,'delta':"
        + delta
        + ",'finish_reason':"
        + finish
        + "}]}\n\n";
  }

  private static String text(String text) {
    return chunk("{'content':'" + text + "'}", "null");
  }

  private static String call(String name, String arguments) {
    String id = name.isEmpty() ? "" : "'id':'call_a','type':'function',";
    String called = name.isEmpty() ? "" : "'name':'" + name + "',";
    return chunk(
        "{'tool_calls':[{'index':0,%s'function':{%s'arguments':'%s'}}]}"
            .formatted(id, called, arguments.replace("\"", "\\'")),
        "null");
  }

  private static Said said(String wire) {
    return new Said(events(wire, true));
  }

  private static List<ChatEvent> events(String wire, boolean ends) {
    OpenAiDialect dialect = new OpenAiDialect();
    ChatStreamDecoder decoder =
        dialect.streamReader(request(), Pair.target(dialect, "acme"), false);
    List<ChatEvent> events = new ArrayList<>();
    decoder.read(wire.replace('\'', '"').getBytes(), events::add);
    if (ends) {
      decoder.end(events::add);
    }
    return events;
  }

  private static ChatRequest request() {
    return new ResponsesSurface(InstantSource.system())
        .readRequest(
            Inbound.post("/v1/responses", "{\"model\":\"m\",\"stream\":true,\"input\":\"hi\"}"));
  }

  @Test
  void aCallKeepsTheArgumentsThatFollowAFinishReason() {
    for (String end : List.of(DONE, "")) {
      Said said =
          said(
              chunk("{'role':'assistant','content':''}", "null")
                  + STOP
                  + call("run", "")
                  + STOP
                  + call("", "{\"cmd\":")
                  + STOP
                  + call("", "\"ls\"}")
                  + STOP
                  + CALLED
                  + end);
      assertThat(said.all(ToolCallStarted.class)).hasSize(1);
      assertThat(said.arguments(0)).isEqualTo("{\"cmd\":\"ls\"}");
      assertThat(said.all(Finished.class)).hasSize(1);
      assertThat(said.finish().kind()).isEqualTo(Kind.TOOL_CALLS);
      assertThat(said.events().getLast()).isEqualTo(new Ended());
    }
  }

  @Test
  void aCallThatGoesOnAfterItsFinishReasonIsWhole() {
    Said said = said(call("run", "{\"cmd\":") + CALLED + call("", "\"ls\"}") + DONE);
    assertThat(said.arguments(0)).isEqualTo("{\"cmd\":\"ls\"}");
    assertThat(said.finish().kind()).isEqualTo(Kind.TOOL_CALLS);
  }

  @Test
  void textAfterAFinishReasonIsOfTheSameChoice() {
    Said said = said(text("A") + STOP + text("B") + STOP + text("C") + chunk("{}", "'length'"));
    assertThat(said.all(TextDelta.class))
        .extracting(TextDelta::text)
        .containsExactly("A", "B", "C");
    assertThat(said.all(Finished.class)).hasSize(1);
    assertThat(said.finish().kind()).isEqualTo(Kind.LENGTH);
  }

  @Test
  void aStreamThatBreaksOffAfterALatePieceIsIncomplete() {
    for (String late : List.of(text("B"), call("run", "{\"cmd\":"))) {
      Said said = said(text("A") + STOP + late);
      assertThat(said.problem().failureCause()).isEqualTo(FailureCause.MALFORMED);
      assertThat(said.all(Finished.class)).isEmpty();
    }
  }

  @Test
  void aMessageThatRepeatsTheWholeAfterTheFinishReasonAddsNothing() {
    String whole =
        "data: {'id':'c','choices':[{'index':0,'message':{'role':'assistant','content':'AB'},"
            + "'finish_reason':null}]}\n\n";
    Said said = said(text("A") + text("B") + STOP + whole + DONE);
    assertThat(said.all(TextDelta.class)).extracting(TextDelta::text).containsExactly("A", "B");
  }

  @Test
  void theCountOfAFinishedResponseFollowsItsFinish() {
    List<ChatEvent> events = events(text("A") + STOP + USAGE + DONE, true);
    assertThat(events.subList(events.size() - 3, events.size()))
        .hasExactlyElementsOfTypes(Finished.class, UsageReported.class, Ended.class);
  }

  @Test
  void aFailureAfterTheFinishReasonKeepsTheCount() {
    String error = "data: {'error':{'message':'busy','code':503}}\n\n";
    Said said = said(text("A") + STOP + USAGE + error);
    assertThat(said.all(UsageReported.class)).hasSize(1);
    assertThat(said.problem().failureCause()).isEqualTo(FailureCause.OVERLOADED);
  }

  /** The client waits no longer than for the provider's last event. */
  @Test
  void theEndIsReportedAtOnce() {
    assertThat(events(text("A") + STOP + DONE, false).getLast()).isEqualTo(new Ended());
  }
}
