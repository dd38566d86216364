package dev.serai.adapters.dialects.pairs;

import static dev.serai.adapters.dialects.pairs.Recordings.asking;
import static dev.serai.adapters.dialects.pairs.Recordings.each;
import static dev.serai.adapters.dialects.pairs.Recordings.heard;
import static dev.serai.adapters.dialects.pairs.Recordings.said;
import static dev.serai.adapters.dialects.pairs.Recordings.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.Said;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ChatEvent.UsageReported;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Rules of streamed responses, for every provider and every client. The provider's side is
 * recorded; the client's side is read by a strict client of its own dialect.
 */
class StreamRulesTest {
  private static void callsAreTheSame(Said said, Said heard) {
    List<ToolCallStarted> calls = said.all(ToolCallStarted.class);
    assertThat(heard.all(ToolCallStarted.class))
        .extracting(ToolCallStarted::index, ToolCallStarted::name)
        .isEqualTo(calls.stream().map(call -> Tuple.tuple(call.index(), call.name())).toList());
    for (int call = 0; call < calls.size(); call++) {
      assertThat(tree(heard.arguments(call))).isEqualTo(tree(said.arguments(call)));
    }
  }

  private static Object tree(String json) {
    return StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Said said) {
    StringBuilder text = new StringBuilder();
    said.all(TextDelta.class).forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  @TestFactory
  @Holds(Rule.CALLS_ARE_COUNTED_FROM_ZERO)
  Stream<DynamicTest> toolCallsAreCountedFromZeroWhateverStandsBeforeThem() {
    return each(
        "text-before-tools",
        pair -> {
          Said said = said(pair, "text-before-tools");
          Said heard = heard(pair, "text-before-tools");
          callsAreTheSame(said, heard);
          assertThat(text(heard)).isEqualTo(text(said));
          assertThat(heard.finish().kind()).isEqualTo(Kind.TOOL_CALLS);
        });
  }

  @TestFactory
  @Holds(Rule.CALLS_ARE_COUNTED_FROM_ZERO)
  Stream<DynamicTest> parallelCallsKeepTheirNumbersIdsAndArguments() {
    return each(
        "parallel-tools",
        pair -> {
          Said said = said(pair, "parallel-tools");
          Said heard = heard(pair, "parallel-tools");
          callsAreTheSame(said, heard);
          assertThat(heard.all(ToolCallStarted.class))
              .extracting(call -> OpaqueStateCodec.callId(call.id()).id())
              .doesNotHaveDuplicates();
        });
  }

  @TestFactory
  @Holds(Rule.INTERLEAVED_ARGUMENTS_STAY_APART)
  Stream<DynamicTest> argumentsThatComeInterleavedReachTheirOwnCalls() {
    return Stream.of("parallel-tools-interleaved", "interleaved-calls", "interleaved-blocks")
        .flatMap(
            recording ->
                each(
                    recording,
                    pair -> callsAreTheSame(said(pair, recording), heard(pair, recording))));
  }

  @TestFactory
  @Holds(Rule.EMPTY_AND_CUT_CALLS_ARE_CALLS)
  Stream<DynamicTest> aCallWithoutArgumentsHasAnEmptyObjectAndNoPhantomBesideIt() {
    return each(
        "tool-without-arguments",
        pair -> {
          Said heard = heard(pair, "tool-without-arguments");
          assertThat(heard.all(ToolCallStarted.class)).hasSize(1);
          assertThat(heard.arguments(0)).isEqualTo("{}");
        });
  }

  @TestFactory
  @Holds(Rule.EMPTY_AND_CUT_CALLS_ARE_CALLS)
  Stream<DynamicTest> aCallCutByTheLimitIsDeliveredAndTheReasonStaysLength() {
    return each(
        "tool-cut-by-length",
        pair -> {
          Said heard = heard(pair, "tool-cut-by-length");
          assertThat(heard.all(ToolCallStarted.class)).hasSize(1);
          assertThat(heard.finish().kind()).isEqualTo(Kind.LENGTH);
        });
  }

  @TestFactory
  @Holds(Rule.TOKENS_ARE_COUNTED_ONCE)
  Stream<DynamicTest> tokensAreCountedOnceInTheClientsOwnTerms() {
    return Pair.each(
        pair -> {
          // Ollama counts no tokens of a cache.
          String recording = pair.goesTo(Set.of("ollama")) ? "text" : "usage-with-cache";
          Usage said = said(pair, recording).all(UsageReported.class).getLast().usage();
          Usage heard = heard(pair, recording).all(UsageReported.class).getLast().usage();
          assertThat(heard.input()).isEqualTo(said.input());
          assertThat(heard.output()).isEqualTo(said.output());
          if (pair.client() != Client.OLLAMA) {
            assertThat(heard.cached()).isEqualTo(said.cached());
          }
        });
  }

  @TestFactory
  @Holds(Rule.USAGE_IS_TOLD_TO_WHO_ASKED)
  Stream<DynamicTest> theUsageChunkIsForThoseWhoAskedForIt() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.OPENAI),
        pair -> {
          List<byte[]> wire = List.of(wire(pair.dialect(), "text"));
          String silent =
              new String(pair.told(pair.client().hello(true), wire), StandardCharsets.UTF_8);
          String asked = new String(pair.told(asking(pair), wire), StandardCharsets.UTF_8);
          assertThat(silent).doesNotContain("\"choices\":[]");
          assertThat(asked).containsOnlyOnce("\"choices\":[]");
        });
  }

  @TestFactory
  @Holds(Rule.USAGE_IS_TOLD_TO_WHO_ASKED)
  Stream<DynamicTest> theProviderIsAskedForTheUsageOnEverySurface() {
    return Pair.each(
        Pair.all().filter(pair -> pair.dialect().name().equals("openai")),
        pair ->
            assertThat(pair.sent(pair.client().hello(true)))
                .contains("'stream_options':{'include_usage':true}"));
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> anUnknownFinishNeverBecomesAStop() {
    return each(
        "unknown-finish",
        pair -> {
          assertThat(said(pair, "unknown-finish").finish().kind()).isEqualTo(Kind.OTHER);
          Said heard = heard(pair, "unknown-finish");
          if (!(heard.events().getLast() instanceof Failed)) {
            assertThat(heard.finish().kind()).isNotIn(Kind.STOP, Kind.TOOL_CALLS);
          }
        });
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> aFullContextIsNotALimitTheClientSet() {
    return each(
        "context-full",
        pair -> {
          assertThat(said(pair, "context-full").finish().kind()).isEqualTo(Kind.CONTEXT_FULL);
          assertThat(heard(pair, "context-full").finish().kind()).isNotEqualTo(Kind.STOP);
        });
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> aRefusalReachesTheClientAndIsNotAnOrdinaryStop() {
    return each(
        "refusal",
        pair -> {
          Said heard = heard(pair, "refusal");
          boolean told = !heard.all(ChatEvent.RefusalDelta.class).isEmpty();
          boolean named = Set.of(Kind.REFUSAL, Kind.CONTENT_FILTER).contains(heard.finish().kind());
          // Ollama's grammar has no word for it: the refusal is the text.
          boolean text = pair.client() == Client.OLLAMA && !text(heard).isEmpty();
          assertThat(told || named || text).isTrue();
        });
  }

  @TestFactory
  @Holds(Rule.A_BROKEN_STREAM_IS_AN_ERROR)
  Stream<DynamicTest> aStreamThatBreaksOffIsAFailureInTheClientsGrammar() {
    return each(
        "unterminated",
        pair ->
            assertThat(heard(pair, "unterminated").events().getLast()).isInstanceOf(Failed.class));
  }

  @TestFactory
  @Holds(Rule.ERRORS_STAY_THE_SAME_ERRORS)
  Stream<DynamicTest> anErrorAfterTheStatusIsAFailureInTheClientsGrammar() {
    return each(
        "error-after-200",
        pair ->
            assertThat(heard(pair, "error-after-200").events().getLast())
                .isInstanceOf(Failed.class));
  }

  @TestFactory
  @Holds(Rule.USAGE_IS_TOLD_TO_WHO_ASKED)
  Stream<DynamicTest> usageIsUnderstoodWhereverTheProviderPutsIt() {
    return Stream.of("usage-beside-the-finish", "usage-on-every-chunk")
        .flatMap(
            recording ->
                each(
                    recording,
                    pair -> {
                      Usage said = said(pair, recording).all(UsageReported.class).getLast().usage();
                      List<UsageReported> heard = heard(pair, recording).all(UsageReported.class);
                      assertThat(heard.getLast().usage().input()).isEqualTo(said.input());
                      assertThat(heard.getLast().usage().output()).isEqualTo(said.output());
                    }));
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> aPausedTurnIsNotAnEndedOne() {
    return each(
        "paused",
        pair -> {
          assertThat(said(pair, "paused").finish().kind()).isEqualTo(Kind.PAUSED);
          Said heard = heard(pair, "paused");
          if (!(heard.events().getLast() instanceof Failed)) {
            assertThat(heard.finish().kind()).isNotIn(Kind.STOP, Kind.TOOL_CALLS);
          }
        });
  }

  @TestFactory
  @Holds(Rule.REASONS_TO_STOP_KEEP_THEIR_MEANING)
  Stream<DynamicTest> aResponseCutByTheLimitSaysSo() {
    return each(
        "length", pair -> assertThat(heard(pair, "length").finish().kind()).isEqualTo(Kind.LENGTH));
  }

  /** Other clients have one choice: they receive the first and nothing of the second. */
  @TestFactory
  @Holds(Rule.LIMITS_AND_WHAT_IS_MISSING)
  Stream<DynamicTest> severalChoicesAreSeparateOrOnlyTheFirstIsSent() {
    return Stream.of("two-choices", "two-candidates")
        .flatMap(
            recording ->
                each(
                    recording,
                    pair -> {
                      Said said = said(pair, recording);
                      Said heard = heard(pair, recording);
                      assertThat(text(heard, 0)).isEqualTo(text(said, 0)).isNotEmpty();
                      boolean many = Set.of(Client.OPENAI, Client.GEMINI).contains(pair.client());
                      assertThat(text(heard, 1)).isEqualTo(many ? text(said, 1) : "");
                    }));
  }

  /** Also where a tool of our own was called to give it, which no client learns of. */
  @TestFactory
  @Holds(Rule.STRUCTURED_OUTPUT_IS_TEXT)
  Stream<DynamicTest> aResponseByASchemaIsTextAndEndsAsTextDoes() {
    return Pair.each(
        pair -> {
          // Who is passed through is never asked by a tool of ours.
          String recording = pair.same() ? "text" : "structured-answer";
          Said heard = heard(pair, recording);
          assertThat(text(heard)).isEqualTo(text(said(pair, recording))).isNotEmpty();
          assertThat(heard.all(ToolCallStarted.class)).isEmpty();
          assertThat(heard.finish().kind()).isEqualTo(Kind.STOP);
        });
  }

  /** The caller's own tool is called beside it: that is to be answered first. */
  @TestFactory
  @Holds(Rule.STRUCTURED_OUTPUT_IS_TEXT)
  Stream<DynamicTest> aCallBesideAResponseByASchemaIsTheCallersToMake() {
    return each(
        "structured-answer-beside-a-call",
        pair -> {
          Said heard = heard(pair, "structured-answer-beside-a-call");
          assertThat(heard.all(ToolCallStarted.class))
              .extracting(ToolCallStarted::name)
              .containsExactly("get_weather");
          assertThat(heard.finish().kind()).isEqualTo(Kind.TOOL_CALLS);
        });
  }

  /** OpenAI's own client fails on the second of two that have no number. */
  @TestFactory
  @Holds(Rule.THOUGHTS_GO_HOME)
  Stream<DynamicTest> detailsOfReasoningAreNumberedSoThatClientsJoinThem() {
    Pattern numbered = Pattern.compile("\"reasoning_details\":\\[\\{(\"index\":\\d+)?");
    return Stream.of("reasoning", "reasoning-between-calls")
        .flatMap(
            recording ->
                Pair.each(
                    Pair.all()
                        .filter(pair -> pair.client() == Client.OPENAI && !pair.same())
                        .filter(pair -> Recordings.recorded(pair.dialect(), recording)),
                    pair -> {
                      byte[] told =
                          pair.told(asking(pair), List.of(wire(pair.dialect(), recording)));
                      List<String> numbers =
                          numbered
                              .matcher(new String(told, StandardCharsets.UTF_8))
                              .results()
                              .map(found -> found.group(1))
                              .toList();
                      for (int i = 0; i < numbers.size(); i++) {
                        assertThat(numbers.get(i)).isEqualTo("\"index\":" + i);
                      }
                    }));
  }

  private static String text(Said said, int choice) {
    StringBuilder text = new StringBuilder();
    for (TextDelta piece : said.all(TextDelta.class)) {
      text.append(piece.choice() == choice ? piece.text() : "");
    }
    return text.toString();
  }
}
