package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.function.Consumer;

/** Reads a stream into chat events: one chunk a line, the last one {@code done}. */
final class StreamDecoder extends FramedReader<LineSplitter> {
  private final FrameScanner chunk = new FrameScanner();
  private final ToolCallEmitter calls = new ToolCallEmitter(0);
  private final DroppedFields dropped = new DroppedFields();
  private final DetailSupport details;
  private boolean started;

  /**
   * @param details the details of the text that the client can receive
   */
  StreamDecoder(Destination destination, DetailSupport details) {
    super(new LineSplitter(), destination);
    this.details = details;
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    throw incomplete();
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return ErrorReader.malformedLine(destination(), isAtEnd());
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    chunk.read(data, from, to);
    ErrorReader.check(chunk, destination());
    if (!started) {
      started = true;
      String model = chunk.model().isEmpty() ? destination().model() : chunk.model();
      events.accept(new ChatEvent.Started(chunk.responseId(), model, chunk.createdSeconds()));
    }
    ResponseMembers.read(details).report(data, from, to, name -> dropped.add(name, events));
    if (!chunk.thinking().isEmpty()) {
      events.accept(new ChatEvent.ReasoningDelta(0, chunk.thinking()));
    }
    TextDetails logprobs = details.hasLogprobs() ? chunk.details() : TextDetails.NONE;
    if (!logprobs.isEmpty()) {
      events.accept(new ChatEvent.TextDetailed(0, logprobs));
    }
    if (!chunk.content().isEmpty()) {
      events.accept(new ChatEvent.TextDelta(0, chunk.content()));
    }
    for (ImagePart image : chunk.images()) {
      events.accept(new ChatEvent.ImageGenerated(0, image));
    }
    for (ToolCall call : chunk.calls()) {
      calls.begin(call, events).complete(events);
    }
    if (chunk.done()) {
      chunk.usage().ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
      events.accept(new ChatEvent.Finished(0, chunk.finish()));
      finish(events);
    }
  }
}
