package dev.serai.adapters.upstream;

import dev.serai.adapters.netty.websocket.Handshake;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.time.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultithreadEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.invoke.MethodHandles;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What all providers share: the clock, the breakers that have opened, sockets that fit an event
 * loop, name resolution, TLS, and a small group of event loops for requests that come without one.
 * Each is created when it is first needed. Safe for use by many threads.
 */
final class NetworkResources implements AutoCloseable {
  private static final int OWN_LOOPS = 2;
  private static final int MIN_TTL_SECONDS = 1;
  private static final int MAX_TTL_SECONDS = 300;
  private static final long DNS_QUERY_MILLIS = 2000;

  /**
   * Replacements for tests; a gateway uses those of the JVM and the system.
   *
   * @param trust the trusted certificate authorities; the JVM's trust store if empty
   * @param nameServers the system's name servers if empty
   */
  record Overrides(
      Optional<TrustManagerFactory> trust, Optional<DnsServerAddressStreamProvider> nameServers) {
    static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty());
  }

  private final Overrides overrides;
  private final Ticker ticker;
  private final StoppedBreakers stoppedBreakers = new StoppedBreakers();
  private final ExecutorService handshakes;
  private final Map<Boolean, DnsAddressResolverGroup> names = new ConcurrentHashMap<>();
  private @Nullable EventLoopGroup ownLoops;
  private volatile @Nullable SslContext tls;
  private volatile @Nullable SslContext http1Tls;

  NetworkResources(Overrides overrides, Ticker ticker) {
    this.ticker = ticker;
    this.overrides = overrides;
    this.handshakes =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tls-", 0).factory());
  }

  /** The clock of every deadline. */
  Ticker ticker() {
    return ticker;
  }

  /** The circuit breakers that have opened. */
  StoppedBreakers stoppedBreakers() {
    return stoppedBreakers;
  }

  /** An event loop for a request that comes without one. */
  synchronized EventLoop ownLoop() {
    if (ownLoops == null) {
      ownLoops = newLoops();
    }
    return ownLoops.next();
  }

  private static MultithreadEventLoopGroup newLoops() {
    DefaultThreadFactory threads = new DefaultThreadFactory("upstream", true);
    return Epoll.isAvailable()
        ? new EpollEventLoopGroup(OWN_LOOPS, threads)
        : new NioEventLoopGroup(OWN_LOOPS, threads);
  }

  /** A new socket of the kind that the loop can run. */
  static Channel newSocket(EventLoop loop) {
    return isEpoll(loop) ? new EpollSocketChannel() : new NioSocketChannel();
  }

  /** A key for the handshake of a WebSocket. */
  static String newSocketKey() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return Handshake.key(random.nextLong(), random.nextLong());
  }

  /** A key to mask a frame with. */
  static int newMask() {
    return ThreadLocalRandom.current().nextInt();
  }

  private static boolean isEpoll(EventLoop loop) {
    return loop.parent() instanceof EpollEventLoopGroup;
  }

  /**
   * Loads name resolution and TLS, which read files, before an event loop needs them.
   *
   * @throws IllegalStateException if one of them cannot be set up
   */
  void prepare(boolean secured) {
    try {
      MethodHandles.lookup().ensureInitialized(DnsNameResolver.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Name resolution cannot be set up.", e);
    }
    for (boolean epoll :
        Epoll.isAvailable() ? new boolean[] {true, false} : new boolean[] {false}) {
      names.computeIfAbsent(epoll, this::newNames);
    }
    if (secured) {
      tls();
    }
  }

  /** Resolves names without blocking. Respects each time to live and reads the hosts file. */
  AddressResolver<InetSocketAddress> resolver(EventLoop loop) {
    return names.computeIfAbsent(isEpoll(loop), this::newNames).getResolver(loop);
  }

  private DnsAddressResolverGroup newNames(boolean epoll) {
    Class<? extends DatagramChannel> datagrams =
        epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    Class<? extends SocketChannel> sockets =
        epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    return new DnsAddressResolverGroup(
        new DnsNameResolverBuilder()
            .datagramChannelType(datagrams)
            .socketChannelType(sockets, true)
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .resolveCache(new DefaultDnsCache(MIN_TTL_SECONDS, MAX_TTL_SECONDS, 0))
            .queryTimeoutMillis(DNS_QUERY_MILLIS)
            .nameServerProvider(
                overrides
                    .nameServers()
                    .orElseGet(DnsServerAddressStreamProviders::platformDefault)));
  }

  private SslContext tls() {
    SslContext known = tls;
    return known != null ? known : prepareTls();
  }

  private synchronized SslContext prepareTls() {
    SslContext known = tls;
    if (known == null) {
      http1Tls = newTls(ApplicationProtocolNames.HTTP_1_1);
      known = newTls(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
      tls = known;
    }
    return known;
  }

  private SslContext newTls(String... protocols) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm("HTTPS")
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
    overrides.trust().ifPresent(builder::trustManager);
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS cannot be set up.", e);
    }
  }

  /** A TLS handler for a channel to this address. Certificates are checked off the event loop. */
  SslHandler tlsHandler(Channel channel, BaseUrl address, long timeoutMillis) {
    return tlsHandler(tls(), channel, address, timeoutMillis);
  }

  /** The same without HTTP/2, over which providers offer no WebSockets. */
  SslHandler http1TlsHandler(Channel channel, BaseUrl address, long timeoutMillis) {
    tls();
    return tlsHandler(Objects.requireNonNull(http1Tls), channel, address, timeoutMillis);
  }

  private SslHandler tlsHandler(
      SslContext context, Channel channel, BaseUrl address, long timeoutMillis) {
    SslHandler handler =
        context.newHandler(channel.alloc(), address.host(), address.port(), handshakes);
    handler.setHandshakeTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    return handler;
  }

  @Override
  public synchronized void close() {
    names.values().forEach(DnsAddressResolverGroup::close);
    names.clear();
    if (ownLoops != null) {
      ownLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
      ownLoops = null;
    }
    handshakes.shutdown();
  }
}
