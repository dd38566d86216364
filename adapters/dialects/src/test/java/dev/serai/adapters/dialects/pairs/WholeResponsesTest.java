package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A stream is a whole response from its finish reason on, before its last event. */
class WholeResponsesTest {
  /** A stream of each dialect whose finish reason is not its last event: content, then the end. */
  private static final Map<String, List<String>> STREAMS =
      Map.of(
          "openai",
          List.of(
              "data: {'choices':[{'index':0,'delta':{'content':'hi'}}]}\n\n",
              "data: {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n"),
          "anthropic",
          List.of(
              "data: {'type':'content_block_delta','index':0,'delta':{'type':'text_delta',"
                  + "'text':'hi'}}\n\n",
              "data: {'type':'message_delta','delta':{'stop_reason':'end_turn'}}\n\n"),
          "gemini",
          List.of(
              "data: {'candidates':[{'content':{'parts':[{'text':'hi'}]}}]}\n\n",
              "data: {'candidates':[{'content':{'parts':[]},'finishReason':'STOP'}]}\n\n"));

  @TestFactory
  Stream<DynamicTest> aResponseIsWholeFromItsFinishReasonOn() {
    return Pair.each(
        Pair.all().filter(pair -> STREAMS.containsKey(pair.dialect().name())),
        pair -> {
          List<ChatEvent> events = new ArrayList<>();
          ChatStreamDecoder reader = reader(pair);
          List<String> wire = STREAMS.get(pair.dialect().name());

          reader.read(Pair.bytes(wire.getFirst()), events::add);
          assertThat(reader.isWhole()).isFalse();
          reader.read(Pair.bytes(wire.getLast()), events::add);
          assertThat(reader.isWhole()).isTrue();
          assertThat(reader.awaitsEnd()).isTrue();
          reader.end(events::add);

          assertThat(events.getLast()).isEqualTo(new ChatEvent.Ended());
          assertThat(events).anyMatch(ChatEvent.Finished.class::isInstance);
        });
  }

  @TestFactory
  Stream<DynamicTest> aResponseOfTwoChoicesIsWholeWhenBothHaveFinished() {
    return Pair.each(
        Pair.all().filter(pair -> pair.dialect().name().equals("openai")),
        pair -> {
          ChatStreamDecoder reader = reader(pair);
          String one = "data: {'choices':[{'index':1,'delta':{'content':'hi'}}]}\n\n";
          String stopped =
              "data:"
                  + " {'choices':[{'index':%d,'delta':{'content':'hi'},'finish_reason':'stop'}]}\n\n";

          reader.read(Pair.bytes(one + stopped.formatted(0)), _ -> {});
          assertThat(reader.isWhole()).isFalse();
          reader.read(Pair.bytes(stopped.formatted(1)), _ -> {});
          assertThat(reader.isWhole()).isTrue();
        });
  }

  private static final String CHOICE =
      "data: {'choices':[{'index':%d,'delta':{%s},'finish_reason':%s}]}\n\n";

  private static final String CANDIDATE = "{'index':%d,'content':{'parts':[%s]}%s}";

  private static String candidates(String... candidates) {
    return "data: {'candidates':[" + String.join(",", candidates) + "]}\n\n";
  }

  private static String choice(Pair pair, int number, boolean says, boolean stops) {
    return pair.dialect().name().equals("openai")
        ? CHOICE.formatted(number, says ? "'content':'hi'" : "", stops ? "'stop'" : "null")
        : candidates(candidate(number, says, stops));
  }

  private static String candidate(int number, boolean says, boolean stops) {
    return CANDIDATE.formatted(
        number, says ? "{'text':'hi'}" : "", stops ? ",'finishReason':'STOP'" : "");
  }

  /** One candidate stops in the event in which the other begins. */
  @TestFactory
  Stream<DynamicTest> aCandidateThatHasFinishedDoesNotEndAnother() {
    return Pair.each(
        Pair.all().filter(pair -> pair.dialect().name().equals("gemini")),
        pair -> {
          ChatStreamDecoder reader = reader(pair);
          String both = candidates(candidate(0, false, true), candidate(1, true, false));

          reader.read(Pair.bytes(both), _ -> {});
          assertThat(reader.isWhole()).isFalse();
          reader.read(Pair.bytes(choice(pair, 1, true, false)), _ -> {});
          assertThat(reader.isWhole()).isFalse();
          reader.read(Pair.bytes(choice(pair, 1, true, true)), _ -> {});
          assertThat(reader.isWhole()).isTrue();
        });
  }

  @TestFactory
  Stream<DynamicTest> aBodyThatEndsBeforeAChoiceHasFinishedIsIncomplete() {
    return Pair.each(
        Pair.all().filter(WholeResponsesTest::hasChoices),
        pair -> {
          for (boolean done : List.of(false, true)) {
            String wire =
                choice(pair, 0, true, false)
                    + choice(pair, 1, true, false)
                    + choice(pair, 0, false, true)
                    + (done ? "data: [DONE]\n\n" : "");
            List<ChatEvent> events = ended(pair, wire);

            assertThat(events.getLast() instanceof ChatEvent.Failed).isEqualTo(!done);
            if (done && !pair.same()) {
              assertThat(events.stream().filter(ChatEvent.Finished.class::isInstance)).hasSize(2);
            }
          }
        });
  }

  /** What may follow the finish reason of a candidate, or be the whole rest of a stream. */
  @TestFactory
  Stream<DynamicTest> aGeminiStreamEndsInOrderWhateverFollowsItsFinishReasons() {
    List<String> tails =
        List.of(
            candidates("{'index':0,'content':{'parts':[{'text':''}]}}"),
            candidates("{'index':0,'content':{'parts':[{'thoughtSignature':'AA=='}]}}"),
            candidates("{'index':0}"),
            "data: {'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':1}}\n\n");
    String first = candidates("{'finishReason':'STOP','content':{'parts':[{'text':'hi'}]}}");
    return Pair.each(
        Pair.all().filter(pair -> pair.dialect().name().equals("gemini")),
        pair -> {
          for (String tail : tails) {
            assertThat(ended(pair, first + tail).getLast()).isEqualTo(new ChatEvent.Ended());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aPromptThatGeminiBlocksBehindContentEndsAllCandidates() {
    String both = candidates(candidate(0, true, false), candidate(1, true, false));
    String blocked = "data: {'promptFeedback':{'blockReason':'SAFETY'}}\n\n";
    return Pair.each(
        Pair.all().filter(pair -> pair.dialect().name().equals("gemini")),
        pair -> {
          List<ChatEvent> events = ended(pair, both + blocked);
          assertThat(events.getLast()).isEqualTo(new ChatEvent.Ended());
          assertThat(events.stream().filter(ChatEvent.Finished.class::isInstance)).hasSize(2);
        });
  }

  private static List<ChatEvent> ended(Pair pair, String wire) {
    List<ChatEvent> events = new ArrayList<>();
    ChatStreamDecoder reader = reader(pair);
    reader.read(Pair.bytes(wire), events::add);
    reader.end(events::add);
    return events;
  }

  @TestFactory
  Stream<DynamicTest> aFinishReasonBesideContentDoesNotAnnounceTheEnd() {
    return Pair.each(
        Pair.all().filter(WholeResponsesTest::hasChoices),
        pair -> {
          ChatStreamDecoder reader = reader(pair);

          reader.read(Pair.bytes(choice(pair, 0, false, true)), _ -> {});
          assertThat(reader.awaitsEnd()).isFalse();
          for (int i = 0; i < 2; i++) {
            reader.read(Pair.bytes(choice(pair, 0, true, true)), _ -> {});
            assertThat(reader.isWhole()).isTrue();
            assertThat(reader.awaitsEnd()).isFalse();
          }
          reader.read(Pair.bytes(choice(pair, 0, false, true)), _ -> {});
          assertThat(reader.awaitsEnd()).isFalse();
        });
  }

  @TestFactory
  Stream<DynamicTest> theUsageBehindAFinishReasonBesideContentAnnouncesTheEnd() {
    return Pair.each(
        Pair.all().filter(WholeResponsesTest::hasChoices),
        pair -> {
          ChatStreamDecoder reader = reader(pair);
          String usage =
              pair.dialect().name().equals("openai")
                  ? "data: {'choices':[],'usage':{'prompt_tokens':1,'completion_tokens':1}}\n\n"
                  : "data: {'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':1}}\n\n";

          reader.read(Pair.bytes(choice(pair, 0, true, true)), _ -> {});
          assertThat(reader.awaitsEnd()).isFalse();
          reader.read(Pair.bytes(usage), _ -> {});
          assertThat(reader.awaitsEnd()).isTrue();
        });
  }

  @TestFactory
  Stream<DynamicTest> aResponseIsWholeWhenAsManyChoicesHaveFinishedAsTheRequestAsksFor() {
    return Pair.each(
        Pair.all()
            .filter(WholeResponsesTest::hasChoices)
            .filter(pair -> pair.client() == Client.OPENAI || pair.client() == Client.GEMINI),
        pair -> {
          Client client = pair.client();
          String two = client.say("'n':2", "", "", "'generationConfig':{'candidateCount':2}", "");
          ChatStreamDecoder reader = reader(pair, client.ask(client.user("hi") + "," + two, true));

          for (int i = 0; i < 2; i++) {
            assertThat(reader.isWhole()).isFalse();
            reader.read(Pair.bytes(choice(pair, i, true, false)), _ -> {});
            reader.read(Pair.bytes(choice(pair, i, false, true)), _ -> {});
          }
          assertThat(reader.isWhole()).isTrue();
          assertThat(reader.awaitsEnd()).isTrue();
        });
  }

  @Test
  void theNumberOfCandidatesIsReadInBothSpellings() {
    Pair pair = new Pair(Client.GEMINI, new GeminiDialect());
    for (String two :
        List.of(
            "'generationConfig':{'candidateCount':2}",
            "'generation_config':{'candidate_count':2}")) {
      ChatRequest request = Client.GEMINI.ask(Client.GEMINI.user("hi") + "," + two, true);
      ChatStreamDecoder reader = reader(pair, request);

      reader.read(Pair.bytes(choice(pair, 0, true, true)), _ -> {});
      assertThat(reader.isWhole()).isFalse();
      reader.read(Pair.bytes(choice(pair, 1, true, true)), _ -> {});
      assertThat(reader.isWhole()).isTrue();
    }
  }

  private static boolean hasChoices(Pair pair) {
    return pair.goesTo(Set.of("openai", "gemini"));
  }

  private static ChatStreamDecoder reader(Pair pair) {
    return reader(pair, Recordings.asking(pair));
  }

  private static ChatStreamDecoder reader(Pair pair, ChatRequest request) {
    Destination target = pair.target();
    pair.write(request);
    return pair.dialect().streamReader(request, target, pair.dialect().canRelay(request, target));
  }
}
