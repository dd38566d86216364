package dev.serai.processors.chat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a chat stream as the bytes of a surface. The call observes every event that is sent, so it
 * ends when the stream ends, for whatever reason. Threads and order of calls as in {@link
 * ByteStream}.
 */
public final class SurfaceStream implements ByteStream {
  private final Call call;
  private final ChatStream chat;
  private final ChatEventWriter writer;
  private @Nullable Reader opened;

  public SurfaceStream(Call call, ChatStream chat, ChatEventWriter writer) {
    this.call = call;
    this.chat = chat;
    this.writer = writer;
  }

  @Override
  public void open(Reader reader) {
    opened = reader;
    chat.open(new Writing(reader));
  }

  /** Writes the events of the stream. */
  private final class Writing implements ChatStream.Reader {
    private final Reader reader;

    Writing(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void onEvent(ChatEvent event) {
      if (event instanceof ChatEvent.ImageGenerated shown) {
        WriteChatReply.noteImage(call, shown.image());
      }
      byte[] bytes = writer.write(event);
      // Before the bytes are sent, so that the call is settled when the client sees the end.
      call.observe(event);
      if (bytes.length > 0) {
        reader.onPiece(bytes);
      }
      // The writer has reported the failure in the surface's grammar. The body still ends normally,
      // so that the client reads that event and not a broken connection.
      if (event instanceof ChatEvent.Ended || event instanceof ChatEvent.Failed) {
        reader.onEnd();
      }
    }

    @Override
    public void onBatchEnd() {
      reader.onBatchEnd();
    }
  }

  @Override
  public byte[] keepAlive() {
    return call.surface().keepAlive(call.askedChat());
  }

  @Override
  public void pause() {
    chat.pause();
  }

  @Override
  public void resume() {
    chat.resume();
  }

  /** The attempt has not failed: only the call ends with the problem. */
  @Override
  public void abort(GatewayProblem why) {
    chat.cancel();
    call.end(Outcome.FAILED, Optional.of(why));
    if (opened != null) {
      byte[] bytes = writer.write(new ChatEvent.Failed(why));
      if (bytes.length > 0) {
        opened.onPiece(bytes);
      }
      opened.onEnd();
    }
  }

  @Override
  public void cancel() {
    chat.cancel();
    call.end(Outcome.CANCELLED, Optional.empty());
  }
}
