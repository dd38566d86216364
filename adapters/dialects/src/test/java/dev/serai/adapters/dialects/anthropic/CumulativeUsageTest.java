package dev.serai.adapters.dialects.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stream counts as it goes: each count is of everything so far, and the last one is the count.
 */
class CumulativeUsageTest {
  private static final String START =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant",\
      "model":"c","content":[],"usage":{"input_tokens":25,"cache_read_input_tokens":5,\
      "output_tokens":1}}}

      """;
  private static final String END = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

  @Test
  void tokensThatMoveFromTheInputToTheCacheAreCountedOnce() {
    for (boolean relay : new boolean[] {true, false}) {
      Usage usage =
          counted(relay, "{'input_tokens':18,'cache_read_input_tokens':8831,'output_tokens':3}");
      assertThat(usage.input()).isEqualTo(8849);
      assertThat(usage.cached()).isEqualTo(8831);
      Usage later =
          counted(
              relay,
              "{'input_tokens':8834,'cache_read_input_tokens':0,'output_tokens':1}",
              "{'input_tokens':18,'cache_read_input_tokens':8831,'output_tokens':3}",
              "{'input_tokens':0,'cache_read_input_tokens':0,'output_tokens':3}");
      assertThat(later.input()).isEqualTo(8849);
    }
  }

  /** "Compaction: Understanding usage": the counts beside the iterations do not include them. */
  @Test
  void whatCompactionsTookIsCountedToo() {
    String message = "{'input_tokens':23,'output_tokens':4,'type':'message'}";
    String compaction =
        "{'cache_creation':{'ephemeral_1h_input_tokens':2},'cache_creation_input_tokens':2,"
            + "'cache_read_input_tokens':70,'input_tokens':100,'output_tokens':9,"
            + "'type':'compaction'}";
    String advisor = "{'model':'other','input_tokens':500,'type':'advisor_message'}";
    String counts = "{'input_tokens':23,'cache_read_input_tokens':0,'output_tokens':4,";
    for (boolean relay : new boolean[] {true, false}) {
      Usage usage =
          counted(
              relay,
              counts + "'iterations':[" + message + "]}",
              counts + "'iterations':[" + compaction + "," + message + "," + advisor + "]}",
              "{'output_tokens':4,'iterations':null}");
      assertThat(usage).isEqualTo(new Usage(195, 13, 70, 2, 0).withCacheWrittenHour(2));
    }
  }

  private static Usage counted(boolean relay, String... usages) {
    StringBuilder stream = new StringBuilder(START);
    for (String usage : usages) {
      stream
          .append("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":")
          .append("{\"stop_reason\":\"end_turn\"},\"usage\":")
          .append(usage.replace('\'', '"'))
          .append("}\n\n");
    }
    Asked asked = Asked.of(new AnthropicDialect(), "https://acme.test", "claude");
    ChatStreamDecoder reader =
        asked.dialect().streamReader(Asked.asking("'stream':true"), asked.destination(), relay);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(stream.append(END).toString().getBytes(UTF_8), events::add);
    reader.end(events::add);
    List<Usage> told = new ArrayList<>();
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.UsageReported(Usage usage)) {
        told.add(usage);
      }
    }
    return told.getLast();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {'output_tokens':0}                                                    | 30 | 0
          {'input_tokens':25,'cache_read_input_tokens':5,'output_tokens':0}      | 30 | 0
          {'output_tokens':null}                                                 | 30 | 1
          {'output_tokens':12}                                                   | 30 | 12
          {'input_tokens':0,'cache_read_input_tokens':0,'output_tokens':12}      | 30 | 12
          {'input_tokens':40,'output_tokens':12}                                 | 45 | 12
          {'input_tokens':4,'cache_read_input_tokens':26,'output_tokens':12}     | 30 | 12
          {'input_tokens':4,'cache_creation_input_tokens':21,'output_tokens':12} | 30 | 12
          {'input_tokens':0,'cache_read_input_tokens':30,'output_tokens':12}     | 30 | 12
          """)
  void theLastCountOfAReplyHolds(String usage, long input, long output) {
    for (boolean relay : new boolean[] {true, false}) {
      assertThat(counted(relay, usage).input()).isEqualTo(input);
      assertThat(counted(relay, usage).output()).isEqualTo(output);
      assertThat(counted(relay, "{'output_tokens':99}", usage).output())
          .isEqualTo(output == 1 ? 99 : output);
    }
  }
}
