package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openaiapi.ErrorWriter;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.translation.LimitFields;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.rate.RateReading;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * OpenAI's chat completions API. Unknown members pass through; errors are {@code
 * {"error":{message,type,param,code}}}. Thread-safe.
 */
public final class OpenAiSurface implements Surface {
  private final InstantSource clock;

  /**
   * @param clock sets {@code created} where a provider does not
   */
  public OpenAiSurface(InstantSource clock) {
    this.clock = clock;
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
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.read(inbound.body());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    return ResponseWriter.write(response, nowSeconds());
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return ErrorWriter.write(problem);
  }

  @Override
  public boolean canWriteImage(ChatRequest request, ImagePart image) {
    return true;
  }

  @Override
  public void addLimits(HeaderFields fields, List<RateReading> limits, Instant now) {
    LimitFields.add(fields, limits);
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new StreamWriter(request.wantsUsage(), nowSeconds());
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public byte[] keepAlive(ChatRequest request) {
    return ServerSentEvents.comment();
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }
}
