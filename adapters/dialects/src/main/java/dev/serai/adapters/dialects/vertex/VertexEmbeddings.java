package dev.serai.adapters.dialects.vertex;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.embedding.EmbeddingChecks;
import dev.serai.adapters.dialects.embedding.EmbeddingCodec;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.JsonHeaders;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Embeddings on Vertex AI: {@code predict} with one instance for each input ("Text embeddings
 * API"), and {@code embedContent} from gemini-embedding-2 on. Gemini's embedding models take one
 * input in a request. Thread-safe.
 */
final class VertexEmbeddings implements EmbeddingDialect {
  private static final int MAX_INPUTS = 250;
  private static final String GEMINI = "gemini-embedding";

  /** The first Gemini models: the only ones of the family that are called by {@code predict}. */
  private static final List<String> FIRST = List.of("gemini-embedding-0", "gemini-embedding-exp");

  private static final byte[] VALUES = ascii("values");
  private static final List<byte[]> COUNTS =
      List.of(ascii("token_count"), ascii("promptTokenCount"));

  @Override
  public ProviderRequest writeRequest(EmbeddingRequest request, Destination destination) {
    ModelResource model = ModelResource.of(destination.model());
    requireFew(request, destination);
    DroppedFields dropped = new DroppedFields();
    boolean content = embedsContent(destination.model());
    byte[] body =
        content
            ? VertexEmbeddingBody.content(
                request, EmbeddingChecks.text(request.inputs().getFirst(), destination), dropped)
            : VertexEmbeddingBody.instances(request, texts(request, destination), dropped);
    HeaderFields headers = JsonHeaders.withBearer(JsonHeaders.whole(), destination);
    String verb = content ? ":embedContent" : ":predict";
    return ProviderRequest.post(model.path() + verb, headers, body, ReplyKind.WHOLE)
        .dropping(dropped.names());
  }

  private static boolean embedsContent(String model) {
    return model.contains(GEMINI) && FIRST.stream().noneMatch(model::contains);
  }

  private static void requireFew(EmbeddingRequest request, Destination destination) {
    int most = destination.model().contains(GEMINI) ? 1 : MAX_INPUTS;
    if (request.inputs().size() > most) {
      throw CallerProblem.invalid(
          "input",
          "The model '"
              + destination.model()
              + "' takes at most "
              + most
              + (most == 1 ? " input" : " inputs")
              + " at once on Vertex AI.");
    }
  }

  private static List<String> texts(EmbeddingRequest request, Destination destination) {
    return request.inputs().stream()
        .map(input -> EmbeddingChecks.text(input, destination))
        .toList();
  }

  @Override
  public EmbeddingReply readReply(byte[] body, EmbeddingRequest request, Destination destination) {
    Found found = new Found(body);
    try {
      found.read();
    } catch (MalformedInput e) {
      throw EmbeddingChecks.unreadable(destination);
    }
    EmbeddingChecks.requireAll(found.embeddings.size(), request, destination);
    return new EmbeddingReply.Complete(
        new EmbeddingResponse(destination.model(), found.embeddings));
  }

  @Override
  public Optional<Usage> readUsage(byte[] body) {
    Found found = new Found(body);
    try {
      found.read();
    } catch (MalformedInput e) {
      return Optional.empty();
    }
    return found.counts.reported() && found.tokens > 0
        ? Optional.of(Usage.of(found.tokens, 0))
        : Optional.empty();
  }

  /** The embeddings and the token counts of a reply, at any depth: both kinds name them alike. */
  private static final class Found {
    private final byte[] body;
    private final List<float[]> embeddings = new ArrayList<>();
    private final TokenCounts counts = new TokenCounts();
    private long tokens;

    Found(byte[] body) {
      this.body = body;
    }

    void read() {
      JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
      value(cursor);
      cursor.finish();
    }

    private void value(JsonCursor cursor) {
      switch (cursor.peek()) {
        case '{' -> object(cursor);
        case '[' -> {
          cursor.enterArray();
          while (cursor.nextElement()) {
            value(cursor);
          }
        }
        default -> cursor.skip();
      }
    }

    private void object(JsonCursor cursor) {
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(VALUES) && cursor.peek() == '[') {
          embeddings.add(EmbeddingCodec.read(body, cursor));
        } else if (COUNTS.stream().anyMatch(cursor::nameIs)) {
          tokens += counts.take(cursor, 0);
        } else {
          value(cursor);
        }
      }
    }
  }
}
