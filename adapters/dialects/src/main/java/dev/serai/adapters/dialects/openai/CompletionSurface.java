package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openaiapi.ApiSurface;
import dev.serai.adapters.dialects.request.DefaultMembers;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.request.ChatRequest;
import java.time.InstantSource;
import java.util.List;

/** OpenAI's older completions API: {@code POST /v1/completions}. Thread-safe. */
public final class CompletionSurface extends ApiSurface {
  private static final DefaultMembers DEFAULTS =
      new DefaultMembers(
          List.of(),
          List.of("temperature"),
          List.of("top_p"),
          List.of("max_tokens"),
          List.of("seed"));

  /**
   * @param clock sets {@code created} where a provider does not
   */
  public CompletionSurface(InstantSource clock) {
    super(clock);
  }

  @Override
  public String dialect() {
    return CompletionRequest.DIALECT;
  }

  @Override
  public boolean owns(String path) {
    return path.equals("/v1/completions");
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return DEFAULTS.added(body, defaults);
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return PromptBody.changed(body, request -> request.model(prompt).asText("prompt", prompt));
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.readCompletion(inbound.body());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    return CompletionWriter.writeResponse(response, nowSeconds());
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new CompletionWriter(request.wantsUsage(), nowSeconds());
  }
}
