package dev.serai.adapters.persona;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Streams a finished response word by word.
 *
 * <p>The text is complete from the start; the stream only moves a position in it. A task on the
 * reader's event loop sends a few words and, unless the reader pauses, enqueues the next task, so
 * that the loop can serve its other connections in between. {@code pause}, {@code resume} and
 * {@code cancel} are safe on any thread: they set a flag that is read before each word. At most one
 * task is enqueued at any time.
 */
final class WordStream implements ChatStream {
  private static final int WORDS_PER_TURN = 32;

  private final ChatResponse response;
  private final String text;
  private final Executor loop;
  private final AtomicBoolean enqueued = new AtomicBoolean();
  private volatile boolean paused;
  private volatile boolean over;
  private volatile @Nullable Reader reader;
  private boolean started;
  private int position;

  /**
   * Streams a response with one choice.
   *
   * @param loop runs one task at a time, in order
   */
  WordStream(ChatResponse response, Executor loop) {
    this.response = response;
    this.text = response.choices().getFirst().text().orElse("");
    this.loop = loop;
  }

  @Override
  public void open(Reader to) {
    reader = to;
    enqueue();
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    enqueue();
  }

  @Override
  public void cancel() {
    over = true;
  }

  private boolean isFlowing() {
    return reader != null && !paused && !over;
  }

  private void enqueue() {
    if (isFlowing() && enqueued.compareAndSet(false, true)) {
      loop.execute(this::turn);
    }
  }

  private void turn() {
    Reader to = reader;
    if (to != null) {
      send(to);
    }
    enqueued.set(false);
    enqueue();
  }

  private void send(Reader to) {
    int words = 0;
    while (isFlowing() && words++ < WORDS_PER_TURN) {
      next(to);
    }
    if (words > 0) {
      to.onBatchEnd();
    }
  }

  private void next(Reader to) {
    if (!started) {
      started = true;
      to.onEvent(new ChatEvent.Started(response.id(), response.model(), response.createdSeconds()));
    } else if (position < text.length()) {
      to.onEvent(new ChatEvent.TextDelta(0, nextWord()));
    } else {
      over = true;
      to.onEvent(new ChatEvent.Finished(0, response.choices().getFirst().finish()));
      response.usage().ifPresent(usage -> to.onEvent(new ChatEvent.UsageReported(usage)));
      to.onEvent(new ChatEvent.Ended());
    }
  }

  private String nextWord() {
    int end = endOfWord();
    String word = text.substring(position, end);
    position = end;
    return word;
  }

  /** A word and the white space after it. */
  private int endOfWord() {
    int end = position;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
