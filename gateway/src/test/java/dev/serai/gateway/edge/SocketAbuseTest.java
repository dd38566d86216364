package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.core.websocket.Close;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that breaks the WebSocket protocol or its limits gets the code for that, and no more.
 */
class SocketAbuseTest {
  private static final int CONTINUATION = 0;
  private static final int LAST = 0x80;

  private final ScriptedSocket other = new ScriptedSocket();
  private EdgeUnderTest edge;
  private SocketClient client;

  @BeforeEach
  void serve() throws Exception {
    serve(EdgeUnderTest.small());
  }

  private void serve(EdgeUnderTest made) throws Exception {
    edge =
        made.socket(
                "/live",
                "",
                e -> e.getMessage().setBody(new Reply.Upgraded(Headers.NONE, other.of(e))))
            .start();
    client = SocketClient.open(edge.port(), "/live");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    edge.close();
  }

  /** Heads in hexadecimal: opcode and bits, mask bit and length, more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "8100", // not masked
        "c180", // a reserved bit
        "8380", // a reserved opcode
        "8b80", // a reserved control opcode
        "0980", // a ping that is not the last frame
        "89fe0080", // a ping of 128 bytes
        "80800000000001", // a continuation without a beginning
        "81fe0001", // a length in more bytes than needed
        "81ff0000000000000001",
        "81ff8000000000000000", // a negative length
        "8881" + "00000000" + "00", // a close frame of one byte
        "8882" + "00000000" + "03ed", // the code 1005, which is never sent
        "8882" + "00000000" + "0000"
      })
  void aMalformedFrameIsAProtocolError(String hex) throws Exception {
    byte[] head = HexFormat.of().parseHex(hex);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head);
    bytes.writeBytes(new byte[16]);
    client.raw(bytes.toByteArray());
    assertIsClosedWith(Close.PROTOCOL_ERROR);
  }

  /** Sends all the time: only the longest time of a session ends it. */
  @Test
  void aSessionEndsAfterItsLongestTimeHoweverBusyItIs() throws Exception {
    stop();
    serve(EdgeUnderTest.quick());
    Thread talking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int said = 0; said < 2_400; said++) {
                      client.text("still here");
                      LockSupport.parkNanos(50_000_000);
                    }
                  } catch (IOException closed) {
                    // the session has ended
                  }
                });
    SocketClient.Received close = client.read();
    assertThat(close.code()).isEqualTo(Close.GOING_AWAY);
    assertThat(close.text()).endsWith("the connection has reached server.max_session_time");
    talking.join();
    eventually(
        "the other end is closed, as at a normal end",
        () -> other.events.contains("closed " + Close.GOING_AWAY));
  }

  @Test
  void aMessageWithinAMessageIsAProtocolError() throws Exception {
    client.send(SocketClient.TEXT, new byte[] {'a'}).text("b");
    assertIsClosedWith(Close.PROTOCOL_ERROR);
  }

  /** Bytes in hexadecimal, of a text in one frame. */
  @ParameterizedTest
  @ValueSource(
      strings = {"ff", "c0af", "e08080", "eda080", "f4908080", "f0808080", "c3", "e282", "61c328"})
  void aTextThatIsNotUtf8IsInvalidData(String hex) throws Exception {
    client.send(LAST | SocketClient.TEXT, HexFormat.of().parseHex(hex));
    assertIsClosedWith(Close.INVALID_DATA);
  }

  @Test
  void aCharacterMayBeCutBetweenFragments() throws Exception {
    byte[] text = "\u00e9\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
    client.send(SocketClient.TEXT, new byte[0]);
    for (byte each : text) {
      client.send(CONTINUATION, new byte[] {each});
    }
    client.send(LAST | CONTINUATION, new byte[0]);
    eventually("all fragments arrive", () -> other.received.size() == text.length + 2);
    assertThat(other.received.getLast().last()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 131073", "2, 131073"})
  void aMessageOverTheLimitIsTooBig(int opcode, int length) throws Exception {
    client.raw(SocketClient.frame(LAST | opcode, new byte[length]));
    assertIsClosedWith(Close.TOO_BIG);
  }

  @Test
  void aMessageOfManyFramesOverTheLimitIsTooBig() throws Exception {
    client.send(2, new byte[60_000]).send(CONTINUATION, new byte[60_000]);
    client.send(CONTINUATION, new byte[60_000]);
    assertIsClosedWith(Close.TOO_BIG);
  }

  @Test
  void aHugeAnnouncedLengthIsRefusedBeforeItArrives() throws Exception {
    client.raw(HexFormat.of().parseHex("82ff00000000ffffffff00000000"));
    assertIsClosedWith(Close.TOO_BIG);
  }

  @Test
  void moreThanAThousandFragmentsAreRefused() throws Exception {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.writeBytes(SocketClient.frame(SocketClient.TEXT, new byte[0]));
    for (int i = 0; i < 1000; i++) {
      many.writeBytes(SocketClient.frame(CONTINUATION, new byte[0]));
    }
    client.raw(many.toByteArray());
    assertIsClosedWith(Close.POLICY_VIOLATION);
  }

  @Test
  void aFloodOfPingsIsRefused() throws Exception {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      many.writeBytes(SocketClient.frame(LAST | SocketClient.PING, new byte[0]));
    }
    client.raw(many.toByteArray());
    assertIsClosedWith(Close.POLICY_VIOLATION);
    assertThat(other.received).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void aLargeFrameIsPassedOnInFragmentsWithTheSameContent() throws Exception {
    byte[] large = new byte[100_001];
    new Random(1).nextBytes(large);
    client.send(LAST | 2, large);
    eventually("all arrives", () -> other.bytes.get() == large.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    other.received.forEach(frame -> all.writeBytes(frame.payload()));
    assertThat(all.toByteArray()).isEqualTo(large);
    assertThat(other.received.size()).isGreaterThan(1);
    assertThat(other.received.getFirst().last()).isFalse();
    assertThat(other.received.getLast().last()).isTrue();
  }

  @Test
  void aClientThatSendsNothingIsDisconnectedUnlessItRespondsToPings() throws Exception {
    client.close();
    edge.close();
    serve(new EdgeUnderTest(EdgeUnderTest.TALKATIVE));
    // Pings come while the client is silent; it answers some, and then no more.
    int answered = 0;
    SocketClient.Received frame = client.read();
    while (frame.opcode() == SocketClient.PING) {
      if (answered++ < 8) {
        client.send(LAST | SocketClient.PONG, frame.payload());
      }
      assertThat(answered).as("pings").isLessThan(10_000);
      frame = client.read();
    }
    assertThat(answered).isGreaterThanOrEqualTo(8);
    assertThat(frame.code()).isEqualTo(Close.GOING_AWAY);
    assertThat(other.received).as("answers to our own pings are not passed on").isEmpty();
  }

  private void assertIsClosedWith(int code) throws Exception {
    SocketClient.Received close = client.read();
    assertThat(close.opcode()).isEqualTo(SocketClient.CLOSE);
    assertThat(close.code()).isEqualTo(code);
    assertThat(close.payload().length).as("a reason").isGreaterThan(2);
    eventually("the other end is closed", () -> other.events.contains("closed 1006"));
    eventually("nothing is in flight", () -> edge.component().load().inFlight() == 0);
  }
}
