package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider's stream between the attempt and the client. It has three states: <em>buffering</em>
 * until the first token (events are buffered, and a failure is a failure of the attempt),
 * <em>ready</em> until the surface opens it (the source is paused), and <em>flowing</em> (events
 * are forwarded at once). A response that is whole stays whole if the connection fails before the
 * end of the body. Confined to the call's thread; only {@code pause}, {@code resume} and {@code
 * cancel} may be called from another thread.
 */
final class AttemptStream implements ChatStream, ByteStream.Reader {
  /** Usually a handful of events precede the first token; more mean a malformed reply. */
  private static final int MAX_BUFFERED = 1024;

  private final Attempt attempt;
  private final ByteStream source;
  private final ChatStreamDecoder decoder;
  private final Consumer<ChatEvent> events = this::onEvent;
  private final Queue<ChatEvent> buffered = new ArrayDeque<>(4);
  private @Nullable Consumer<Optional<GatewayProblem>> waiting;
  private ChatStream.@Nullable Reader reader;
  private boolean over;

  /** Whether what has arrived is a whole response. */
  private boolean whole;

  /** Whether only the end of the body is awaited, so that the source need not wait long. */
  private boolean ending;

  /** Whether content has followed a whole response: its finish reasons say nothing. */
  private boolean goesOn;

  private BooleanSupplier failsIfFiltered = () -> false;

  AttemptStream(Attempt attempt, ByteStream source, ChatStreamDecoder decoder) {
    this.attempt = attempt;
    this.source = source;
    this.decoder = decoder;
  }

  /**
   * The same stream, whose attempt fails if a filter withholds the whole response.
   *
   * @param when asked when it does
   */
  AttemptStream failingIfFiltered(BooleanSupplier when) {
    failsIfFiltered = when;
    return this;
  }

  /** Starts reading; {@code ready} is called once, with a problem if the stream failed first. */
  void awaitFirstToken(Consumer<Optional<GatewayProblem>> ready) {
    waiting = ready;
    source.open(this);
  }

  @Override
  public void onPiece(byte[] bytes) {
    if (!over) {
      attempt.recordReceived(bytes.length);
      decoder.read(bytes, events);
      expectEnd();
    }
  }

  /** After a whole response only the end is awaited, unless the provider goes on behind it. */
  private void expectEnd() {
    whole = !over && !goesOn && decoder.isWhole();
    boolean now = whole && decoder.awaitsEnd();
    if (now != ending) {
      ending = now;
      source.expectEnd(now);
    }
  }

  @Override
  public void onBatchEnd() {
    if (reader != null) {
      reader.onBatchEnd();
    }
  }

  @Override
  public void onEnd() {
    if (!over) {
      decoder.end(events);
    }
  }

  @Override
  public void onFailure(GatewayProblem problem) {
    if (over) {
      return;
    }
    if (whole && isFailure(problem)) {
      decoder.end(events);
    } else {
      onEvent(new ChatEvent.Failed(problem));
    }
  }

  /** Whether the provider or the connection failed, not the choice between attempts. */
  private static boolean isFailure(GatewayProblem problem) {
    return problem instanceof ProviderProblem failed && failed.failureCause().isFailure();
  }

  private void onEvent(ChatEvent event) {
    if (over) {
      return;
    }
    goesOn |= whole && event.carriesToken() && !(event instanceof ChatEvent.Finished);
    if (waiting != null) {
      hold(event, waiting);
    } else if (reader == null) {
      buffered.add(event);
    } else {
      pass(event, reader);
    }
  }

  private void hold(ChatEvent event, Consumer<Optional<GatewayProblem>> ready) {
    if (event instanceof ChatEvent.Failed failed) {
      if (HedgedAttempts.isOvertaken(failed.problem())) {
        recordUsage(); // it is charged
      }
      giveUp(failed.problem(), ready);
      return;
    }
    if (FilteredResponse.isFiltered(event) && failsIfFiltered.getAsBoolean()) {
      recordUsage();
      giveUp(FilteredResponse.problem(attempt), ready);
      return;
    }
    buffered.add(event);
    if (event.carriesToken() || event instanceof ChatEvent.Ended) {
      waiting = null;
      source.firstTokenSeen();
      source.pause();
      ready.accept(Optional.empty());
    } else if (buffered.size() > MAX_BUFFERED) {
      giveUp(
          ProviderProblem.of(attempt.candidate().provider(), FailureCause.MALFORMED, 502).build(),
          ready);
    }
  }

  private void recordUsage() {
    for (ChatEvent event : buffered) {
      if (event instanceof ChatEvent.UsageReported reported) {
        attempt.recordUsage(reported.usage());
      }
    }
  }

  private void giveUp(GatewayProblem problem, Consumer<Optional<GatewayProblem>> ready) {
    over = true;
    waiting = null;
    buffered.clear();
    source.reject(problem);
    ready.accept(Optional.of(problem));
  }

  @Override
  public void open(ChatStream.Reader opened) {
    reader = opened;
    for (ChatEvent event = buffered.poll(); event != null; event = buffered.poll()) {
      pass(event, opened);
    }
    opened.onBatchEnd();
    if (!over) {
      source.resume();
    }
  }

  private void pass(ChatEvent event, ChatStream.Reader to) {
    over = event instanceof ChatEvent.Ended || event instanceof ChatEvent.Failed;
    to.onEvent(event);
    if (event instanceof ChatEvent.Failed) {
      source.cancel();
    }
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
    over = true;
    source.cancel();
  }
}
