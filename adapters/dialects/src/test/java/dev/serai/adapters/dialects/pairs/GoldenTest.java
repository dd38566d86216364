package dev.serai.adapters.dialects.pairs;

import static dev.serai.adapters.dialects.pairs.Recordings.asking;
import static dev.serai.adapters.dialects.pairs.Recordings.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One conversation between every client and every provider of another dialect, byte by byte: the
 * provider request, the response to the client, the next provider request, and the streamed
 * responses. The expectations are in cassettes/pairs; generated ids are x in them.
 */
class GoldenTest {
  @TestFactory
  Stream<DynamicTest> aConversationIsTranslatedAsItIsWrittenDown() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same()),
        pair -> {
          Path file = Cassettes.folder("pairs", pair.name().replace(' ', '-') + ".txt");
          Cassettes.expect(file, conversation(pair));
        });
  }

  private static String conversation(Pair pair) {
    StringBuilder text = new StringBuilder();
    Destination destination = pair.target();
    ChatRequest first = pair.client().read(Opening.of(pair.client()), false);
    ProviderRequest asked = pair.write(first);
    sent(text, "asked", asked);
    byte[] told = pair.answered(first, RoundTripTest.recorded(pair.dialect()), destination);
    section(text, "told", CutStreamsTest.counted(told));
    JsonNode next = RoundTripTest.next(pair, destination);
    sent(text, "asked next", pair.write(pair.client().read(Client.bytes(next), false)));
    for (String recording : List.of("reasoning", "text-before-tools")) {
      byte[] stream = pair.told(asking(pair), List.of(wire(pair.dialect(), recording)));
      section(text, "told of " + recording, CutStreamsTest.counted(stream));
    }
    return text.toString();
  }

  private static void sent(StringBuilder text, String name, ProviderRequest request) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    section(text, name, request.method() + " " + request.path() + "\n" + body);
    section(text, "dropped", String.join("\n", request.dropped()));
  }

  private static void section(StringBuilder text, String name, String content) {
    text.append("== ").append(name).append("\n").append(content.strip()).append("\n");
  }
}
