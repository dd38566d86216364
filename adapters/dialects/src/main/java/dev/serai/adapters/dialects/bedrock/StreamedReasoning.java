package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the state of a block of reasoning, which arrives in pieces: a signature, or redacted
 * data in base64. Not thread-safe.
 */
final class StreamedReasoning {
  private final Destination destination;
  private final StringBuilder signature = new StringBuilder();
  private final ByteArrayOutputStream redacted = new ByteArrayOutputStream(0);

  StreamedReasoning(Destination destination) {
    this.destination = destination;
  }

  /** Adds the pieces of an event. */
  void add(@Nullable String signaturePiece, @Nullable String redactedPiece) {
    if (signaturePiece != null) {
      signature.append(signaturePiece);
    }
    if (redactedPiece != null) {
      redacted.writeBytes(decoded(redactedPiece));
    }
    if (signature.length() + redacted.size() > EventStreamSplitter.MAX_MESSAGE) {
      throw new MalformedInput(0, "a shorter signature");
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedInput(0, "base64");
    }
  }

  /** The block has ended: reports its state, if it has one. */
  void end(Consumer<ChatEvent> sink) {
    if (redacted.size() > 0) {
      report(
          ReasoningSignatures.REDACTED,
          Base64.getEncoder().encodeToString(redacted.toByteArray()),
          sink);
      redacted.reset();
    }
    if (!signature.isEmpty()) {
      report(ReasoningSignatures.SIGNATURE, signature.toString(), sink);
      signature.setLength(0);
    }
  }

  private void report(String kind, String data, Consumer<ChatEvent> sink) {
    sink.accept(
        new ChatEvent.ReasoningState(0, ReasoningSignatures.state(destination, kind, data)));
  }
}
