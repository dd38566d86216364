package dev.serai.adapters.upstream;

import dev.serai.core.problem.cause.FailureText;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.resolver.dns.DnsErrorCauseException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * Describes in one line, for the operator's log, why a connection could not be opened. The text may
 * contain host names and addresses, so clients must not see it. Pure.
 */
final class FailureDetail {
  private static final int MAX_LENGTH = 400;
  private static final int MAX_CAUSES = 6;

  private FailureDetail() {}

  /** The failure, its root cause and the failures that followed it. */
  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder(describe(failure));
    for (Throwable later : failure.getSuppressed()) {
      text.append("; then ").append(describe(later));
    }
    return clean(text);
  }

  /** Whether the name servers say that there is no such name. */
  static boolean saysNameDoesNotExist(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof DnsErrorCauseException dns) {
        return DnsResponseCode.NXDOMAIN.equals(dns.getCode());
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String describe(Throwable failure) {
    String kind =
        switch (failure) {
          case UnknownHostException _ -> "DNS: ";
          case ProxyConnectException _ -> "proxy: ";
          case SSLException _ -> "TLS: ";
          case DecoderException _ -> "TLS: ";
          default -> "";
        };
    Throwable root = failure;
    for (int i = 0; root.getCause() != null && i < MAX_CAUSES; i++) {
      root = root.getCause();
    }
    String first = message(failure);
    String last = failure instanceof ConnectException ? first : message(root);
    return kind + (first.contains(last) ? first : first + " (" + last + ")");
  }

  private static String message(Throwable failure) {
    String text = failure.getMessage();
    if (text == null || text.isBlank()) {
      return FailureText.of(failure);
    }
    return failure instanceof ConnectException ? refused(text) : text;
  }

  /** The transports of Netty and the JDK have different words for a refused connection. */
  private static String refused(String text) {
    int at = text.indexOf("Connection refused");
    int address = text.lastIndexOf(": ");
    boolean named = at >= 0 && address > at;
    return named ? "connection refused by " + address(text.substring(address + 2)) : text;
  }

  /** Java writes an address behind its name and a slash; without a name, only the slash is left. */
  private static String address(String text) {
    return text.startsWith("/") ? text.substring(1) : text;
  }

  private static String clean(StringBuilder text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, ' ');
      }
    }
    return text.length() <= MAX_LENGTH ? text.toString() : text.substring(0, MAX_LENGTH) + "...";
  }
}
