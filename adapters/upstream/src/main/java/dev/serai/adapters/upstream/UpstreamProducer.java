package dev.serai.adapters.upstream;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.Hold;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.provider.ProviderProfile;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** Sends the requests of an exchange to one provider. Safe for use by many threads. */
final class UpstreamProducer extends DefaultAsyncProducer {
  /**
   * The value of NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT: saves the dependency on camel-netty.
   */
  private static final String CLIENT = "CamelNettyChannelHandlerContext";

  private final UpstreamRegistry registry;
  private final ProviderProfile profile;
  private final BaseUrl address;
  private volatile @Nullable Upstream upstream;

  UpstreamProducer(
      Endpoint endpoint, UpstreamRegistry registry, ProviderProfile profile, BaseUrl address) {
    super(endpoint);
    this.registry = registry;
    this.profile = profile;
    this.address = address;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Upstream known = upstream;
    if (known == null || !(exchange.getMessage().getBody() instanceof ProviderRequest request)) {
      return refuse(
          exchange,
          callback,
          new IllegalStateException(
              "upstream: needs a ProviderRequest as body, from write-provider-request and"
                  + " mask-request, and a started producer"));
    }
    RequestEncoder.requireClean(request.path());
    Optional<Attempt> attempt = attempt(exchange);
    Optional<GatewayProblem> ended = attempt.flatMap(UpstreamProducer::whyEnded);
    if (ended.isPresent()) {
      return refuse(exchange, callback, ended.get());
    }
    String model = attempt.map(a -> a.candidate().model()).orElse("");
    Optional<Hold> permit =
        known.breakers().admit(model, attempt.map(Attempt::probes).orElse(false));
    return permit.isEmpty()
        ? refuse(exchange, callback, known.breakers().refusal(model))
        : send(
            known,
            request,
            new ExchangeReceiver(exchange, callback, client(exchange), attempt),
            permit.get());
  }

  /** Another attempt may have overtaken this one while it was prepared. */
  private static Optional<GatewayProblem> whyEnded(Attempt attempt) {
    return attempt.endNanos() == 0 ? Optional.empty() : attempt.problem();
  }

  private boolean send(
      Upstream known, ProviderRequest request, ExchangeReceiver receiver, Hold permit) {
    Channel client = receiver.client();
    EventLoop loop = client != null ? client.eventLoop() : registry.network().ownLoop();
    LoopPool pool = known.pool(loop);
    UpstreamCall call = new UpstreamCall(pool, request, receiver, permit);
    receiver.attempt().ifPresent(attempt -> attempt.recordCarrier(call));
    if (loop.inEventLoop()) {
      pool.submit(call);
      return false;
    }
    try {
      loop.execute(() -> pool.submit(call));
      return false;
    } catch (RejectedExecutionException _) {
      permit.release();
      return refuse(
          receiver.exchange(), receiver.callback(), UpstreamProblems.poolExhausted(profile.name()));
    }
  }

  /** The attempt that sends a request; empty for a route without a call. */
  private static Optional<Attempt> attempt(Exchange exchange) {
    Call call = exchange.getProperty(ExchangeProperties.CALL, Call.class);
    return call == null || call.attempts().isEmpty()
        ? Optional.empty()
        : Optional.of(call.current());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    upstream = registry.start(profile, address);
  }

  @Override
  protected void doStop() throws Exception {
    if (upstream != null) {
      upstream = null;
      registry.stop(profile);
    }
    super.doStop();
  }

  private static @Nullable Channel client(Exchange exchange) {
    return exchange.getMessage().getHeader(CLIENT) instanceof ChannelHandlerContext context
        ? context.channel()
        : null;
  }

  private static boolean refuse(Exchange exchange, AsyncCallback callback, RuntimeException why) {
    exchange.setException(why);
    callback.done(true);
    return true;
  }

  /** Gives the outcome to the route. */
  private record ExchangeReceiver(
      Exchange exchange,
      AsyncCallback callback,
      @Nullable Channel client,
      Optional<Attempt> attempt)
      implements UpstreamCall.Receiver {
    @Override
    public boolean isCancelled() {
      return client != null && !client.isActive();
    }

    @Override
    public void keep(Hold bytes) {
      exchange
          .getExchangeExtension()
          .addOnCompletion(
              new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                  bytes.release();
                }
              });
    }

    @Override
    public void onReply(Reply reply) {
      exchange.getMessage().setBody(reply);
      callback.done(false);
    }

    @Override
    public void onFailure(GatewayProblem problem) {
      exchange.setException(problem);
      callback.done(false);
    }
  }
}
