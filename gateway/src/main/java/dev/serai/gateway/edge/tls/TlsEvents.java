package dev.serai.gateway.edge.tls;

import dev.serai.core.caller.Credential;
import dev.serai.gateway.edge.http2.ChosenProtocol;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the client's certificate when the handshake is complete, says if the client has chosen
 * HTTP/2, and closes connections whose handshake fails: port scans and clients that do not trust
 * the server are not its errors. Used on the connection's event loop only.
 */
final class TlsEvents extends ChannelInboundHandlerAdapter {
  static final AttributeKey<Credential.Certificate> CERTIFICATE =
      AttributeKey.valueOf(TlsEvents.class, "certificate");

  private static final Logger LOG = LoggerFactory.getLogger(TlsEvents.class);
  private static final int DNS = 2;
  private static final int URI = 6;

  private final SslHandler tls;

  TlsEvents(SslHandler tls) {
    this.tls = tls;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent completed) {
      if (completed.isSuccess()) {
        keepCertificate(ctx);
        if (ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
          ctx.fireUserEventTriggered(ChosenProtocol.HTTP2);
        }
      } else {
        LOG.debug("a TLS handshake failed", completed.cause());
      }
      return;
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("a TLS connection failed and is closed", cause);
    ctx.close();
  }

  private void keepCertificate(ChannelHandlerContext ctx) {
    try {
      Certificate[] shown = tls.engine().getSession().getPeerCertificates();
      if (shown.length > 0 && shown[0] instanceof X509Certificate own) {
        ctx.channel().attr(CERTIFICATE).set(new Credential.Certificate(names(own)));
      }
    } catch (SSLPeerUnverifiedException _) {
      LOG.trace("the client shows no certificate");
    }
  }

  /** The names of the owner; of several common names none counts. */
  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      addAlternatives(certificate, URI, "URI=", names);
      addAlternatives(certificate, DNS, "DNS=", names);
      List<Rdn> common =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream().filter(rdn -> rdn.getType().equalsIgnoreCase("CN")).toList();
      if (common.size() == 1) {
        names.add("CN=" + common.getFirst().getValue());
      }
    } catch (CertificateParsingException | InvalidNameException e) {
      LOG.debug("the names of a client certificate cannot be read", e);
    }
    return names;
  }

  private static void addAlternatives(
      X509Certificate certificate, int kind, String prefix, List<String> to)
      throws CertificateParsingException {
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> alternative : alternatives) {
        if (alternative.getFirst().equals(kind)) {
          to.add(prefix + alternative.get(1));
        }
      }
    }
  }
}
