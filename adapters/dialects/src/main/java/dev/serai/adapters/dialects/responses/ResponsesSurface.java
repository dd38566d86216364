package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.openaiapi.ApiSurface;
import dev.serai.adapters.dialects.request.DefaultMembers;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponseReader;
import dev.serai.core.responses.StoredResponses;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * OpenAI's Responses API (platform.openai.com/docs, Responses). A response repeats the request's
 * parameters; a stream consists of numbered events and ends without {@code [DONE]}. Thread-safe.
 */
public final class ResponsesSurface extends ApiSurface {
  private static final DefaultMembers DEFAULTS =
      new DefaultMembers(
          List.of(),
          List.of("temperature"),
          List.of("top_p"),
          List.of("max_output_tokens"),
          List.of());

  private static final String PATH = "/v1/responses";

  /**
   * @param clock sets {@code created_at} where a provider does not
   */
  public ResponsesSurface(InstantSource clock) {
    super(clock);
  }

  @Override
  public String dialect() {
    return ResponsesDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return DEFAULTS.added(body, defaults);
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return PromptBody.changed(body, request -> put(request.model(prompt), prompt));
  }

  private static byte[] put(PromptBody request, ExpandedPrompt prompt) {
    request
        .get("input")
        .filter(input -> input[0] == '"')
        .ifPresent(text -> request.put("input", ofUser(text)));
    return request.prepend("input", PromptBody.messages(prompt)).bytes();
  }

  /** A text as the only item of an input. */
  private static byte[] ofUser(byte[] text) {
    return new JsonWriter()
        .beginArray()
        .beginObject()
        .member("role", "user")
        .name("content")
        .json(text)
        .endObject()
        .endArray()
        .bytes();
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.read(inbound.body());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    throw new IllegalStateException("a response cannot be written without its request");
  }

  @Override
  public byte[] writeResponse(ChatRequest request, ChatResponse response) {
    ResponsesRequest own = own(request);
    byte[] written = ResponseWriter.write(own, response, nowSeconds());
    own.progress().beginTranslated();
    own.progress().complete(written);
    return written;
  }

  /** An item of an image has its bytes. */
  @Override
  public boolean canWriteImage(ChatRequest request, ImagePart image) {
    return image.source() instanceof InlineSource;
  }

  @Override
  public void recordRelayed(ChatRequest request, byte[] response) {
    own(request).progress().complete(response);
  }

  /** As {@link dev.serai.core.responses.StoredResponseReader} wants it. */
  public static Optional<StoredResponse> readStored(
      StoredResponseReader.SavedForm written, StoredResponses before) {
    try {
      ResponsesRequest request = RequestReader.read(written.request());
      request.load(before);
      return StoredResponseBytes.of(request, written.response(), written.provider())
          .map(StoredResponse.class::cast);
    } catch (CallerProblem e) {
      return Optional.empty();
    }
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new StreamWriter(own(request), nowSeconds());
  }

  private static ResponsesRequest own(ChatRequest request) {
    if (request instanceof ResponsesRequest own) {
      return own;
    }
    throw new IllegalStateException("not a request of this surface: " + request);
  }
}
