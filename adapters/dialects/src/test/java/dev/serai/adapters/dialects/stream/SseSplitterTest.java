package dev.serai.adapters.dialects.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.json.MalformedInput;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseSplitterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data: a$$ | [a]",
        "data:a$data:  b$$ | [a$ b]",
        "data$data$$ | none",
        "data:$$ | none",
        "datax: a$$ | none",
        "event: e$$ | none",
        "event: e$data: a$$data: b$$ | [e=a, b]",
        ": c$:$$data: a$: c$id: 1$retry: 2$$ | [a]",
        "data: a$$$$data: b$$ | [a, b]",
        "data: a$$data: b$ | [a]",
        "data: a | none",
        "data: :x:$$ | [:x:]",
      })
  void eventsAreWhatTheStandardSays(String stream, String events) {
    for (String newline : new String[] {"\n", "\r", "\r\n"}) {
      String expected = events.equals("none") ? "[]" : events.equals("[]") ? "[]" : events;
      List<String> seen = whole(stream.replace("$", newline));
      assertThat(seen.toString()).isEqualTo(expected.replace("$", "\n"));
      assertThat(seen).hasSize(events.equals("none") ? 0 : events.split(",").length);
    }
  }

  @Test
  void aByteOrderMarkIsPassedOverAtTheStartOnly() {
    assertThat(whole("\ufeffdata: a\n\n")).containsExactly("a");
    assertThat(whole("data: b\n\n\ufeffdata: a\n\n")).containsExactly("b");
  }

  @Test
  void aPieceThatIsDoneWithIsNotKept() {
    byte[] stream = ("data: " + "x".repeat(500) + "\r\n\r\n").repeat(700).getBytes(UTF_8);
    SseSplitter sse = new SseSplitter();
    int events = 0;
    for (int from = 0; from < stream.length; from += 65_536) {
      sse.take(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + 65_536)));
      while (sse.next()) {
        assertThat(sse.dataEnd() - sse.dataStart()).isEqualTo(500);
        events++;
      }
      sse.release();
      assertThat(sse.buffer().length).isLessThan(520);
    }
    assertThat(events).isEqualTo(700);
  }

  @Test
  void wherePiecesAreCutMakesNoDifference() {
    Random random = new Random(11);
    String[] parts = {
      "data: ",
      "data:",
      "{\"x\":\"é\"}",
      "\n",
      "\r\n",
      "\r",
      "\n\n",
      "\r\n\r\n",
      ": c",
      "event: t",
      "x".repeat(20),
    };
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      List<String> whole = split(bytes, bytes.length);
      for (int size = 1; size < Math.min(bytes.length, 12); size++) {
        assertThat(split(bytes, size)).isEqualTo(whole);
      }
    }
  }

  @Test
  void theBlocksTogetherAreTheStream() {
    byte[] bytes = ": a\n\ndata: b\n\n\ndata: c\ndata: d\n\n".getBytes(UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      ByteArrayOutputStream seen = new ByteArrayOutputStream();
      SseSplitter sse = new SseSplitter();
      for (byte[] piece : pieces(bytes, size)) {
        sse.take(piece);
        while (sse.next()) {
          seen.write(sse.buffer(), sse.start(), sse.end() - sse.start());
        }
      }
      assertThat(seen.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void aWholePieceIsNotCopied() {
    SseSplitter sse = new SseSplitter();
    byte[] piece = "data: a\n\ndata: b\n\n".getBytes(UTF_8);
    sse.take(piece);
    assertThat(sse.next()).isTrue();
    assertThat(sse.data()).isSameAs(piece);
  }

  @Test
  void aLineOrABlockWithoutEndIsRefused() {
    SseSplitter sse = new SseSplitter();
    sse.take("data: ".concat("x".repeat(SseSplitter.MAX_LINE)).getBytes(UTF_8));
    assertThatThrownBy(sse::next).isInstanceOf(MalformedInput.class);

    SseSplitter other = new SseSplitter();
    String line = "data: " + "x".repeat(100_000) + "\n";
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                other.take(line.getBytes(UTF_8));
                assertThat(other.next()).isFalse();
              }
            })
        .isInstanceOf(MalformedInput.class);
  }

  private static List<String> whole(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return split(bytes, bytes.length);
  }

  private static List<String> split(byte[] bytes, int size) {
    List<String> events = new ArrayList<>();
    SseSplitter sse = new SseSplitter();
    for (byte[] piece : pieces(bytes, size)) {
      sse.take(piece);
      drain(sse, events);
    }
    sse.finish();
    drain(sse, events);
    return events;
  }

  private static void drain(SseSplitter sse, List<String> events) {
    while (sse.next()) {
      if (sse.hasData()) {
        int length = sse.dataEnd() - sse.dataStart();
        String data = new String(sse.data(), sse.dataStart(), length, UTF_8);
        events.add(sse.typeIs("e".getBytes(UTF_8)) ? "e=" + data : data);
      }
    }
  }

  private static List<byte[]> pieces(byte[] bytes, int size) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return pieces;
  }
}
