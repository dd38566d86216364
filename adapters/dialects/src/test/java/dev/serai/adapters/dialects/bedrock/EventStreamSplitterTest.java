package dev.serai.adapters.dialects.bedrock;

import static dev.serai.core.json.JsonWriter.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.json.MalformedInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EventStreamSplitterTest {
  private static final byte[] TWO =
      EventStreamMaker.of("event a {\"x\":1}\nevent bc {\"y\":\"ü\"}\nexception dE {}");

  private static List<String> read(EventStreamSplitter frames) {
    List<String> read = new ArrayList<>();
    while (frames.next()) {
      String payload =
          new String(
              frames.data(),
              frames.dataStart(),
              frames.dataEnd() - frames.dataStart(),
              StandardCharsets.UTF_8);
      read.add((frames.isEvent() ? "" : "!") + frames.type() + " " + payload);
    }
    return read;
  }

  private static List<String> read(byte[] bytes) {
    EventStreamSplitter frames = new EventStreamSplitter();
    frames.take(bytes);
    return read(frames);
  }

  @Test
  void messagesAreReadOneByOne() {
    assertThat(read(TWO.clone())).containsExactly("a {\"x\":1}", "bc {\"y\":\"ü\"}", "!dE {}");
  }

  @RepeatedTest(50)
  void messagesAreTheSameHoweverTheyAreCut(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    EventStreamSplitter frames = new EventStreamSplitter();
    List<String> read = new ArrayList<>();
    for (int at = 0; at < TWO.length; ) {
      int to = Math.min(TWO.length, at + 1 + random.nextInt(run.getCurrentRepetition() * 2));
      frames.take(Arrays.copyOfRange(TWO, at, to));
      read.addAll(read(frames));
      assertThat(frames.hasRest() || to == TWO.length || read.size() < 3).isTrue();
      at = to;
    }
    assertThat(read).containsExactlyElementsOf(read(TWO.clone()));
    assertThat(frames.hasRest()).isFalse();
  }

  @Test
  void noBitOfAMessageCanChangeUnnoticed() {
    byte[] one = EventStreamMaker.of("event a {\"x\":1}");
    for (int bit = 0; bit < one.length * 8; bit++) {
      byte[] damaged = one.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> read(damaged)).as("bit %d", bit).isInstanceOf(MalformedInput.class);
    }
  }

  @Test
  void aMessageOverTheLimitIsRefusedBeforeItIsThere() {
    byte[] prelude = prelude(EventStreamSplitter.MAX_MESSAGE + 1, 0);
    assertThatThrownBy(() -> read(prelude)).isInstanceOf(MalformedInput.class);
    assertThatThrownBy(() -> read(prelude(15, 0))).isInstanceOf(MalformedInput.class);
    assertThatThrownBy(() -> read(prelude(-1, 0))).isInstanceOf(MalformedInput.class);
    assertThatThrownBy(() -> read(prelude(100, 85))).isInstanceOf(MalformedInput.class);
    assertThatThrownBy(() -> read(prelude(100, -5))).isInstanceOf(MalformedInput.class);
    assertThat(read(prelude(EventStreamSplitter.MAX_MESSAGE, 0))).isEmpty();
  }

  private static byte[] prelude(int total, int headers) {
    ByteBuffer prelude = ByteBuffer.allocate(12).putInt(total).putInt(headers);
    CRC32 crc = new CRC32();
    crc.update(prelude.array(), 0, 8);
    return prelude.putInt((int) crc.getValue()).array();
  }

  @Test
  void headersThatLeadOutsideTheirPlaceAreRefused() {
    for (byte[] headers :
        List.of(
            new byte[] {5, 'a'},
            new byte[] {1, 'a'},
            new byte[] {1, 'a', 7},
            new byte[] {1, 'a', 7, 0},
            new byte[] {1, 'a', 7, 0, 9, 'x'},
            new byte[] {1, 'a', 6, (byte) 0xFF, (byte) 0xFF, 'x'},
            new byte[] {1, 'a', 4, 0, 0, 0},
            new byte[] {1, 'a', 9, 0},
            new byte[] {1, 'a', 10, 0},
            new byte[] {1, 'a', -1, 0})) {
      byte[] frame = EventStreamMaker.frame(headers, ascii("{}"));
      assertThatThrownBy(() -> read(frame))
          .as(Arrays.toString(headers))
          .isInstanceOf(MalformedInput.class);
    }
    assertThat(read(EventStreamMaker.frame(new byte[0], ascii("{}")))).containsExactly("! {}");
  }
}
