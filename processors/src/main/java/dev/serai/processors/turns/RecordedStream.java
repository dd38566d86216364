package dev.serai.processors.turns;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;

/**
 * A stream whose events are recorded on their way. Threads and order of calls as in {@link
 * ChatStream}.
 */
final class RecordedStream implements ChatStream {
  private final ChatStream source;
  private final TurnRecorder recorder;

  RecordedStream(ChatStream source, TurnRecorder recorder) {
    this.source = source;
    this.recorder = recorder;
  }

  @Override
  public void open(Reader reader) {
    source.open(
        new Reader() {
          @Override
          public void onEvent(ChatEvent event) {
            recorder.take(event);
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
