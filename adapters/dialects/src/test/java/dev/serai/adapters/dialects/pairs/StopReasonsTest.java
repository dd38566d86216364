package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.contract.Said;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.Finished;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A stream without a stop reason, or without its last event, means the same to all clients. */
class StopReasonsTest {
  private static final String CHUNK =
      "data:"
          + " {'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,'delta':{'content':'a'},'finish_reason':null}]}\n\n";
  private static final String FINISH =
      "data:"
          + " {'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n";
  private static final String ITEM =
      "data: {'type':'response.created','response':{'id':'r','model':'m','status':'in_progress',"
          + "'output':[]}}\n\ndata: {'type':'response.output_text.delta','output_index':0,"
          + "'content_index':0,'delta':'a'}\n\n";
  private static final String MESSAGE =
      "data: {'type':'message_start','message':{'id':'m','model':'m','content':[]}}\n\n"
          + "data: {'type':'content_block_start','index':0,'content_block':{'type':'text',"
          + "'text':''}}\n\ndata: {'type':'content_block_delta','index':0,'delta':{'type':"
          + "'text_delta','text':'a'}}\n\ndata: {'type':'content_block_stop','index':0}\n\n";
  private static final String STOPPED =
      "data: {'type':'message_delta','delta':{'stop_reason':'end_turn','stop_sequence':null},"
          + "'usage':{'output_tokens':1}}\n\n";
  private static final String CONVERSE =
      "event messageStart {'role':'assistant'}\n"
          + "event contentBlockDelta {'contentBlockIndex':0,'delta':{'text':'a'}}\n"
          + "event contentBlockStop {'contentBlockIndex':0}\n";
  private static final String CONTENT =
      "data: {'candidates':[{'content':{'parts':[{'text':'a'}],'role':'model'},'index':0}]}\n\n";
  private static final String LINE = "{'model':'m','message':{'role':'assistant','content':'a'},";

  private static byte[] unfinished(Dialect dialect) {
    return switch (dialect.name()) {
      case "openai" -> Pair.bytes(CHUNK);
      case "responses" -> Pair.bytes(ITEM);
      case "anthropic" -> Pair.bytes(MESSAGE);
      case "bedrock" -> events(CONVERSE);
      case "gemini" -> Pair.bytes(CONTENT);
      default -> Pair.bytes(LINE + "'done':false}\n");
    };
  }

  private static byte[] endedInOrder(Dialect dialect) {
    return switch (dialect.name()) {
      case "openai" -> Pair.bytes(CHUNK + "data: [DONE]\n\n");
      case "responses" -> Pair.bytes(ITEM + "data: [DONE]\n\n");
      case "anthropic" -> Pair.bytes(MESSAGE + "data: {'type':'message_stop'}\n\n");
      case "bedrock" -> events(CONVERSE + "event messageStop {}\nevent metadata {}\n");
      case "gemini" -> Pair.bytes(CONTENT + "data: [DONE]\n\n");
      default -> Pair.bytes(LINE + "'done':true}\n");
    };
  }

  private static byte[] withoutLastEvent(Dialect dialect) {
    return switch (dialect.name()) {
      case "openai" -> Pair.bytes(CHUNK + FINISH);
      case "anthropic" -> Pair.bytes(MESSAGE + STOPPED);
      default -> events(CONVERSE + "event messageStop {'stopReason':'end_turn'}\n");
    };
  }

  private static byte[] events(String lines) {
    return EventStreamMaker.of(lines.replace('\'', '"'));
  }

  @TestFactory
  Stream<DynamicTest> aStreamThatEndsInOrderWithoutAStopReasonStopped() {
    return Pair.each(
        Pair.all().filter(pair -> !(pair.same() && pair.dialect().name().equals("responses"))),
        pair -> isWhole(pair, endedInOrder(pair.dialect())));
  }

  @TestFactory
  Stream<DynamicTest> aStreamWithAStopReasonIsWholeWithoutItsLastEvent() {
    return Pair.each(
        Pair.all().filter(pair -> pair.goesTo(Set.of("openai", "anthropic", "bedrock"))),
        pair -> isWhole(pair, withoutLastEvent(pair.dialect())));
  }

  private static void isWhole(Pair pair, byte[] wire) {
    ChatRequest request = Recordings.asking(pair);
    byte[] told = pair.told(request, List.of(wire));
    Said heard = new Said(pair.understood(told));
    assertThat(heard.all(TextDelta.class)).extracting(TextDelta::text).containsExactly("a");
    assertThat(heard.all(Finished.class))
        .as(new String(told, StandardCharsets.UTF_8))
        .extracting(finished -> finished.reason().kind())
        .containsExactly(Kind.STOP);
    assertThat(heard.events().getLast()).isEqualTo(new Ended());
  }

  @TestFactory
  Stream<DynamicTest> aStreamThatBreaksOffWithoutAStopReasonFails() {
    return Pair.each(
        pair -> {
          ChatRequest request = Recordings.asking(pair);
          byte[] told = pair.told(request, List.of(unfinished(pair.dialect())));
          Said heard = new Said(pair.understood(told));
          assertThat(heard.all(Finished.class)).isEmpty();
          assertThat(heard.events().getLast()).isInstanceOf(Failed.class);
        });
  }

  private static String whole(Dialect dialect, String text) {
    return switch (dialect.name()) {
      case "openai" ->
          "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant','content':"
              + (text.isEmpty() ? "null" : "'" + text + "'")
              + "},'finish_reason':null}]}";
      case "anthropic" ->
          "{'id':'m','model':'m','type':'message','content':["
              + (text.isEmpty() ? "" : "{'type':'text','text':'" + text + "'}")
              + "],'stop_reason':null,'usage':{'input_tokens':1,'output_tokens':1}}";
      case "bedrock" ->
          "{'output':{'message':{'role':'assistant','content':["
              + (text.isEmpty() ? "" : "{'text':'" + text + "'}")
              + "]}}}";
      default ->
          "{'candidates':[{'content':{'parts':["
              + (text.isEmpty() ? "" : "{'text':'" + text + "'}")
              + "],'role':'model'}}]}";
    };
  }

  /** A body is complete by its length, unlike a stream. */
  @TestFactory
  Stream<DynamicTest> aWholeResponseWithoutAStopReasonStopped() {
    return Pair.to(
        Set.of("openai", "anthropic", "bedrock", "gemini"),
        pair -> {
          ChatRequest request = Recordings.asking(pair);
          byte[] body = Pair.bytes(whole(pair.dialect(), "a"));
          ChatResponse read = pair.dialect().readResponse(request, body, pair.target());
          assertThat(read.choices().getFirst().finish().kind()).isEqualTo(Kind.STOP);
          assertThat(read.choices().getFirst().text()).contains("a");
          byte[] empty = Pair.bytes(whole(pair.dialect(), ""));
          assertThatThrownBy(() -> pair.dialect().readResponse(request, empty, pair.target()))
              .isInstanceOf(ProviderProblem.class);
        });
  }
}
