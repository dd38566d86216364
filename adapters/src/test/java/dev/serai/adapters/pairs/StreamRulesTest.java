package dev.serai.adapters.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.contract.Cassettes;
import dev.serai.adapters.contract.Said;
import dev.serai.adapters.json.StrictJson;
import dev.serai.adapters.translation.StateCarrier;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ChatEvent.UsageReported;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Usage;
import dev.serai.core.port.Dialect;
import dev.serai.core.port.Dialect.StreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every streamed answer must keep between every provider and every client. The provider's side
 * is recorded; what the client is told is read by a strict client of its own dialect.
 */
class StreamRulesTest {
  private static byte[] wire(Dialect dialect, String name) {
    return Cassettes.wire(Cassettes.folder(dialect.name(), "streams").resolve(name + ".wire"));
  }

  private static boolean recorded(Dialect dialect, String name) {
    return Files.exists(Cassettes.folder(dialect.name(), "streams").resolve(name + ".wire"));
  }

  private static Stream<DynamicTest> each(String recording, Pair.Claim claim) {
    return Pair.each(Pair.all().filter(pair -> recorded(pair.dialect(), recording)), claim);
  }

  /** A request for a stream, with the usage told. */
  private static ChatRequest asking(Pair pair) {
    Client client = pair.client();
    String usage = client == Client.OPENAI ? ",'stream_options':{'include_usage':true}" : "";
    return client.ask(client.user("hi") + usage, true);
  }

  /** What the provider says. */
  private static Said said(Pair pair, String recording) {
    StreamReader reader = pair.dialect().streamReader(asking(pair), pair.target(), false);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(wire(pair.dialect(), recording), events::add);
    reader.end(events::add);
    return new Said(events);
  }

  /** What the client understands of it. */
  private static Said heard(Pair pair, String recording) {
    byte[] told = pair.told(asking(pair), List.of(wire(pair.dialect(), recording)));
    return new Said(pair.understood(told));
  }

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
  Stream<DynamicTest> parallelCallsKeepTheirNumbersIdsAndArguments() {
    return each(
        "parallel-tools",
        pair -> {
          Said said = said(pair, "parallel-tools");
          Said heard = heard(pair, "parallel-tools");
          callsAreTheSame(said, heard);
          assertThat(heard.all(ToolCallStarted.class))
              .extracting(call -> StateCarrier.callId(call.id()).id())
              .doesNotHaveDuplicates();
        });
  }

  @TestFactory
  Stream<DynamicTest> argumentsThatComeInterleavedReachTheirOwnCalls() {
    return Stream.of("parallel-tools-interleaved", "interleaved-calls", "interleaved-blocks")
        .flatMap(
            recording ->
                each(
                    recording,
                    pair -> callsAreTheSame(said(pair, recording), heard(pair, recording))));
  }

  @TestFactory
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
  Stream<DynamicTest> tokensAreCountedOnceInTheClientsOwnTerms() {
    return each(
        "usage-with-cache",
        pair -> {
          Usage said = said(pair, "usage-with-cache").all(UsageReported.class).getLast().usage();
          Usage heard = heard(pair, "usage-with-cache").all(UsageReported.class).getLast().usage();
          assertThat(heard.input()).isEqualTo(said.input());
          assertThat(heard.output()).isEqualTo(said.output());
          if (pair.client() != Client.OLLAMA) {
            assertThat(heard.cached()).isEqualTo(said.cached());
          }
        });
  }

  @TestFactory
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
  Stream<DynamicTest> theProviderIsAskedForTheUsageWhoeverAsks() {
    return Pair.each(
        Pair.all().filter(pair -> pair.dialect().name().equals("openai")),
        pair ->
            assertThat(pair.sent(pair.client().hello(true)))
                .contains("'stream_options':{'include_usage':true}"));
  }

  @TestFactory
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
  Stream<DynamicTest> aFullContextIsNotALimitTheClientSet() {
    return each(
        "context-full",
        pair -> {
          assertThat(said(pair, "context-full").finish().kind()).isEqualTo(Kind.CONTEXT_FULL);
          assertThat(heard(pair, "context-full").finish().kind()).isNotEqualTo(Kind.STOP);
        });
  }

  @TestFactory
  Stream<DynamicTest> aRefusalIsToldAndIsNoOrdinaryStop() {
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
  Stream<DynamicTest> aStreamThatBreaksOffIsAFailureInTheClientsGrammar() {
    return each(
        "unterminated",
        pair ->
            assertThat(heard(pair, "unterminated").events().getLast()).isInstanceOf(Failed.class));
  }

  @TestFactory
  Stream<DynamicTest> anErrorAfterTheStatusIsAFailureInTheClientsGrammar() {
    return each(
        "error-after-200",
        pair ->
            assertThat(heard(pair, "error-after-200").events().getLast())
                .isInstanceOf(Failed.class));
  }

  /** Bedrock frames its events and Ollama its lines in other ways. */
  @TestFactory
  Stream<DynamicTest> linesMayEndInAnyOfTheThreeWays() {
    return Pair.each(
        Pair.all()
            .filter(pair -> !Set.of("bedrock", "ollama").contains(pair.dialect().name()))
            .filter(pair -> !pair.same()),
        pair -> {
          String plain = new String(wire(pair.dialect(), "parallel-tools"), StandardCharsets.UTF_8);
          String told = counted(pair, List.of(bytes(plain)));
          for (String end : List.of("\r\n", "\r")) {
            String other = ": a comment\n\n" + plain + "data: {\"never\"";
            assertThat(counted(pair, List.of(bytes(other.replace("\n", end))))).isEqualTo(told);
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What is told, made-up names set to one. */
  private static String counted(Pair pair, List<byte[]> pieces) {
    return counted(pair.told(asking(pair), pieces));
  }

  private static String counted(byte[] told) {
    return new String(told, StandardCharsets.UTF_8)
        .replaceAll("\\b(resp|msg|rs|fc|ctc|chatcmpl|toolu|call)[_-][0-9A-Za-z]{8,}", "$1_x")
        .replaceAll("\"responseId\":\"[^\"]+\"", "\"responseId\":\"x\"")
        .replaceAll("\"(total|load|eval|prompt_eval)_duration\":\\d+", "\"$1_duration\":0");
  }

  @TestFactory
  Stream<DynamicTest> aClientIsToldTheSameWhereverTheProvidersStreamIsCut() {
    return Stream.of("parallel-tools", "reasoning", "text-before-tools", "error-after-200")
        .flatMap(
            recording ->
                each(recording, pair -> isTheSameWhereverItIsCut(pair, recording))
                    .map(
                        test ->
                            DynamicTest.dynamicTest(
                                recording + ": " + test.getDisplayName(), test.getExecutable())));
  }

  /** The same events are told in the same bytes; only other events need to be told to compare. */
  private static void isTheSameWhereverItIsCut(Pair pair, String recording) {
    ChatRequest request = asking(pair);
    byte[] wire = wire(pair.dialect(), recording);
    List<ChatEvent> whole = pair.heard(request, List.of(wire));
    String told = counted(pair.rendered(request, whole));
    for (int at = 1; at < wire.length; at++) {
      List<byte[]> pieces =
          List.of(Arrays.copyOf(wire, at), Arrays.copyOfRange(wire, at, wire.length));
      List<ChatEvent> cut = pair.heard(request, pieces);
      if (!cut.equals(whole)) {
        assertThat(counted(pair.rendered(request, cut))).as("cut at %d", at).isEqualTo(told);
      }
    }
  }
}
