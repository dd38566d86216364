package dev.serai.adapters.dialects.ask;

import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.ExplainingSurface;
import java.util.function.Supplier;

/**
 * {@code POST /v1/ask}: always a stream of lines of JSON, errors as {@code
 * {"error":code,"detail":text}} with codes of its own. Thread-safe.
 */
public final class AskSurface implements ExplainingSurface {
  private static final String PATH = "/v1/ask";

  private final Supplier<Rules> rules;

  /**
   * What the settings say.
   *
   * @param model for requests that name none
   * @param maxPromptChars the longest prompt, in characters
   */
  public record Rules(String model, int maxPromptChars) {}

  /**
   * @param rules asked for each request
   */
  public AskSurface(Supplier<Rules> rules) {
    this.rules = rules;
  }

  @Override
  public String dialect() {
    return AskRequest.DIALECT;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  /**
   * Reads a request.
   *
   * @throws GatewayProblem 400 if it is not a JSON object, 413 if the prompt is too long, 422 if a
   *     member is wrong
   */
  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.read(inbound.body(), rules.get());
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return PromptBody.changed(body, request -> request.model(prompt).asText("prompt", prompt));
  }

  @Override
  public int status(GatewayProblem problem) {
    return ProblemCode.of(problem).status();
  }

  /** At most 1 KB: a long message is truncated. */
  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    String code = ProblemCode.of(problem).code();
    return ErrorBody.of(
        problem.message(),
        message ->
            new JsonWriter(256)
                .beginObject()
                .member("error", code)
                .member("detail", message)
                .endObject()
                .bytes());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    throw new IllegalStateException("a response is always streamed");
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    throw new IllegalStateException("a response says how its model was chosen");
  }

  @Override
  public ChatEventWriter streamWriter(CallFacts facts) {
    return new StreamWriter(facts);
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return "application/x-ndjson";
  }
}
