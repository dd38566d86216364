package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.Finished;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A reply with neither content nor a stop reason is malformed, whole or streamed, translated or
 * forwarded; one with a stop reason is an empty response.
 */
class EmptyResponsesTest {
  private static final String DONE = "data: [DONE]\n\n";
  private static final String STARTED =
      "data: {'type':'message_start','message':{'id':'m','model':'m','content':[]}}\n\n";
  private static final String BLOCK =
      "data: {'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}\n\n"
          + "data: {'type':'content_block_stop','index':0}\n\n";
  private static final String STOP = "data: {'type':'message_stop'}\n\n";
  private static final String CREATED =
      "data: {'type':'response.created','response':{'id':'r','model':'m','status':'in_progress',"
          + "'output':[]}}\n\n";
  private static final String LINE = "{'model':'m','message':{'role':'assistant','content':''},";

  private static List<String> withNothing(Dialect dialect) {
    return switch (dialect.name()) {
      case "openai" ->
          List.of(
              "{'id':'c','model':'m','choices':[]}",
              "{'id':'c','model':'m','choices':[ ]}",
              "{'id':'c','model':'m','choices':null}",
              "{'id':'c','model':'m','choices':[{'index':0,'finish_reason':null}]}",
              "{'id':'c','model':'m','choices':[{'index':0,'finish_reason':'','message':"
                  + "{'role':'assistant','content':'','tool_calls':[],'refusal':null}}]}");
      case "responses" -> List.of("{'id':'r','model':'m','output':[]}");
      case "anthropic" ->
          List.of(
              "{'id':'m','model':'m','type':'message','content':[]}",
              "{'id':'m','model':'m','type':'message','content':[{'type':'text','text':''}],"
                  + "'stop_reason':null}");
      case "bedrock" ->
          List.of(
              "{'output':{'message':{'role':'assistant','content':[]}}}",
              "{'output':{},'stopReason':'end_turn'}");
      case "gemini" ->
          List.of(
              "{'candidates':[]}",
              "{'candidates':[],'promptFeedback':{}}",
              "{'candidates':[{'content':{'parts':[],'role':'model'},'index':0}]}");
      default -> List.of(LINE + "'done':false}");
    };
  }

  private static List<byte[]> streamedNothing(Dialect dialect) {
    return switch (dialect.name()) {
      case "openai" ->
          sse(
              "data: {'id':'c','model':'m','choices':[]}\n\n" + DONE,
              "data: {'id':'c','model':'m','choices':[{'index':0,'delta':{'role':'assistant',"
                  + "'content':''},'finish_reason':null}]}\n\n"
                  + DONE,
              DONE);
      case "responses" -> sse(CREATED + DONE, DONE);
      case "anthropic" -> sse(STARTED + STOP, STARTED + BLOCK + STOP, STARTED + DONE, DONE);
      case "bedrock" ->
          List.of(
              events(
                  "event messageStart {'role':'assistant'}\nevent messageStop {}\n"
                      + "event metadata {}\n"),
              events("event messageStop {'stopReason':'end_turn'}\nevent metadata {}\n"));
      case "gemini" ->
          sse(
              "data: {'candidates':[]}\n\n" + DONE,
              "data: {'candidates':[],'promptFeedback':{}}\n\n",
              "data: {'candidates':[{'content':{'parts':[],'role':'model'}}]}\n\n" + DONE);
      default -> sse(LINE + "'done':false}\n");
    };
  }

  private static List<byte[]> sse(String... streams) {
    return Stream.of(streams).map(Pair::bytes).toList();
  }

  private static byte[] events(String lines) {
    return EventStreamMaker.of(lines.replace('\'', '"'));
  }

  @TestFactory
  Stream<DynamicTest> aReplyWithNeitherContentNorAStopReasonIsNotAResponse() {
    return Pair.each(
        pair -> {
          for (String reply : withNothing(pair.dialect())) {
            byte[] body = Pair.bytes(reply);
            assertThatThrownBy(() -> pair.answered(pair.client().hello(false), body, pair.target()))
                .as(reply)
                .isInstanceOfSatisfying(ProviderProblem.class, EmptyResponsesTest::assertMalformed);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aStreamThatEndsInOrderWithNeitherIsNotAResponse() {
    return Pair.each(
        pair -> {
          for (byte[] stream : streamedNothing(pair.dialect())) {
            ChatRequest request = pair.client().hello(true);
            pair.write(request);
            List<ChatEvent> heard = pair.heard(request, List.of(stream));
            assertThat(heard).as(new String(stream)).noneMatch(Finished.class::isInstance);
            assertThat(heard.getLast())
                .isInstanceOfSatisfying(Failed.class, failed -> assertMalformed(failed.problem()));
          }
        });
  }

  private static void assertMalformed(GatewayProblem problem) {
    assertThat(problem.status()).isEqualTo(502);
    assertThat(((ProviderProblem) problem).failureCause()).isEqualTo(FailureCause.MALFORMED);
  }

  private static String stopped(Dialect dialect) {
    return switch (dialect.name()) {
      case "openai" -> "{'id':'c','model':'m','choices':[{'index':0,'finish_reason':'length'}]}";
      case "responses" ->
          "{'id':'r','model':'m','output':[],'status':'incomplete','incomplete_details':"
              + "{'reason':'max_output_tokens'}}";
      case "anthropic" ->
          "{'id':'m','model':'m','type':'message','content':[],'stop_reason':'max_tokens'}";
      case "bedrock" ->
          "{'output':{'message':{'role':'assistant','content':[]}},'stopReason':'max_tokens'}";
      case "gemini" -> "{'candidates':[{'index':0,'finishReason':'MAX_TOKENS'}]}";
      default -> LINE + "'done':true,'done_reason':'length'}";
    };
  }

  private static byte[] streamedStop(Dialect dialect) {
    return switch (dialect.name()) {
      case "responses" ->
          Pair.bytes(
              CREATED
                  + "data: {'type':'response.incomplete','response':"
                  + stopped(dialect)
                  + "}\n\n");
      case "anthropic" ->
          Pair.bytes(
              STARTED
                  + "data: {'type':'message_delta','delta':{'stop_reason':'max_tokens'}}\n\n"
                  + STOP);
      case "bedrock" ->
          events(
              "event messageStart {'role':'assistant'}\n"
                  + "event messageStop {'stopReason':'max_tokens'}\nevent metadata {}\n");
      case "ollama" -> Pair.bytes(stopped(dialect) + "\n");
      default -> Pair.bytes("data: " + stopped(dialect) + "\n\n" + DONE);
    };
  }

  @TestFactory
  Stream<DynamicTest> aReplyWithAStopReasonAloneIsAnEmptyResponse() {
    return Pair.each(
        pair -> {
          ChatRequest request = pair.client().hello(false);
          byte[] body = Pair.bytes(stopped(pair.dialect()));
          pair.answered(request, body, pair.target());
          ChatResponse read = pair.dialect().readResponse(request, body, pair.target());
          assertThat(read.choices().getFirst().parts()).isEmpty();
          assertThat(read.choices().getFirst().finish().kind()).isEqualTo(FinishReason.Kind.LENGTH);
          ChatRequest streaming = pair.client().hello(true);
          pair.write(streaming);
          List<ChatEvent> heard = pair.heard(streaming, List.of(streamedStop(pair.dialect())));
          assertThat(heard)
              .filteredOn(Finished.class::isInstance)
              .extracting(event -> ((Finished) event).reason().kind())
              .containsExactly(FinishReason.Kind.LENGTH);
          assertThat(heard).noneMatch(Failed.class::isInstance);
        });
  }

  @TestFactory
  Stream<DynamicTest> aBlockedPromptIsFilteredAlsoWithoutCandidates() {
    String reply = "{'candidates':[],'promptFeedback':{'blockReason':'SAFETY'}}";
    return Pair.each(
        Pair.all().filter(pair -> pair.dialect().name().equals("gemini")),
        pair -> {
          ChatRequest request = pair.client().hello(false);
          ChatResponse read =
              pair.dialect().readResponse(request, Pair.bytes(reply), pair.target());
          assertThat(read.choices().getFirst().finish().kind())
              .isEqualTo(FinishReason.Kind.CONTENT_FILTER);
          List<ChatEvent> heard =
              pair.heard(
                  pair.client().hello(true), List.of(Pair.bytes("data: " + reply + "\n\n" + DONE)));
          assertThat(heard)
              .contains(new Finished(0, read.choices().getFirst().finish()))
              .noneMatch(Failed.class::isInstance);
        });
  }
}
