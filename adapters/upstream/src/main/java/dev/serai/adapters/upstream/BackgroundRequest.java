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
final class BackgroundRequest extends CompletableFuture<Reply> implements UpstreamCall.Receiver {
  private BackgroundRequest() {}

  /** Sends it. */
  static CompletableFuture<Reply> send(Upstream upstream, ProviderRequest request) {
    RequestEncoder.requireClean(request.path());
    BackgroundRequest background = new BackgroundRequest();
    EventLoop loop = upstream.network().ownLoop();
    LoopPool pool = upstream.pool(loop);
    UpstreamCall call = new UpstreamCall(pool, request, background, CircuitBreaker.REFUSED);
    try {
      loop.execute(() -> pool.submit(call));
    } catch (RejectedExecutionException _) {
      background.onFailure(UpstreamProblems.poolExhausted(upstream.name()));
    }
    return background;
  }

  @Override
  public boolean isCancelled() {
    return isDone();
  }

  @Override
  public void onReply(Reply reply) {
    complete(reply);
  }

  @Override
  public void onFailure(GatewayProblem problem) {
    completeExceptionally(problem);
  }
}
