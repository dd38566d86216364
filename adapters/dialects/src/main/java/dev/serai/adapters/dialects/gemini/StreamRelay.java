package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.FramedRelay;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.function.Consumer;

/** Forwards a stream unchanged to a caller who reads server-sent events. */
final class StreamRelay extends FramedRelay<SseSplitter> {
  private final Destination destination;
  private final StreamProgress progress;
  private boolean named;

  StreamRelay(Destination destination) {
    super(new SseSplitter());
    this.destination = destination;
    this.progress = new StreamProgress(destination);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    FrameScanner response = progress.scan(data, from, to);
    response.usage().ifPresent(this::sawUsage);
    if (response.carriesToken()) {
      sawToken();
    }
    if (!named && !response.model().isEmpty()) {
      named = true;
      emit(new ChatEvent.Started("", response.model(), 0), events);
    }
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    progress.end(frames(), events);
    finish(events);
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return ProviderProblems.malformed(destination, "an event that cannot be read");
  }
}
