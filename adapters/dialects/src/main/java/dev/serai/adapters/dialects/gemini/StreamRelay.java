package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands a stream on as it came. For a caller who asked for a JSON array the events' data become its
 * elements, byte by byte; the surface closes the array.
 */
final class StreamRelay extends AnswerStream {
  private static final byte[] FIRST = ascii("[");
  private static final byte[] NEXT = ascii("\n,\r\n");

  private final boolean array;
  private String model = "";
  private boolean inArray;
  private boolean named;
  private int runStart;
  private boolean carriesToken;
  private Optional<Usage> untold = Optional.empty();

  /**
   * @param array whether the caller wants an array instead of events
   */
  StreamRelay(Destination destination, boolean array) {
    super(destination);
    this.array = array;
  }

  @Override
  void begun(SseSplitter split) {
    runStart = split.start();
    carriesToken = false;
  }

  @Override
  void event(SseSplitter split, ResponseScanner said, Consumer<ChatEvent> sink) {
    if (said.usage().isPresent()) {
      untold = said.usage();
    }
    model = said.model();
    if (array) {
      element(split, said.carriesToken(), sink);
    } else {
      carriesToken |= said.carriesToken();
    }
  }

  private void element(SseSplitter split, boolean token, Consumer<ChatEvent> sink) {
    byte[] before = inArray ? NEXT : FIRST;
    inArray = true;
    int length = split.dataEnd() - split.dataStart();
    byte[] element = Arrays.copyOf(before, before.length + length);
    System.arraycopy(split.data(), split.dataStart(), element, before.length, length);
    sink.accept(new ChatEvent.Relayed(element, token));
  }

  @Override
  void looked(SseSplitter split, int to, Consumer<ChatEvent> sink) {
    if (!array && to > runStart) {
      byte[] buffer = split.buffer();
      boolean all = runStart == 0 && to == buffer.length;
      byte[] run = all ? buffer : Arrays.copyOfRange(buffer, runStart, to);
      sink.accept(new ChatEvent.Relayed(run, carriesToken));
    }
    runStart = to;
    if (!named && !model.isEmpty()) {
      named = true;
      sink.accept(new ChatEvent.Started("", model, 0));
    }
    untold.ifPresent(usage -> sink.accept(new ChatEvent.UsageReported(usage)));
    untold = Optional.empty();
  }
}
