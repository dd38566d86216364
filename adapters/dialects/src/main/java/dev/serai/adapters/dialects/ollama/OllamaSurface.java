package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.ollama.OllamaRequest.Form;
import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.adapters.dialects.request.DefaultMembers;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Ollama's API for clients (docs.ollama.com/api): messages or a prompt, a stream of lines unless
 * {@code stream} is false, errors as {@code {"error":"..."}}. Thread-safe.
 */
public final class OllamaSurface implements Surface {
  private static final DefaultMembers DEFAULTS =
      new DefaultMembers(
          List.of("options"),
          List.of("temperature"),
          List.of("top_p"),
          List.of("num_predict"),
          List.of("seed"));

  private static final Set<String> OTHER_PATHS =
      Set.of(
          "/api/tags",
          "/api/show",
          "/api/ps",
          "/api/version",
          "/api/embed",
          "/api/embeddings",
          "/api/pull",
          "/api/push",
          "/api/create",
          "/api/copy",
          "/api/delete");

  private final Form form;
  private final InstantSource clock;

  private OllamaSurface(Form form, InstantSource clock) {
    this.form = form;
    this.clock = clock;
  }

  /** {@code /api/chat}, and the errors of all of Ollama's paths but {@code /api/generate}. */
  public static OllamaSurface chat(InstantSource clock) {
    return new OllamaSurface(Form.CHAT, clock);
  }

  /** {@code /api/generate}. */
  public static OllamaSurface generate(InstantSource clock) {
    return new OllamaSurface(Form.GENERATE, clock);
  }

  @Override
  public String dialect() {
    return OllamaDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(form.path()) || (form == Form.CHAT && OTHER_PATHS.contains(path));
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return DEFAULTS.added(body, defaults);
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return OllamaRequest.read(inbound.body(), form, clock.instant());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    throw new IllegalStateException("a response names the model of its request");
  }

  @Override
  public byte[] writeResponse(ChatRequest request, ChatResponse response) {
    return new ResponseWriter(own(request), clock).write(response);
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return problemText(problem);
  }

  /** At most 1 KB: a long message is truncated. */
  static byte[] problemText(GatewayProblem problem) {
    return ErrorBody.of(
        problem.message(),
        message -> new JsonWriter(256).beginObject().member("error", message).endObject().bytes());
  }

  /** Images are sent next to the text, as base64. */
  @Override
  public boolean canWriteImage(ChatRequest request, ImagePart picture) {
    return form == Form.CHAT && picture.source() instanceof InlineSource;
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new StreamWriter(own(request), clock);
  }

  private static OllamaRequest own(ChatRequest request) {
    if (request instanceof OllamaRequest own) {
      return own;
    }
    throw new IllegalStateException("not a request of this surface");
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return "application/x-ndjson";
  }
}
