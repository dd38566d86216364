package dev.serai.adapters.upstream;

import dev.serai.core.limit.Hold;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.net.ProxyUrl;
import dev.serai.core.problem.ProviderProblem;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens one connection to a provider: resolves the name, tries the addresses one after the other,
 * opens a tunnel through the proxy if there is one, and does the TLS handshake. ALPN chooses
 * between HTTP/1.1 and HTTP/2.
 *
 * <p>It ends in exactly one call to its pool: {@code connected} or {@code connectFailed}. The call
 * that it works for aborts it when the connect deadline passes. No byte of a request is written
 * before the connection is open, so a failure here is always safe to retry.
 *
 * <p>Confined to the event loop of its pool.
 */
final class Connector implements Transport {
  private static final int MAX_ADDRESSES = 4;

  private final LoopPool pool;
  private final UpstreamCall call;
  private final Hold permit;
  private final Upstream upstream;
  private final Deque<InetSocketAddress> addresses = new ArrayDeque<>();
  private @Nullable Channel channel;
  private @Nullable Throwable failure;
  private boolean done;

  /** With more than one address, each may take half of the connect deadline. */
  private int timeDivisor = 1;

  /**
   * @param permit for the connection; released if it cannot be opened
   */
  Connector(LoopPool pool, UpstreamCall call, Hold permit) {
    this.pool = pool;
    this.call = call;
    this.permit = permit;
    this.upstream = pool.upstream();
  }

  void start() {
    BaseUrl provider = upstream.address();
    InetSocketAddress peer =
        upstream
            .proxy()
            .map(p -> InetSocketAddress.createUnresolved(p.host(), p.port()))
            .orElseGet(() -> InetSocketAddress.createUnresolved(provider.host(), provider.port()));
    Future<List<InetSocketAddress>> lookup =
        upstream.network().resolver(pool.loop()).resolveAll(peer);
    if (lookup.isDone()) {
      resolved(lookup);
    } else {
      lookup.addListener((Future<List<InetSocketAddress>> f) -> resolved(f));
    }
  }

  @Override
  public void setReading(boolean on) {
    // There is nothing to read yet.
  }

  @Override
  public void abort() {
    if (channel != null) {
      channel.close();
    }
    failed(new ClosedChannelException());
  }

  private void resolved(Future<List<InetSocketAddress>> lookup) {
    if (done) {
      return;
    }
    List<InetSocketAddress> found =
        lookup.isSuccess() ? lookup.getNow() : upstream.addressesDespite(lookup.cause());
    if (found.isEmpty()) {
      failed(lookup.isSuccess() ? new ClosedChannelException() : lookup.cause());
      return;
    }
    upstream.resolvedTo(found);
    found.stream().limit(MAX_ADDRESSES).forEach(addresses::add);
    timeDivisor = addresses.size() > 1 ? 2 : 1;
    connectNext();
  }

  private void connectNext() {
    InetSocketAddress address = addresses.poll();
    if (done || address == null) {
      failed(new ClosedChannelException());
      return;
    }
    ChannelFuture connecting = connect(address);
    if (connecting.isDone() && !connecting.channel().isRegistered()) {
      // Its listeners would run on another thread, and it cannot be closed: there is only a cause.
      end(UpstreamProblems.noSocket(upstream.name(), FailureDetail.of(connecting.cause())));
      return;
    }
    channel = connecting.channel();
    connecting.addListener(f -> settled(connecting));
  }

  private ChannelFuture connect(InetSocketAddress address) {
    return new Bootstrap()
        .group(pool.loop())
        .channelFactory(() -> NetworkResources.newSocket(pool.loop()))
        .resolver(NoopAddressResolverGroup.INSTANCE)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.max(1, connectMillis() / timeDivisor))
        .handler(prepare(address))
        .connect(tunnelled() ? unresolvedProvider() : address);
  }

  private void settled(ChannelFuture connecting) {
    if (!connecting.isSuccess()) {
      note(connecting.cause());
      connectNext();
    } else if (done) {
      connecting.channel().close();
    } else if (!upstream.address().tls()) {
      awaitTunnel(connecting.channel());
    }
  }

  private void awaitTunnel(Channel opened) {
    HttpProxyHandler tunnel = opened.pipeline().get(HttpProxyHandler.class);
    if (tunnel == null) {
      onOpen(opened, ApplicationProtocolNames.HTTP_1_1);
      return;
    }
    tunnel
        .connectFuture()
        .addListener(
            f -> {
              if (f.isSuccess()) {
                opened.pipeline().remove(TunnelFailure.class);
                onOpen(opened, ApplicationProtocolNames.HTTP_1_1);
              }
            });
  }

  /** The proxy refuses a tunnel without TLS in it. */
  private final class TunnelFailure extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      failed(cause);
      ctx.close();
    }
  }

  private ChannelHandler prepare(InetSocketAddress address) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel opened) {
        ChannelPipeline pipeline = opened.pipeline();
        if (tunnelled()) {
          upstream.proxy().ifPresent(p -> pipeline.addLast(tunnel(p, address)));
        }
        if (upstream.address().tls()) {
          pipeline.addLast(
              call.request().webSocket()
                  ? upstream.network().http1TlsHandler(opened, upstream.address(), connectMillis())
                  : upstream.network().tlsHandler(opened, upstream.address(), connectMillis()));
          pipeline.addLast(new Negotiation());
        } else if (tunnelled()) {
          pipeline.addLast(new TunnelFailure());
        }
      }
    };
  }

  private HttpProxyHandler tunnel(ProxyUrl proxy, InetSocketAddress address) {
    HttpHeaders headers = new DefaultHttpHeaders();
    proxy.authorization().ifPresent(value -> headers.set("proxy-authorization", value));
    HttpProxyHandler handler = new HttpProxyHandler(address, headers);
    handler.setConnectTimeoutMillis(connectMillis());
    return handler;
  }

  private boolean tunnelled() {
    return upstream.tunnels(call.request());
  }

  /** Left unresolved: the proxy resolves the name of the provider. */
  private InetSocketAddress unresolvedProvider() {
    return InetSocketAddress.createUnresolved(upstream.address().host(), upstream.address().port());
  }

  private int connectMillis() {
    return (int) Math.min(upstream.settings().deadlines().connect().toMillis(), Integer.MAX_VALUE);
  }

  private void onOpen(Channel opened, String protocol) {
    if (done) {
      opened.close();
      return;
    }
    if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
      opened.closeFuture().addListener(f -> failed(new ClosedChannelException()));
      Http2Connection.on(opened, pool, permit, this::ready);
      return;
    }
    done = true;
    pool.connected(Http1Connection.on(opened, pool, permit), call);
  }

  private void ready(Http2Connection connection) {
    done = true;
    pool.connected(connection, call);
  }

  /** Keeps the first failure; later ones, such as those of another address, are added to it. */
  private void note(Throwable cause) {
    if (failure == null) {
      failure = cause;
    } else if (failure != cause && !(cause instanceof ClosedChannelException)) {
      failure.addSuppressed(cause);
    }
  }

  private void failed(Throwable cause) {
    if (done) {
      return;
    }
    note(cause);
    Throwable first = Objects.requireNonNull(failure);
    boolean late =
        first instanceof ConnectTimeoutException || first instanceof SslHandshakeTimeoutException;
    String detail = FailureDetail.of(first);
    end(
        late
            ? UpstreamProblems.timeout(upstream.name(), detail)
            : UpstreamProblems.unreachable(upstream.name(), detail));
  }

  private void end(ProviderProblem problem) {
    done = true;
    permit.release();
    pool.connectFailed(call, problem);
  }

  /** Waits for the TLS handshake and the protocol that ALPN chose. */
  private final class Negotiation extends ApplicationProtocolNegotiationHandler {
    Negotiation() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      onOpen(ctx.channel(), protocol);
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      failed(cause);
      ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      failed(cause);
      ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
      super.channelInactive(ctx);
      failed(new ClosedChannelException());
    }
  }
}
