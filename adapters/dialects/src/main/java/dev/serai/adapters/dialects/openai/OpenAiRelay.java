package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.RelayDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import java.util.List;
import java.util.Optional;

/**
 * Hands on what is not translated. Which of the providers has pictures, sound or files is theirs to
 * say: one that has not answers 404. They take their time for it, so only the deadline of the whole
 * answer holds. Thread-safe.
 */
final class OpenAiRelay implements RelayDialect {
  @Override
  public boolean supports(Operation operation) {
    return switch (operation) {
      case CHAT, EMBEDDINGS -> false;
      case IMAGES, AUDIO, MODERATIONS, RERANK, FILES, BATCHES -> true;
    };
  }

  @Override
  public ProviderRequest writeRequest(RelayRequest request, Destination destination) {
    return new ProviderRequest(
        request.method(),
        OpenAiDialect.path(destination, request.path()),
        OpenAiDialect.withKey(request.headers(), destination),
        request.bytesFor(destination.model()),
        request.streaming(),
        List.of(),
        true);
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
        if (cursor.nameIs(TokenCounts.USAGE)) {
          usage = TokenCounts.read(cursor);
        } else {
          cursor.skip();
        }
      }
      return usage;
    } catch (MalformedInput e) {
      // Not every answer is JSON: subtitles, for one.
      return Optional.empty();
    }
  }

  @Override
  public Meter meter() {
    return new UsageMeter();
  }
}
