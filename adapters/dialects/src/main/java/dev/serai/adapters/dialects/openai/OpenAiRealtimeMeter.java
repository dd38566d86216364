package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openai.relay.RealtimeEventType;
import dev.serai.adapters.dialects.openaiapi.UsageReader;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.RealtimeMeter;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Sums the {@code usage} of the {@code response.done} events of a realtime session.
 *
 * <p>Most events are deltas with kilobytes of audio: only the beginning of each is searched for the
 * type, and only events of this type are scanned, in however many fragments they come. For one
 * realtime session; not thread-safe.
 */
final class OpenAiRealtimeMeter implements RealtimeMeter {
  private static final RealtimeEventType DONE = new RealtimeEventType("response.done");

  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(0);
  private UsageScanner scanner = newScanner();
  private boolean scanning;
  private boolean undecided;
  private Optional<Usage> sum = Optional.empty();

  private static UsageScanner newScanner() {
    return new UsageScanner(cursor -> UsageReader.read(cursor, UsageReader.Names.REALTIME));
  }

  @Override
  public void read(Frame frame) {
    if (frame.kind().isControl()) {
      return;
    }
    if (frame.kind() != Kind.CONTINUATION) {
      begin(frame);
    } else if (undecided) {
      decide(frame);
    }
    if (scanning || undecided) {
      scanner.read(frame.payload());
    }
    if (frame.last() && scanning) {
      scanner.usage().ifPresent(this::add);
    }
  }

  private void begin(Frame first) {
    scanning = DONE.isOf(first.payload());
    undecided = false;
    scanner = scanning ? newScanner() : scanner;
    if (!scanning && !first.last() && first.payload().length < RealtimeSurface.TYPE_WITHIN) {
      undecided = true;
      scanner = newScanner();
      beginning.reset();
      beginning.writeBytes(first.payload());
    }
  }

  /** The type may have been cut between fragments. */
  private void decide(Frame next) {
    int more = Math.min(next.payload().length, RealtimeSurface.TYPE_WITHIN - beginning.size());
    beginning.write(next.payload(), 0, more);
    scanning = DONE.isOf(beginning.toByteArray());
    undecided = !scanning && beginning.size() < RealtimeSurface.TYPE_WITHIN;
  }

  private void add(Usage counted) {
    sum = Optional.of(sum.map(before -> before.plus(counted)).orElse(counted));
  }

  @Override
  public Optional<Usage> usage() {
    return sum;
  }
}
