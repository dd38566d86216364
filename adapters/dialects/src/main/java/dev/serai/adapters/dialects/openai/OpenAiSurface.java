package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openaiapi.ApiSurface;
import dev.serai.adapters.dialects.request.DefaultMembers;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.request.ChatRequest;
import java.time.InstantSource;
import java.util.List;

/**
 * OpenAI's chat completions API. Unknown members pass through; errors are {@code
 * {"error":{message,type,param,code}}}. Thread-safe.
 */
public final class OpenAiSurface extends ApiSurface {
  private static final DefaultMembers DEFAULTS =
      new DefaultMembers(
          List.of(),
          List.of("temperature"),
          List.of("top_p"),
          List.of("max_completion_tokens", "max_tokens"),
          List.of("seed"));

  /**
   * @param clock sets {@code created} where a provider does not
   */
  public OpenAiSurface(InstantSource clock) {
    super(clock);
  }

  @Override
  public String dialect() {
    return OpenAiDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.startsWith("/v1/");
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return DEFAULTS.added(body, defaults);
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return PromptBody.changed(
        body,
        request -> request.prepend("messages", PromptBody.messages(prompt)).model(prompt).bytes());
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.read(inbound.body());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    return new ResponseWriter(ClientTools.unknown()).write(response, nowSeconds());
  }

  @Override
  public byte[] writeResponse(ChatRequest request, ChatResponse response) {
    return new ResponseWriter(ClientTools.of(request)).write(response, nowSeconds());
  }

  @Override
  public boolean canWriteImage(ChatRequest request, ImagePart image) {
    return true;
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new StreamWriter(request.wantsUsage(), ClientTools.of(request), nowSeconds());
  }
}
