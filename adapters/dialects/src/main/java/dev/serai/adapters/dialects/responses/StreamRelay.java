package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.responses.FrameScanner.Kind;
import dev.serai.adapters.dialects.stream.FramedRelay;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Forwards a stream unchanged to a client that speaks the same dialect. Records what the gateway
 * needs to store the response, and to end the stream in its grammar if the provider does not.
 */
final class StreamRelay extends FramedRelay<SseSplitter> {
  private final ResponseProgress progress;
  private final ReasoningOrigins origins;
  private final FailedStream failure;
  private final FrameScanner event = new FrameScanner();

  StreamRelay(ResponseProgress progress, Destination destination, ReasoningOrigins origins) {
    super(new SseSplitter(StreamDecoder.MAX_LINE), destination);
    this.failure = new FailedStream(destination);
    this.progress = progress;
    this.origins = origins;
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    event.scan(data, from, to);
    if (event.kind() == Kind.FAILED) {
      failure.take(data, from, to);
      omit(events);
      return;
    }
    if (event.kind() == Kind.LAST) {
      last(data, events);
      return;
    }
    if (event.kind() == Kind.CREATED) {
      ResponseSummary begun =
          ResponseSummary.of(data, event.responseStart(), event.responseEnd(), destination());
      progress.started(begun.id(), begun.model(), begun.createdSeconds());
      emit(new ChatEvent.Started(begun.id(), begun.model(), begun.createdSeconds()), events);
    }
    progress.forwarded(event.number());
    if (event.kind() == Kind.PIECE) {
      sawToken();
    }
  }

  private void last(byte[] data, Consumer<ChatEvent> events) {
    int from = event.responseStart();
    int to = event.responseEnd();
    ResponseSummary response = ResponseSummary.of(data, from, to, destination());
    response.recordOrigins(origins, destination());
    progress.complete(Arrays.copyOfRange(data, from, to));
    sawToken();
    response.usage().ifPresent(this::sawUsage);
    emit(new ChatEvent.Finished(0, response.finish()), events);
    finish(events);
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    failure.end();
    fail(MalformedResponse.truncated(destination()), events);
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return MalformedResponse.of(destination());
  }
}
