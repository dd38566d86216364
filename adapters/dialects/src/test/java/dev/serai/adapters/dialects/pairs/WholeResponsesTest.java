package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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

  private static ChatStreamDecoder reader(Pair pair) {
    ChatRequest request = Recordings.asking(pair);
    Destination target = pair.target();
    pair.write(request);
    return pair.dialect().streamReader(request, target, pair.dialect().canRelay(request, target));
  }
}
