package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.embedding.EmbeddingChecks;
import dev.serai.adapters.dialects.embedding.EmbeddingCodec;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.openaiapi.RequestHeaders;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingRequest.Input;
import dev.serai.core.request.EmbeddingResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Translates embeddings for providers that speak OpenAI's dialect. For a client of the same dialect
 * the response is forwarded unchanged if it has an embedding for each input, with one exception: if
 * the client asked for base64 and the provider returned numbers, as many do, these are converted,
 * since OpenAI's own clients ask for base64 by default and read nothing else. The same holds the
 * other way round. Thread-safe.
 */
final class OpenAiEmbeddings implements EmbeddingDialect {
  private static final String PATH = "/embeddings";
  private static final byte[] DATA = ascii("data");
  private static final byte[] EMBEDDING = ascii("embedding");
  private static final byte[] INDEX = ascii("index");
  private static final byte[] MODEL = ascii("model");
  private static final byte[] FLOAT = ascii("\"float\"");

  private final OpenAiRelay relay = new OpenAiRelay();

  @Override
  public ProviderRequest writeRequest(EmbeddingRequest request, Destination destination) {
    DroppedFields dropped = new DroppedFields();
    byte[] body =
        request instanceof OpenAiEmbeddingRequest own
            ? spliced(own, destination)
            : rendered(request, destination, dropped);
    return ProviderRequest.post(
            OpenAiDialect.path(destination, PATH),
            RequestHeaders.of(destination, false),
            body,
            ReplyKind.WHOLE)
        .dropping(dropped.names());
  }

  private static byte[] spliced(OpenAiEmbeddingRequest request, Destination destination) {
    JsonMembers members = request.members();
    JsonSplice splice = new JsonSplice(members.bytes());
    boolean noBase64 = request.wantsBase64() && Quirk.NO_BASE64.of(destination);
    for (int i = 0; i < members.size(); i++) {
      String name = members.name(i);
      if (name.equals("model") && !destination.model().equals(request.model())) {
        splice.replace(
            members.valueStart(i), members.valueEnd(i), JsonWriter.quoted(destination.model()));
      } else if (noBase64 && name.equals("encoding_format")) {
        splice.replace(members.valueStart(i), members.valueEnd(i), FLOAT);
      }
    }
    return splice.apply();
  }

  private static byte[] rendered(
      EmbeddingRequest request, Destination destination, DroppedFields dropped) {
    JsonWriter out = new JsonWriter(request.bytes().length + 256);
    out.beginObject().member("model", destination.model()).name("input").beginArray();
    for (Input input : request.inputs()) {
      switch (input) {
        case EmbeddingRequest.Text(String text) -> out.value(text);
        case EmbeddingRequest.Tokens(List<Integer> numbers) -> {
          out.beginArray();
          numbers.forEach(out::value);
          out.endArray();
        }
      }
    }
    out.endArray();
    request.dimensions().ifPresent(length -> out.member("dimensions", length));
    dropped.addAll(request.unknown());
    return out.endObject().bytes();
  }

  @Override
  public EmbeddingReply readReply(byte[] body, EmbeddingRequest request, Destination destination) {
    try {
      Scan scan = new Scan(body);
      boolean own = request instanceof OpenAiEmbeddingRequest;
      boolean base64 = request instanceof OpenAiEmbeddingRequest asked && asked.wantsBase64();
      scan.all(!own, base64);
      if (!scan.data) {
        throw ErrorReader.insteadOf("a response without embeddings", destination, body);
      }
      if (request instanceof OpenAiEmbeddingRequest asked) {
        scan.requireAll(asked.inputCount(), destination);
        return new EmbeddingReply.Relayed(scan.splice.apply());
      }
      String model = scan.model.isEmpty() ? destination.model() : scan.model;
      return new EmbeddingReply.Complete(
          new EmbeddingResponse(model, scan.inOrder(request.inputs().size(), destination)));
    } catch (MalformedInput e) {
      throw MalformedResponse.at(destination, e);
    }
  }

  @Override
  public Optional<Usage> readUsage(byte[] body) {
    return relay.readUsage(body);
  }

  /** Scans a response once, and collects its embeddings or converts them to base64 in place. */
  private static final class Scan {
    private final byte[] body;
    private final JsonCursor cursor;
    private final JsonSplice splice;
    private final Map<Long, float[]> embeddings = new TreeMap<>();
    private String model = "";
    private int count;
    private boolean data;

    Scan(byte[] body) {
      this.body = body;
      this.cursor = new JsonCursor().over(body, 0, body.length);
      this.splice = new JsonSplice(body);
    }

    void all(boolean keep, boolean base64) {
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(DATA) && cursor.peek() == '[') {
          data = true;
          cursor.enterArray();
          while (cursor.nextElement()) {
            one(keep, base64);
          }
        } else if (cursor.nameIs(MODEL) && cursor.peek() == '"') {
          model = cursor.text();
        } else {
          cursor.skip();
        }
      }
      cursor.finish();
    }

    /** The embeddings of the inputs, in the order of their indexes. */
    List<float[]> inOrder(int inputs, Destination destination) {
      long wanted = 0;
      for (long index : embeddings.keySet()) {
        wanted += index == wanted ? 1 : 0;
      }
      if (wanted != inputs || count != inputs) {
        throw EmbeddingChecks.miscounted(destination);
      }
      return List.copyOf(embeddings.values());
    }

    private void one(boolean keep, boolean base64) {
      long index = count++;
      float @Nullable [] found = null;
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(INDEX)) {
          boolean negative = cursor.peek() == '-';
          long given = cursor.count();
          index = given < 0 && !negative ? index : given;
        } else if (!cursor.nameIs(EMBEDDING)) {
          cursor.skip();
        } else if (cursor.peek() == '[' && (keep || base64)) {
          found = embedding(keep);
        } else if (cursor.peek() == '"' && !base64) {
          found = encoded(keep);
        } else {
          cursor.skip();
        }
      }
      if (found != null && keep) {
        embeddings.putIfAbsent(index, found);
      }
    }

    /** One reply for each input; the client reads them by their places or their indexes. */
    void requireAll(int inputs, Destination destination) {
      if (count != inputs) {
        throw EmbeddingChecks.miscounted(destination);
      }
    }

    /** Base64 that was not asked for. */
    private float[] encoded(boolean keep) {
      int from = cursor.offset();
      float[] embedding = EmbeddingCodec.read(cursor.text(), from);
      if (!keep) {
        splice.replace(from, cursor.offset(), ascii(EmbeddingCodec.json(embedding)));
      }
      return embedding;
    }

    private float[] embedding(boolean keep) {
      int from = cursor.offset();
      float[] embedding = EmbeddingCodec.read(body, cursor);
      if (!keep) {
        splice.replace(from, cursor.offset(), JsonWriter.quoted(EmbeddingCodec.base64(embedding)));
      }
      return embedding;
    }
  }
}
