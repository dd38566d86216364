package dev.serai.adapters.upstream;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A request that no caller waits for: on a loop of the gateway's own, and whatever comes of it, the
 * breaker is not told. Told once, on that loop.
 */
final class BackgroundRequest extends CompletableFuture<Reply> implements UpstreamCall.Caller {
  private BackgroundRequest() {}

  /** Sends it. */
  static CompletableFuture<Reply> send(Upstream upstream, ProviderRequest request) {
    RequestEncoder.requireClean(request.path());
    BackgroundRequest aside = new BackgroundRequest();
    EventLoop loop = upstream.network().ownLoop();
    LoopPool lane = upstream.lane(loop);
    UpstreamCall hop = new UpstreamCall(lane, request, aside, CircuitBreaker.REFUSED);
    try {
      loop.execute(() -> lane.submit(hop));
    } catch (RejectedExecutionException _) {
      aside.failed(UpstreamProblems.poolExhausted(upstream.name()));
    }
    return aside;
  }

  @Override
  public boolean gone() {
    return isDone();
  }

  @Override
  public void answered(Reply reply) {
    complete(reply);
  }

  @Override
  public void failed(GatewayProblem problem) {
    completeExceptionally(problem);
  }
}
