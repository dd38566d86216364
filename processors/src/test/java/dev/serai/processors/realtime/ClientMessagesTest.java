package dev.serai.processors.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A provider gets each message of a client in one frame, and what is held for that is counted. */
class ClientMessagesTest {
  private static final int MB = 1 << 20;

  private final ByteLimit memory = new ByteLimit(4 * MB);
  private final ClientMessages named = messages("voice", "m-1");

  private ClientMessages messages(String asked, String model) {
    return new ClientMessages(new Updates(), asked, model, memory);
  }

  private static Frame frame(Kind kind, boolean last, String text) {
    return new Frame(kind, last, text.getBytes(UTF_8));
  }

  private static String text(Optional<Frame> frame) {
    assertThat(frame).isPresent();
    assertThat(frame.get().last()).isTrue();
    return frame.get().kind() + " " + new String(frame.get().payload(), UTF_8);
  }

  @Test
  void fragmentsOfTextAndBytesAreJoinedAndPingsPassBetweenThem() {
    for (Kind kind : new Kind[] {Kind.TEXT, Kind.BINARY}) {
      for (ClientMessages messages : new ClientMessages[] {named, messages("m-1", "m-1")}) {
        assertThat(messages.take(frame(kind, false, "a"))).isEmpty();
        assertThat(text(messages.take(frame(Kind.PING, true, "p")))).isEqualTo("PING p");
        assertThat(messages.take(frame(Kind.CONTINUATION, false, "b"))).isEmpty();
        assertThat(memory.taken()).isEqualTo(4);
        assertThat(text(messages.take(frame(Kind.CONTINUATION, true, "c"))))
            .isEqualTo(kind + " abc");
        assertThat(memory.taken()).isZero();
        assertThat(text(messages.take(frame(kind, true, "whole")))).isEqualTo(kind + " whole");
      }
    }
  }

  @Test
  void theNameIsReplacedInAMessageThatWasJoined() {
    assertThat(named.take(frame(Kind.TEXT, false, "update vo"))).isEmpty();
    assertThat(text(named.take(frame(Kind.CONTINUATION, true, "ice"))))
        .isEqualTo("TEXT update m-1");
  }

  @Test
  void onlyAnEventThatMayNameTheModelMayNotBeLarge() {
    String large = "x".repeat(ClientMessages.MAX_EVENT);
    assertThat(named.take(frame(Kind.TEXT, false, large))).isEmpty();
    assertThat(text(named.take(frame(Kind.CONTINUATION, true, "y")))).endsWith("y");
    assertThat(named.take(frame(Kind.TEXT, false, "update " + large))).isEmpty();
    assertThatThrownBy(() -> named.take(frame(Kind.CONTINUATION, true, "y")))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("1 MiB");
    assertThat(memory.taken()).isZero();
  }

  @Test
  void aMessageWithoutRoomIsRefusedAndASessionThatEndsHoldsNothing() {
    String megabyte = "x".repeat(MB);
    assertThat(named.take(frame(Kind.TEXT, false, megabyte))).isEmpty();
    ClientMessages other = messages("voice", "m-1");
    assertThat(other.take(frame(Kind.BINARY, false, megabyte.substring(1)))).isEmpty();
    assertThatThrownBy(() -> other.take(frame(Kind.CONTINUATION, false, megabyte)))
        .isInstanceOf(CapacityProblem.class);
    other.release();
    assertThat(memory.taken()).isEqualTo(2 * MB);
    named.release();
    assertThat(memory.taken()).isZero();
  }

  /** Names the model in events that begin with "update". */
  private static final class Updates implements RealtimeSurface {
    @Override
    public RelayRequest readRequest(InboundRequest inbound) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> subprotocol(Headers client) {
      return Optional.empty();
    }

    @Override
    public boolean mayNameModel(byte[] beginning) {
      return new String(beginning, UTF_8).startsWith("update");
    }

    @Override
    public byte[] withModel(byte[] event, String asked, String model) {
      String text = new String(event, UTF_8);
      return mayNameModel(event) ? text.replace(asked, model).getBytes(UTF_8) : event;
    }

    @Override
    public byte[] writeErrorEvent(GatewayProblem problem) {
      return new byte[0];
    }
  }
}
