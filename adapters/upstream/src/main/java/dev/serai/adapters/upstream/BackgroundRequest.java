package dev.serai.adapters.upstream;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A request of the gateway's own, which no client waits for, for example to list a provider's
 * models. It runs on an event loop of the gateway's own, and the circuit breaker does not count it.
 * The future completes on that loop.
 */
final class BackgroundRequest extends CompletableFuture<Reply> implements UpstreamCall.Receiver {
  private BackgroundRequest() {}

  static CompletableFuture<Reply> send(Upstream upstream, ProviderRequest request) {
    RequestEncoder.requireClean(request.path());
    BackgroundRequest pending = new BackgroundRequest();
    EventLoop loop = upstream.network().ownLoop();
    LoopPool pool = upstream.pool(loop);
    UpstreamCall call = new UpstreamCall(pool, request, pending, Hold.NONE);
    try {
      loop.execute(() -> pool.submit(call));
    } catch (RejectedExecutionException _) {
      pending.onFailure(UpstreamProblems.poolExhausted(upstream.name()));
    }
    return pending;
  }

  @Override
  public boolean isCancelled() {
    return isDone();
  }

  @Override
  public void keep(Hold bytes) {
    whenComplete((_, _) -> bytes.release());
  }

  @Override
  public void onReply(Reply reply) {
    boolean tooLate = !complete(reply);
    if (tooLate && reply instanceof Reply.Streaming begun) {
      begun.stream().cancel();
    }
  }

  @Override
  public void onFailure(GatewayProblem problem) {
    completeExceptionally(problem);
  }
}
