package dev.serai.gateway.edge.tls;

import dev.serai.core.caller.Credential;
import dev.serai.core.hash.Sha256;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 for the connections of clients. The files are read again when they change: new
 * connections use the new certificate, open ones keep theirs, and with a mistake in the files the
 * old ones stay in use. The expensive part of handshakes runs on virtual threads. Thread-safe.
 */
public final class TlsPort {
  private static final Logger LOG = LoggerFactory.getLogger(TlsPort.class);

  private final Files files;
  private final boolean http2;
  private final Duration handshakeTime;
  private final InstantSource clock;
  private final Executor tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable SslContext> context = new AtomicReference<>();
  private List<String> seen = List.of();
  private List<String> found = List.of();
  private String fault = "";

  /**
   * The PEM files.
   *
   * @param clientCa authorities of clients; without them clients show no certificate
   * @param requires whether a client without a certificate is refused
   */
  public record Files(Path certificate, Path key, Optional<Path> clientCa, boolean requires) {}

  /**
   * Reads the files.
   *
   * @param http2 whether clients are offered HTTP/2
   * @param handshakeTime in which a client must complete the handshake
   * @throws IllegalArgumentException if they cannot be used
   */
  public TlsPort(Files files, boolean http2, Duration handshakeTime, InstantSource clock) {
    this.files = files;
    this.http2 = http2;
    this.handshakeTime = handshakeTime;
    this.clock = clock;
    read(); // this notes what the files have
    read();
  }

  /**
   * Reads the files if they have changed and are as they were at the last call, so that none is
   * used while it is written. One background thread calls it at intervals.
   */
  public void poll() {
    try {
      if (read()) {
        LOG.info("the certificate of the port has changed: {}", files.certificate());
      }
      fault = "";
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      if (!fault.equals(why)) {
        LOG.error("the new certificate is not used, and the port keeps its old one: {}", why);
        fault = why;
      }
    }
  }

  /** Whether it uses other files than before: those that it has found twice the same. */
  private boolean read() {
    byte[] certificate = PemFiles.read(files.certificate());
    byte[] key = PemFiles.read(files.key());
    byte[] authorities = files.clientCa().map(PemFiles::read).orElse(new byte[0]);
    List<String> content = Stream.of(certificate, key, authorities).map(Sha256::hex).toList();
    boolean settled = content.equals(found);
    found = content;
    if (!settled || content.equals(seen)) {
      return false;
    }
    context.set(build(certificate, key, authorities));
    seen = content;
    return true;
  }

  private SslContext build(byte[] certificate, byte[] key, byte[] authorities) {
    X509Certificate[] chain = PemFiles.certificates(files.certificate(), certificate);
    warnOfDates(chain[0]);
    SslContextBuilder builder =
        SslContextBuilder.forServer(PemFiles.key(files.key(), key, chain[0]), chain)
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .applicationProtocolConfig(protocols());
    files
        .clientCa()
        .ifPresent(
            file ->
                builder
                    .trustManager(PemFiles.certificates(file, authorities))
                    .clientAuth(files.requires() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL));
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private ApplicationProtocolConfig protocols() {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        http2
            ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
            : List.of(ApplicationProtocolNames.HTTP_1_1));
  }

  private void warnOfDates(X509Certificate certificate) {
    try {
      certificate.checkValidity(Date.from(clock.instant()));
    } catch (CertificateException e) {
      LOG.warn(
          "the certificate in {} is not valid now, clients will reject it; replace the file: {}",
          files.certificate(),
          e.getMessage());
    }
  }

  /** Installs the handlers of a new connection, before all others. */
  public void install(Channel channel) {
    SslHandler handler = Objects.requireNonNull(context.get()).newHandler(channel.alloc(), tasks);
    handler.setHandshakeTimeoutMillis(handshakeTime.toMillis());
    channel.pipeline().addLast(new PlainHttpRefusal(), handler, new TlsEvents(handler));
  }

  /** The verified certificate of a connection's client. */
  public static Optional<Credential> certificate(Channel channel) {
    return Optional.ofNullable(channel.attr(TlsEvents.CERTIFICATE).get());
  }
}
