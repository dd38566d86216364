package dev.serai.adapters.dialects.stream;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.Surface.ChatEventWriter;

/**
 * Writes the events of a stream in the dialect of a client, and forwards bytes that are in this
 * dialect already. After such bytes only a failure is written: other events repeat what was
 * forwarded. For one stream; not thread-safe.
 */
public abstract class RelayingEventWriter implements ChatEventWriter {
  /** What an event without a form in the dialect becomes. */
  protected static final byte[] NOTHING = new byte[0];

  private boolean relayed;

  @Override
  public final byte[] write(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Relayed bytes -> {
        relayed = true;
        yield bytes.bytes();
      }
      case ChatEvent.Failed failed -> failure(failed.problem());
      case ChatEvent other -> relayed ? afterRelay(other) : translated(other);
    };
  }

  /** Whether bytes were forwarded. */
  protected final boolean isRelayed() {
    return relayed;
  }

  /** The bytes for an event of a stream that is translated. */
  protected abstract byte[] translated(ChatEvent event);

  /** The bytes for a failure, which are the last of a stream of either kind. */
  protected abstract byte[] failure(GatewayProblem problem);

  /** What an event adds to a stream that is forwarded. */
  protected byte[] afterRelay(ChatEvent event) {
    return NOTHING;
  }
}
