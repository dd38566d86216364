package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.ByteSearch;
import dev.serai.adapters.dialects.openaiapi.UsageReader;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.SessionMeter;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sums the {@code usage} of the {@code response.done} events of a realtime session.
 *
 * <p>Most events are deltas with kilobytes of audio. The type of an event is at its beginning, so
 * only that much of each is searched for the type, and only events of this type are scanned. Within
 * a JSON string the quotes around the type would be escaped, so text cannot look like it. For one
 * session; not thread-safe.
 */
final class RealtimeMeter implements SessionMeter {
  private static final ByteSearch DONE =
      new ByteSearch("\"response.done\"".getBytes(StandardCharsets.US_ASCII));

  /** Bytes at the beginning of an event in which its type is. */
  private static final int BEGINNING = 512;

  private UsageScanner scanner = newScanner();
  private boolean scanning;
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
      scanning = isDone(frame.payload());
    }
    if (scanning) {
      scanner.read(frame.payload());
      if (frame.last()) {
        scanner.usage().ifPresent(this::add);
        scanner = newScanner();
        scanning = false;
      }
    }
  }

  private static boolean isDone(byte[] event) {
    byte[] beginning = event.length <= BEGINNING ? event : Arrays.copyOf(event, BEGINNING);
    return DONE.in(beginning, 0) >= 0;
  }

  private void add(Usage counted) {
    sum = Optional.of(sum.map(before -> before.plus(counted)).orElse(counted));
  }

  @Override
  public Optional<Usage> usage() {
    return sum;
  }
}
