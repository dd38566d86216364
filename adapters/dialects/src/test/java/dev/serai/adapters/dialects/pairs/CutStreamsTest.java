package dev.serai.adapters.dialects.pairs;

import static dev.serai.adapters.dialects.pairs.Recordings.asking;
import static dev.serai.adapters.dialects.pairs.Recordings.each;
import static dev.serai.adapters.dialects.pairs.Recordings.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.Relayed;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A client receives the same events however the provider's bytes are split. */
class CutStreamsTest {
  /** A provider's stream is read in the same way for every client, unless it is relayed. */
  private static final Map<String, List<List<ChatEvent>>> READINGS = new ConcurrentHashMap<>();

  /** Bedrock frames its events and Ollama its lines in other ways. */
  @TestFactory
  @Holds(Rule.STREAMS_MAY_BE_CUT_ANYWHERE)
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

  /** The events, with generated ids replaced by one. */
  private static String counted(Pair pair, List<byte[]> pieces) {
    return counted(pair.told(asking(pair), pieces));
  }

  static String counted(byte[] told) {
    return new String(told, StandardCharsets.UTF_8)
        .replaceAll("\\b(resp|msg|rs|fc|ctc|chatcmpl|toolu|call)[_-][0-9A-Za-z]{8,}", "$1_x")
        .replaceAll("\"responseId\":\"[^\"]+\"", "\"responseId\":\"x\"")
        .replaceAll("\"(total|load|eval|prompt_eval)_duration\":\\d+", "\"$1_duration\":0");
  }

  @TestFactory
  @Holds(Rule.STREAMS_MAY_BE_CUT_ANYWHERE)
  Stream<DynamicTest> aClientReceivesTheSameWhereverTheProvidersStreamIsCut() {
    return Stream.of("parallel-tools", "reasoning", "text-before-tools", "error-after-200")
        .flatMap(
            recording ->
                each(recording, pair -> isTheSameWhereverItIsCut(pair, recording))
                    .map(
                        test ->
                            DynamicTest.dynamicTest(
                                recording + ": " + test.getDisplayName(), test.getExecutable())));
  }

  /** The same events give the same bytes, so only different events are compared as bytes. */
  private static void isTheSameWhereverItIsCut(Pair pair, String recording) {
    ChatRequest request = asking(pair);
    List<List<ChatEvent>> readings = readings(pair, recording);
    String told = counted(pair.rendered(request, readings.getFirst()));
    for (List<ChatEvent> reading : readings) {
      assertThat(counted(pair.rendered(request, reading))).isEqualTo(told);
    }
  }

  /** What is read of it, first as a whole and then where a cut makes a difference. */
  private static List<List<ChatEvent>> readings(Pair pair, String recording) {
    boolean relays = pair.dialect().canRelay(asking(pair), pair.target());
    String key = recording + " " + pair.dialect().name() + " " + relays;
    return READINGS.computeIfAbsent(key, _ -> read(pair, wire(pair.dialect(), recording)));
  }

  private static List<List<ChatEvent>> read(Pair pair, byte[] wire) {
    ChatRequest request = asking(pair);
    pair.write(request);
    Map<List<Object>, List<ChatEvent>> readings = new LinkedHashMap<>();
    for (int at = 0; at < wire.length; at++) {
      List<byte[]> pieces =
          List.of(Arrays.copyOf(wire, at), Arrays.copyOfRange(wire, at, wire.length));
      List<ChatEvent> cut = pair.heard(request, pieces);
      readings.putIfAbsent(keys(cut), cut);
    }
    return List.copyOf(readings.values());
  }

  /** Relayed bytes and problems are compared by what is in them. */
  private static List<Object> keys(List<ChatEvent> events) {
    List<Object> keys = new ArrayList<>();
    StringBuilder relayed = new StringBuilder();
    for (ChatEvent event : events) {
      switch (event) {
        case Relayed bytes ->
            relayed.append(new String(bytes.bytes(), StandardCharsets.ISO_8859_1));
        case Failed failed -> keys.add(failed.problem().message());
        default -> keys.add(event);
      }
    }
    keys.add(relayed.toString());
    return keys;
  }
}
