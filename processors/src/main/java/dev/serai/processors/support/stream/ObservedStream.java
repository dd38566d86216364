package dev.serai.processors.support.stream;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import java.util.function.Consumer;

/**
 * A stream whose events are seen by another reader before they are passed on. Threads and order of
 * calls as in {@link ChatStream}.
 */
public final class ObservedStream implements ChatStream {
  private final ChatStream source;
  private final Consumer<ChatEvent> observer;

  /**
   * @param observer receives each event before the reader of this stream
   */
  public ObservedStream(ChatStream source, Consumer<ChatEvent> observer) {
    this.source = source;
    this.observer = observer;
  }

  @Override
  public void open(Reader reader) {
    source.open(
        new Reader() {
          @Override
          public void onEvent(ChatEvent event) {
            observer.accept(event);
            reader.onEvent(event);
          }

          @Override
          public void onBatchEnd() {
            reader.onBatchEnd();
          }
        });
  }

  @Override
  public void pause() {
    source.pause();
  }

  @Override
  public void resume() {
    source.resume();
  }

  @Override
  public void cancel() {
    source.cancel();
  }
}
