package dev.serai.processors.realtime;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Replaces the model's name in a client's events, however they are cut into frames. Only the
 * beginning of an event is collected, or all of one that may name the model. For one realtime
 * session; not thread-safe.
 */
final class ModelNameReplacer {
  /** The largest event in fragments whose name is replaced, in bytes. */
  static final int MAX_EVENT = 1024 * 1024;

  private final RealtimeSurface surface;
  private final String asked;
  private final String model;
  private ByteArrayOutputStream event = new ByteArrayOutputStream(0);
  private boolean collecting;
  private boolean namesModel;

  /**
   * @param asked the name that the client uses
   * @param model the provider's name
   */
  ModelNameReplacer(RealtimeSurface surface, String asked, String model) {
    this.surface = surface;
    this.asked = asked;
    this.model = model;
  }

  /**
   * Takes the next frame of the client.
   *
   * @return what to send to the provider; empty if the frame is kept
   * @throws CallerProblem 413 if an event that may name the model is too large
   */
  Optional<Frame> take(Frame frame) {
    if (asked.equals(model) || frame.kind().isControl()) {
      return Optional.of(frame);
    }
    if (frame.kind() == Kind.TEXT) {
      if (frame.last()) {
        return Optional.of(text(frame.payload()));
      }
      collecting = true;
    }
    return collecting ? collect(frame) : Optional.of(frame);
  }

  private Optional<Frame> collect(Frame part) {
    if (event.size() + part.payload().length > MAX_EVENT) {
      takeEvent();
      throw tooLarge();
    }
    event.writeBytes(part.payload());
    if (part.last()) {
      return Optional.of(text(takeEvent()));
    }
    if (!namesModel && event.size() >= RealtimeSurface.TYPE_WITHIN) {
      namesModel = surface.mayNameModel(event.toByteArray());
      return namesModel ? Optional.empty() : Optional.of(new Frame(Kind.TEXT, false, takeEvent()));
    }
    return Optional.empty();
  }

  private Frame text(byte[] whole) {
    return Frame.text(surface.withModel(whole, asked, model));
  }

  private byte[] takeEvent() {
    byte[] collected = event.toByteArray();
    event = new ByteArrayOutputStream(0);
    collecting = false;
    namesModel = false;
    return collected;
  }

  private static CallerProblem tooLarge() {
    return new CallerProblem(
        413,
        "event_too_large",
        "A session.update of a model alias may have at most 1 MiB. Send a shorter one.",
        Optional.empty());
  }
}
