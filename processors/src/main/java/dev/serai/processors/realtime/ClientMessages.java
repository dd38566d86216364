package dev.serai.processors.realtime;

import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Makes one frame of each message of a client, and replaces the model's name in it.
 *
 * <p>A message in fragments is joined, because no provider says that it takes fragments; the memory
 * limit counts what is held for that. The edge limits the size of a message. For one realtime
 * session; not thread-safe.
 */
final class ClientMessages {
  /** The largest event in which a name is replaced, in bytes. */
  static final int MAX_EVENT = 1024 * 1024;

  private final RealtimeSurface surface;
  private final String asked;
  private final String model;
  private final ByteHold hold;
  private ByteArrayOutputStream message = new ByteArrayOutputStream(0);
  private Kind kind = Kind.CONTINUATION;

  /**
   * @param asked the name that the client uses
   * @param model the provider's name
   * @param memory the memory limit of the bytes that are held
   */
  ClientMessages(RealtimeSurface surface, String asked, String model, ByteLimit memory) {
    this.surface = surface;
    this.asked = asked;
    this.model = model;
    this.hold = memory.hold();
  }

  /**
   * Takes the next frame of the client.
   *
   * @return what to send to the provider; empty if the frame is kept
   * @throws GatewayProblem if an event that may name the model is too large, or there is no memory
   *     for the message
   */
  Optional<Frame> take(Frame frame) {
    if (frame.kind().isControl()) {
      return Optional.of(frame);
    }
    if (frame.kind() != Kind.CONTINUATION) {
      kind = frame.kind();
      if (frame.last()) {
        return Optional.of(whole(frame.payload()));
      }
    }
    return join(frame);
  }

  private Optional<Frame> join(Frame part) {
    message.writeBytes(part.payload());
    if (!hold.resize(2L * message.size())) {
      throw ByteLimit.exhausted();
    }
    if (!part.last()) {
      return Optional.empty();
    }
    byte[] joined = message.toByteArray();
    message = new ByteArrayOutputStream(0);
    hold.set(0);
    return Optional.of(whole(joined));
  }

  private Frame whole(byte[] payload) {
    if (kind != Kind.TEXT || asked.equals(model)) {
      return new Frame(kind, true, payload);
    }
    if (payload.length > MAX_EVENT && surface.mayNameModel(payload)) {
      throw tooLarge();
    }
    return Frame.text(surface.withModel(payload, asked, model));
  }

  /** The realtime session has ended. */
  void release() {
    message = new ByteArrayOutputStream(0);
    hold.release();
  }

  private static CallerProblem tooLarge() {
    return new CallerProblem(
        413,
        "event_too_large",
        "A session.update of a model alias may have at most 1 MiB. Send a shorter one.",
        Optional.empty());
  }
}
