package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rules of non-streaming responses, for every provider and every client. */
class ResponseRulesTest {
  private static Path file(Dialect dialect, String recording) {
    return Cassettes.folder(dialect.name(), "answers").resolve(recording + ".json");
  }

  private static Stream<DynamicTest> each(String recording, Pair.Claim claim) {
    return Pair.each(
        Pair.all().filter(pair -> Files.exists(file(pair.dialect(), recording))), claim);
  }

  private static Choice said(Pair pair, String recording) {
    byte[] response = Cassettes.bytes(file(pair.dialect(), recording));
    return pair.dialect()
        .readResponse(pair.client().hello(false), response, pair.target())
        .choices()
        .getFirst();
  }

  /** A response by a schema; without a tool of Serai's for it, the text is any text. */
  private static final String BY_SCHEMA = "structured-answer";

  /** Also where a tool of our own was called to give it, which no client learns of. */
  @TestFactory
  @Holds(Rule.STRUCTURED_OUTPUT_IS_TEXT)
  Stream<DynamicTest> aResponseByASchemaIsTextAndEndsAsTextDoes() {
    return Pair.each(
        pair -> {
          Client client = pair.client();
          String form = Opening.servedBy(client, "{'type':'object'}");
          ChatRequest request = client.ask(form + client.user("hi"), false);
          pair.write(request);
          // Who is passed through is never asked by a tool of ours.
          String recording = pair.same() ? "text" : BY_SCHEMA;
          byte[] response = Cassettes.bytes(file(pair.dialect(), recording));
          byte[] told = pair.answered(request, response, pair.target());
          assertThat(new String(told, StandardCharsets.UTF_8)).doesNotContain("serai_");
          Dialect own = client.dialect();
          Choice heard =
              own.readResponse(client.hello(false), told, Pair.target(own, "serai"))
                  .choices()
                  .getFirst();
          assertThat(heard.text()).isEqualTo(said(pair, recording).text()).isPresent();
          assertThat(heard.toolCalls()).isEmpty();
          assertThat(heard.finish().kind()).isEqualTo(Kind.STOP);
        });
  }

  private static Choice heard(Pair pair, String recording) {
    return heard(pair, Cassettes.bytes(file(pair.dialect(), recording))).choices().getFirst();
  }

  /** What the client understands of it. */
  private static ChatResponse heard(Pair pair, byte[] response) {
    ChatRequest request = pair.client().hello(false);
    pair.write(request);
    byte[] told = pair.answered(request, response, pair.target());
    Dialect own = pair.client().dialect();
    return own.readResponse(request, told, Pair.target(own, "serai"));
  }

  @TestFactory
  @Holds({
    Rule.CALLS_ARE_COUNTED_FROM_ZERO,
    Rule.EMPTY_AND_CUT_CALLS_ARE_CALLS,
    Rule.TOKENS_ARE_COUNTED_ONCE,
    Rule.THOUGHTS_GO_HOME
  })
  Stream<DynamicTest> reasoningTextCallsAndTokensReachTheClient() {
    return Pair.each(
        pair -> {
          ChatResponse heard = heard(pair, RoundTripTest.recorded(pair.dialect()));
          Choice choice = heard.choices().getFirst();
          assertThat(choice.text()).contains("Let me see.");
          assertThat(choice.reasoning()).contains("A town in the north.");
          assertThat(choice.toolCalls())
              .extracting(ToolCall::name, call -> json(call.arguments()))
              .containsExactly(
                  Tuple.tuple("look", json("{\"city\":\"Oslo\"}")),
                  Tuple.tuple("time", json("{}")));
          assertThat(choice.finish().kind()).isEqualTo(Kind.TOOL_CALLS);
          Usage usage = heard.usage().orElseThrow();
          assertThat(usage.input()).isEqualTo(100);
          assertThat(usage.output()).isEqualTo(20);
          boolean counted = pair.client() != Client.OLLAMA && !pair.goesTo(Set.of("ollama"));
          assertThat(usage.cached()).isEqualTo(counted ? 30 : 0);
        });
  }

  private static JsonNode json(String text) {
    return StrictJson.tree(text.getBytes(StandardCharsets.UTF_8));
  }

  @TestFactory
  @Holds(Rule.EMPTY_TEXTS_ARE_NOT_SENT)
  Stream<DynamicTest> aResponseOfCallsAloneIsNotAFailure() {
    return Stream.of("tools-only", "parallel-tools")
        .flatMap(
            recording ->
                each(
                    recording,
                    pair -> {
                      Choice said = said(pair, recording);
                      Choice heard = heard(pair, recording);
                      assertThat(heard.toolCalls())
                          .extracting(ToolCall::name)
                          .isEqualTo(said.toolCalls().stream().map(ToolCall::name).toList());
                      assertThat(heard.text().orElse("")).isEqualTo(said.text().orElse(""));
                      assertThat(heard.finish().kind()).isEqualTo(Kind.TOOL_CALLS);
                    }));
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> anUnknownFinishNeverBecomesAStop() {
    return each(
        "unknown-finish",
        pair -> {
          assertThat(said(pair, "unknown-finish").finish().kind()).isEqualTo(Kind.OTHER);
          try {
            assertThat(heard(pair, "unknown-finish").finish().kind())
                .isNotIn(Kind.STOP, Kind.TOOL_CALLS);
          } catch (GatewayProblem failed) {
            assertThat(failed.message()).isNotBlank();
          }
        });
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> aResponseCutByTheLimitSaysSo() {
    return each(
        "length", pair -> assertThat(heard(pair, "length").finish().kind()).isEqualTo(Kind.LENGTH));
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> aRefusalReachesTheClientAndIsNotAnOrdinaryStop() {
    return each(
        "refusal",
        pair -> {
          Choice heard = heard(pair, "refusal");
          boolean named = Set.of(Kind.REFUSAL, Kind.CONTENT_FILTER).contains(heard.finish().kind());
          boolean text = pair.client() == Client.OLLAMA && heard.text().isPresent();
          assertThat(heard.refusal().isPresent() || named || text).isTrue();
        });
  }
}
