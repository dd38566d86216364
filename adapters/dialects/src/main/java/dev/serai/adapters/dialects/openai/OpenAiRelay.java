package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.RequestHeaders;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.RealtimeMeter;
import dev.serai.core.dialect.RelayDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import java.util.Optional;

/**
 * Forwards requests other than chat: images, audio, moderations, rerank, files, batches, realtime
 * sessions. Whether a provider has them is not known here: one that does not replies 404. They may
 * take long before the first byte, so only the deadline of the whole reply applies. Thread-safe.
 */
final class OpenAiRelay implements RelayDialect {
  @Override
  public boolean supports(Operation operation) {
    return switch (operation) {
      case CHAT, SHADOW, EMBEDDINGS -> false;
      case IMAGES, AUDIO, MODERATIONS, RERANK, FILES, BATCHES, REALTIME -> true;
    };
  }

  @Override
  public ProviderRequest writeRequest(RelayRequest request, Destination destination) {
    if (request.operation() == Operation.REALTIME) {
      return ProviderRequest.webSocket(
          OpenAiDialect.realtimePath(destination, request.path()),
          RequestHeaders.withKey(request.headers(), destination));
    }
    return ProviderRequest.post(
            OpenAiDialect.path(destination, request.path()),
            RequestHeaders.withKey(request.headers(), destination),
            request.bytesFor(destination.model()),
            ReplyKind.streaming(request.streaming()))
        .withMethod(request.method())
        .slowly()
        .sending(request.uploadFor(destination.model()));
  }

  @Override
  public Optional<Usage> readUsage(byte[] body) {
    try {
      JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
      if (cursor.peek() != '{') {
        return Optional.empty();
      }
      Optional<Usage> usage = Optional.empty();
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(RelayUsageReader.USAGE)) {
          usage = RelayUsageReader.read(cursor);
        } else {
          cursor.skip();
        }
      }
      return usage;
    } catch (MalformedInput e) {
      // Not every reply is JSON: subtitles are not.
      return Optional.empty();
    }
  }

  @Override
  public RealtimeMeter realtimeMeter() {
    return new OpenAiRealtimeMeter();
  }

  @Override
  public Meter meter() {
    return new UsageScanner();
  }
}
