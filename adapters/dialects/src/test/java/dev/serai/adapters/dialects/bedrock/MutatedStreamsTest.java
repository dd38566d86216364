package dev.serai.adapters.dialects.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a provider sends, the reader ends once and throws nothing. */
class MutatedStreamsTest {
  private static final String[] LINES = {
    "event messageStart {\"role\":\"assistant\"}",
    "event contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"name\":\"a\"}}}",
    "event contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"{\"}}}",
    "event contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"text\":\"x\"}}",
    "event contentBlockDelta {\"delta\":{\"reasoningContent\":{\"signature\":\"s\"}}}",
    "event contentBlockDelta {\"delta\":{\"reasoningContent\":{\"redactedContent\":\"aGk=\"}}}",
    "event contentBlockStop {\"contentBlockIndex\":0}",
    "event messageStop {\"stopReason\":\"tool_use\"}",
    "event metadata {\"usage\":{\"inputTokens\":1,\"outputTokens\":2,\"cacheDetails\":[{}]}}",
    "exception throttlingException {\"message\":\"slower\"}",
    "error InternalFailure broken"
  };

  private final Asked asked = Asked.of(new BedrockDialect(), "https://acme.test", "some-model");

  @Test
  void linesInAnyOrderWithAnyBytesChanged() {
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      StringBuilder lines = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        String line = LINES[random.nextInt(LINES.length)];
        lines.append(random.nextInt(4) == 0 ? changed(line, random) : line).append('\n');
      }
      byte[] wire = EventStreamMaker.of(lines.toString());
      if (random.nextInt(4) == 0) {
        wire[random.nextInt(wire.length)] ^= (byte) (1 << random.nextInt(8));
      }
      List<ChatEvent> events = read(wire, random);
      assertThat(events.stream().filter(MutatedStreamsTest::isEnd)).as("seed %d", seed).hasSize(1);
      assertThat(isEnd(events.getLast())).as("seed %d", seed).isTrue();
    }
  }

  /** Another payload in a message that is sound: the checksum is made afterwards. */
  private static String changed(String line, Random random) {
    char[] letters = line.toCharArray();
    int from = line.indexOf(' ', line.indexOf(' ') + 1) + 1;
    for (int i = random.nextInt(3); i >= 0; i--) {
      letters[from + random.nextInt(letters.length - from)] =
          "{}[]\",:0x".charAt(random.nextInt(9));
    }
    return new String(letters);
  }

  private List<ChatEvent> read(byte[] wire, Random random) {
    ChatStreamDecoder reader =
        asked.dialect().streamReader(Asked.asking("'stream':true"), asked.destination(), false);
    List<ChatEvent> events = new ArrayList<>();
    for (int at = 0; at < wire.length; ) {
      int to = Math.min(wire.length, at + 1 + random.nextInt(200));
      reader.read(Arrays.copyOfRange(wire, at, to), events::add);
      at = to;
    }
    reader.end(events::add);
    return events;
  }

  private static boolean isEnd(ChatEvent event) {
    return event instanceof ChatEvent.Ended || event instanceof ChatEvent.Failed;
  }
}
