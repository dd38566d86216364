package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.contract.Said;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A conversation with tools, reasoning, an image and cache marks is sent, answered and continued as
 * a client does it. Nothing is lost without being named.
 */
class RoundTripTest {
  private static final String PICTURE = Opening.PICTURE;

  /** Where the provider wants its state back, and which. */
  private static String state(Dialect dialect) {
    return switch (dialect.name()) {
      case "anthropic" -> "EqQBCgIYAhIM1gbcDa9GJwZA2b3h/+8=";
      case "bedrock" -> "EqMBBedrock+Signature/w==";
      case "gemini" -> "CiQBVKhc7gemini+signature/A==";
      case "responses" -> "gAAAAABresponses_encrypted-content==";
      default -> "";
    };
  }

  static byte[] recorded(Dialect dialect) {
    return Cassettes.bytes(Cassettes.folder("turns", dialect.name() + ".json"));
  }

  @TestFactory
  @Holds(Rule.CACHE_MARKS_ARE_KEPT)
  Stream<DynamicTest> nothingOfAFirstTurnIsLost() {
    return Pair.each(
        pair -> {
          ProviderRequest written =
              pair.write(pair.client().read(Opening.of(pair.client()), false));
          String sent = Pair.text(written);
          assertThat(sent)
              .contains("Be brief.", "What is the time, and what is this?", PICTURE)
              .contains("look", "looks it up", "time", "tells time", "city");
          if (pair.client() == Client.ANTHROPIC) {
            marksAreThereOrMissed(sent, written);
          }
        });
  }

  private static void marksAreThereOrMissed(String sent, ProviderRequest written) {
    int marks = sent.split("cache_control|cachePoint", -1).length - 1;
    if (marks == 0) {
      assertThat(written.dropped()).contains("cache_control");
    } else {
      assertThat(marks).isEqualTo(3);
    }
  }

  /** The client's next turn after the provider's recorded answer. */
  static ObjectNode next(Pair pair, Destination destination) {
    byte[] asked = Opening.of(pair.client());
    ChatRequest request = pair.client().read(asked, false);
    pair.dialect().writeRequest(request, destination);
    byte[] response = pair.answered(request, recorded(pair.dialect()), destination);
    JsonNode told = StrictJson.tree(response);
    assertThat(pair.client().calls(told))
        .extracting(Client.Call::name)
        .containsExactly("look", "time");
    return pair.client().next(asked, told, List.of("It is Oslo.", "It is noon."));
  }

  @TestFactory
  @Holds({Rule.THOUGHTS_GO_HOME, Rule.STATE_OF_CALLS_COMES_BACK})
  Stream<DynamicTest> theNextTurnHoldsAllThatWasSaidAndTheMakersStateByteByByte() {
    return Pair.each(
        pair -> {
          Destination destination = pair.target();
          ChatRequest request = pair.client().read(Client.bytes(next(pair, destination)), false);
          ProviderRequest written = pair.dialect().writeRequest(request, destination);
          String sent = Pair.text(written);
          assertThat(sent)
              .contains("Be brief.", PICTURE, "Let me see.", "Oslo", "It is Oslo.", "It is noon.")
              .doesNotContain("serai1_", "c2VyYWkx");
          callsAndResultsBelongTogether(pair.dialect(), sent);
          if (pair.client() == Client.ANTHROPIC) {
            marksAreThereOrMissed(sent, written);
          }
          String state = state(pair.dialect());
          boolean hidden =
              pair.client() == Client.OLLAMA && !pair.dialect().name().equals("gemini");
          if (!hidden) {
            assertThat(sent).contains(state);
          } else if (!state.isEmpty()) {
            // Its clients return no signature: the reasoning is dropped, and named.
            assertThat(written.dropped()).contains("messages.reasoning_content");
          }
        });
  }

  /** Streams that say all that a provider may want back. */
  private static final List<String> STREAMS =
      List.of(
          "reasoning",
          "reasoning-then-call",
          "reasoning-between-calls",
          "text-before-tools",
          "parallel-tools",
          "parallel-tools-with-ids",
          "tool-without-arguments");

  @TestFactory
  @Holds({Rule.THOUGHTS_GO_HOME, Rule.STATE_OF_CALLS_COMES_BACK})
  Stream<DynamicTest> whatWasStreamedGoesHomeAsWhatWasAnsweredWhole() {
    return STREAMS.stream()
        .flatMap(
            recording ->
                Pair.each(
                    Pair.all().filter(pair -> Recordings.recorded(pair.dialect(), recording)),
                    pair -> goesHome(pair, recording)));
  }

  private static void goesHome(Pair pair, String recording) {
    byte[] told =
        pair.told(Recordings.asking(pair), List.of(Recordings.wire(pair.dialect(), recording)));
    JsonNode response = Gathered.of(pair.client(), told);
    List<String> results =
        pair.client().calls(response).stream().map(call -> "result of " + call.name()).toList();
    ObjectNode next = pair.client().next(Opening.of(pair.client()), response, results);
    ProviderRequest written = pair.write(pair.client().read(Client.bytes(next), false));
    String sent = Pair.text(written);
    Said said = Recordings.said(pair, recording);
    assertThat(sent).doesNotContain("serai1_", "c2VyYWkx");
    results.forEach(result -> assertThat(sent).contains(result));
    for (ChatEvent.TextDelta text : said.all(ChatEvent.TextDelta.class)) {
      assertThat(sent).contains(text.text().strip());
    }
    List<ChatEvent.ToolCallStarted> calls = said.all(ChatEvent.ToolCallStarted.class);
    assertThat(results).hasSameSizeAs(calls);
    JsonNode body = StrictJson.tree(written.body());
    assertThat(Wire.callIds(pair.dialect().name(), body))
        .hasSameSizeAs(calls)
        .isEqualTo(Wire.answeredIds(pair.dialect().name(), body));
    for (ChatEvent.ToolCallStarted call : calls) {
      call.state().ifPresent(state -> assertThat(sent).contains(state.data()));
    }
    if (pair.client() != Client.OLLAMA) {
      for (ChatEvent.ReasoningState thought : said.all(ChatEvent.ReasoningState.class)) {
        assertThat(sent).contains(thought.state().data());
      }
    }
  }

  /** Each result names the call it answers, in the order of the calls. */
  private static void callsAndResultsBelongTogether(Dialect dialect, String sent) {
    JsonNode body = StrictJson.tree(Pair.bytes(sent));
    List<String> calls = Wire.callIds(dialect.name(), body);
    assertThat(calls).hasSize(2).doesNotHaveDuplicates();
    assertThat(Wire.answeredIds(dialect.name(), body)).isEqualTo(calls);
  }

  @TestFactory
  @Holds(Rule.THOUGHTS_GO_HOME)
  Stream<DynamicTest> anotherProviderGetsTheConversationWithoutTheMakersState() {
    return Pair.each(
        Pair.all().filter(pair -> !state(pair.dialect()).isEmpty()),
        pair -> {
          byte[] turn = Client.bytes(next(pair, pair.target()));
          for (Dialect dialect : Pair.DIALECTS) {
            ChatRequest request = pair.client().read(turn, false);
            // Its own attempt comes first, so that this one is a failover.
            pair.dialect().writeRequest(request, pair.target());
            Destination other = Pair.target(dialect, "other");
            ProviderRequest written = dialect.writeRequest(request, other);
            String sent = Pair.text(written);
            assertThat(sent)
                .as(dialect.name())
                .contains("Be brief.", PICTURE, "Let me see.", "Oslo", "It is Oslo.")
                .doesNotContain("serai1_", "c2VyYWkx");
            if (!compatible(pair, dialect)) {
              assertThat(sent).as(dialect.name()).doesNotContain(state(pair.dialect()));
            }
          }
        });
  }

  /**
   * Raw signatures of Anthropic's and Google's own clients do not say whose they are; both vendors'
   * models take them wherever they are served.
   */
  private static boolean compatible(Pair pair, Dialect other) {
    boolean raw = pair.same() && Set.of("anthropic", "gemini").contains(pair.dialect().name());
    boolean claude = Set.of("anthropic", "bedrock").contains(other.name());
    return raw && (other.name().equals(pair.dialect().name()) || claude);
  }
}
