package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.function.Consumer;

/**
 * Reads a stream that consists of frames. The one loop under the stream decoders and relays of
 * every dialect.
 *
 * <p>Model: the bytes of each piece go to a {@link Splitter}. The subclass receives the data of
 * each complete frame, in order, in {@link #frame}, and emits events. The stream is over after the
 * frame in which the subclass calls {@link #finish} or {@link #fail}; later frames are not read. A
 * frame whose data is empty, as {@link Splitter#isEmpty} says, is not read: servers send it to keep
 * the connection open. Malformed bytes, among them JSON that is not an object, and a {@link
 * ProviderProblem} fail the stream. A body that ends before that is {@link #truncated}. For one
 * stream; not thread-safe.
 *
 * @param <S> how the bytes are split
 */
public abstract class FramedReader<S extends Splitter> implements ChatStreamDecoder {
  private final S frames;
  private final Destination destination;
  private boolean atEnd;
  private boolean over;

  protected FramedReader(S frames, Destination destination) {
    this.frames = frames;
    this.destination = destination;
  }

  /**
   * Reads the data of one frame.
   *
   * @throws MalformedInput if it is not in the provider's grammar
   * @throws ProviderProblem if it reports that the response failed
   */
  protected abstract void frame(byte[] data, int from, int to, Consumer<ChatEvent> events);

  /**
   * The body ended before {@link #finish}.
   *
   * @throws ProviderProblem if the response is incomplete
   */
  protected abstract void truncated(Consumer<ChatEvent> events);

  /** The problem to report for a frame that is not in the provider's grammar. */
  protected GatewayProblem malformed(MalformedInput where) {
    return ProviderProblems.malformed(destination, "an event that cannot be read");
  }

  /** The problem of a body that ended before the last event. */
  protected final ProviderProblem incomplete() {
    return ProviderProblems.malformed(destination, "a stream that ended in the middle");
  }

  /** A piece arrived; none of its frames has been read. */
  protected void beginPiece() {}

  /** A frame is an event with empty data. */
  protected void emptyEvent(Consumer<ChatEvent> events) {}

  /** All complete frames of a piece have been read, and the stream goes on. */
  protected void endPiece(Consumer<ChatEvent> events) {}

  /**
   * Whether every choice has its finish reason, and no content behind it: those that the request
   * asks for, and any other that there was.
   */
  protected boolean isFinished() {
    return false;
  }

  /** Whether a response that is finished has shown that no content follows. */
  protected boolean isEnded() {
    return true;
  }

  @Override
  public final boolean isWhole() {
    return !over && isFinished();
  }

  @Override
  public final boolean awaitsEnd() {
    return isWhole() && isEnded();
  }

  @Override
  public final void read(byte[] piece, Consumer<ChatEvent> events) {
    if (!over) {
      frames.take(piece);
      readFrames(events);
    }
  }

  @Override
  public final void end(Consumer<ChatEvent> events) {
    if (over) {
      return;
    }
    atEnd = true;
    frames.finish();
    readFrames(events);
    if (!over) {
      try {
        truncated(events);
      } catch (MalformedInput e) {
        fail(malformed(e), events);
      } catch (ProviderProblem problem) {
        fail(problem, events);
      }
    }
  }

  private void readFrames(Consumer<ChatEvent> events) {
    beginPiece();
    try {
      while (!over && frames.next()) {
        if (frames.hasData()) {
          frame(frames.data(), frames.dataStart(), frames.dataEnd(), events);
        } else if (frames.isEmptyEvent()) {
          emptyEvent(events);
        }
      }
    } catch (MalformedInput e) {
      fail(malformed(e), events);
    } catch (ProviderProblem problem) {
      fail(problem, events);
    }
    if (!over) {
      endPiece(events);
      frames.release();
    }
  }

  /** The provider that sends the stream. */
  protected final Destination destination() {
    return destination;
  }

  /** The splitter, at the frame being read. */
  protected final S frames() {
    return frames;
  }

  /** Whether the body has ended. */
  protected final boolean isAtEnd() {
    return atEnd;
  }

  /** Whether the stream is over: finished or failed. */
  protected final boolean isOver() {
    return over;
  }

  /** The frame is the last of the grammar. */
  protected void finish(Consumer<ChatEvent> events) {
    close(new ChatEvent.Ended(), events);
  }

  /** The stream failed. */
  protected void fail(GatewayProblem problem, Consumer<ChatEvent> events) {
    close(new ChatEvent.Failed(problem), events);
  }

  /** Emits the last event. */
  private void close(ChatEvent last, Consumer<ChatEvent> events) {
    over = true;
    events.accept(last);
  }
}
