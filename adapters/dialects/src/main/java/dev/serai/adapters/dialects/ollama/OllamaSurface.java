package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.ollama.OllamaRequest.Form;
import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.adapters.dialects.request.DefaultMembers;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.time.InstantSource;
import java.util.List;

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

  private static final String ROOT = "/api";

  /** Serai's own list, with the errors of OpenAI's API. */
  private static final String CHAT_MODELS = "/api/chat/models";

  private final Form form;
  private final InstantSource clock;

  private OllamaSurface(Form form, InstantSource clock) {
    this.form = form;
    this.clock = clock;
  }

  /**
   * {@code /api/chat}, and the errors of all paths below {@code /api} but {@code /api/generate}.
   */
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
    return form == Form.CHAT
        ? isBelowRoot(path) && !path.equals(Form.GENERATE.path()) && !path.equals(CHAT_MODELS)
        : path.equals(form.path());
  }

  private static boolean isBelowRoot(String path) {
    return path.startsWith(ROOT)
        && (path.length() == ROOT.length() || path.charAt(ROOT.length()) == '/');
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return DEFAULTS.added(body, defaults);
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return PromptBody.changed(body, request -> put(request.model(prompt), prompt));
  }

  private byte[] put(PromptBody request, ExpandedPrompt prompt) {
    return form == OllamaRequest.Form.CHAT
        ? request.prepend("messages", PromptBody.messages(prompt)).bytes()
        : PromptPlaces.put(request, prompt);
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
