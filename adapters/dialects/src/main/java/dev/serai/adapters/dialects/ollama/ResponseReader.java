package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import java.util.List;
import java.util.Optional;

/** Reads a non-streaming response into core types. It has the form of one chunk. */
final class ResponseReader {
  private ResponseReader() {}

  /**
   * Reads a response.
   *
   * @param details the details of the text that the client can receive
   */
  static ChatResponse read(byte[] body, DetailSupport details, Destination destination) {
    FrameScanner chunk = chunk(body, destination);
    DroppedFields dropped = new DroppedFields();
    ResponseMembers.read(details).report(body, 0, body.length, dropped::add);
    List<Part> parts = Parts.of(chunk.thinking(), chunk.content(), chunk.calls());
    parts.addAll(chunk.images());
    Choice choice =
        new Choice(
            0,
            parts,
            Optional.empty(),
            chunk.finish(),
            details.hasLogprobs() ? chunk.details() : TextDetails.NONE);
    String model = chunk.model().isEmpty() ? destination.model() : chunk.model();
    return new ChatResponse(
        chunk.responseId(),
        model,
        chunk.createdSeconds(),
        List.of(choice),
        chunk.usage(),
        dropped.names());
  }

  /**
   * Reads the only chunk of a response.
   *
   * @throws dev.serai.core.problem.ProviderProblem if it is malformed, incomplete or an error
   */
  static FrameScanner chunk(byte[] body, Destination destination) {
    FrameScanner chunk = new FrameScanner();
    try {
      chunk.read(body, 0, body.length);
    } catch (MalformedInput e) {
      throw ProviderProblems.malformed(destination, "a response that cannot be read");
    }
    ErrorReader.check(chunk, destination);
    if (!chunk.done()) {
      throw ProviderProblems.malformed(destination, "an incomplete response");
    }
    return chunk;
  }
}
