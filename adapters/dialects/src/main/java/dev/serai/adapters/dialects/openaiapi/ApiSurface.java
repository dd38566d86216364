package dev.serai.adapters.dialects.openaiapi;

import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.rate.RateReading;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What OpenAI's APIs share as surfaces: errors, which are {@code
 * {"error":{message,type,param,code}}}, the fields of limits, and streams of server-sent events.
 * Thread-safe.
 */
public abstract class ApiSurface implements Surface {
  private final InstantSource clock;

  /**
   * @param clock sets the time of a response where a provider does not
   */
  protected ApiSurface(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public final byte[] writeProblem(GatewayProblem problem) {
    return ErrorWriter.write(problem);
  }

  @Override
  public final void addLimits(HeaderFields fields, List<RateReading> limits, Instant now) {
    LimitFields.add(fields, limits);
  }

  @Override
  public final String streamContentType(ChatRequest request) {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public final byte[] keepAlive(ChatRequest request) {
    return ServerSentEvents.comment();
  }

  /** The time of a response, in seconds since 1970. */
  protected final long nowSeconds() {
    return clock.instant().getEpochSecond();
  }
}
