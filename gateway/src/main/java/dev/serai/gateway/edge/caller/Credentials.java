package dev.serai.gateway.edge.caller;

import dev.serai.core.caller.Credential;
import dev.serai.core.http.Headers;
import dev.serai.core.http.QueryString;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.CallerProblem;
import dev.serai.gateway.edge.request.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the credential of a request from its head. Only real header fields count, and {@code ?key=}
 * where a route accepts it. The same credential may stand in several places; two different ones
 * make the request ambiguous. Not thread-safe; one for each request.
 */
final class Credentials {
  private static final List<String> KEY_FIELDS = List.of("x-api-key", "api-key", "x-goog-api-key");

  /** The subprotocol with which OpenAI's clients in browsers send their key. */
  private static final String PROTOCOL = "openai-insecure-api-key.";

  private @Nullable String secret;

  private Credentials() {}

  /**
   * The credential of a request, if it has one.
   *
   * @throws CallerProblem 400 if there are two
   * @throws AuthenticationProblem if the route does not accept the scheme
   */
  static Optional<Credential> of(RequestHead head, Access access) {
    Credentials found = new Credentials();
    if (head.hasKeyField()) {
      found.readFields(head.headers(), access);
    }
    if (access.inQuery()) {
      found.readQuery(head.query());
    }
    if (access.inProtocol()) {
      found.readProtocols(head.headers().list("sec-websocket-protocol"));
    }
    String secret = found.secret;
    if (head.isSigned()) {
      return Optional.of(found.signed(head));
    }
    return secret == null ? Optional.empty() : Optional.of(new Credential.Secret(secret));
  }

  /** Whether a credential has the form of a signed token. */
  static boolean isToken(Optional<Credential> credential) {
    return credential.isPresent()
        && credential.get() instanceof Credential.Secret secret
        && secret.isToken();
  }

  private Credential signed(RequestHead head) {
    if (secret != null) {
      throw CallerProblem.invalid(
          "The request has an API key and a signature (X-Signature). Send one of them.");
    }
    return SignedHead.of(head);
  }

  private void readFields(Headers headers, Access access) {
    String authorization = headers.first("authorization").orElse("");
    if (!authorization.isEmpty()) {
      readAuthorization(authorization, access);
    }
    for (String name : KEY_FIELDS) {
      headers.first(name).ifPresent(this::add);
    }
  }

  private void readAuthorization(String value, Access access) {
    if (hasScheme(value, "Bearer ") || hasScheme(value, "ApiKey ")) {
      add(value.substring(7));
    } else if (access.basic() && hasScheme(value, "Basic ")) {
      add(password(value.substring(6)));
    } else {
      throw new AuthenticationProblem(fault(value.strip()));
    }
  }

  /** Names a scheme only if it is a known one: other text may be the key. */
  private static String fault(String value) {
    for (String scheme : List.of("Bearer", "ApiKey")) {
      if (value.equalsIgnoreCase(scheme)) {
        return "The Authorization header has no API key after \"" + scheme + "\".";
      }
    }
    if (value.indexOf(' ') < 0) {
      return "Write the key after \"Bearer \": Authorization: Bearer KEY";
    }
    return "The scheme of the Authorization header is not supported here. Send Authorization:"
        + " Bearer with an API key.";
  }

  private static boolean hasScheme(String value, String scheme) {
    return value.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /** The part of {@code user:password} behind the first colon; empty if there is none. */
  private static String password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? "" : pair.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("The Authorization header is not Base64.");
    }
  }

  private void readProtocols(List<String> offered) {
    for (String protocol : offered) {
      if (protocol.startsWith(PROTOCOL)) {
        add(protocol.substring(PROTOCOL.length()));
      }
    }
  }

  private void readQuery(String query) {
    if (!QueryCredentials.mayBeIn(query)) {
      return;
    }
    List<String> keys =
        QueryString.of(query).parameters().stream()
            .filter(parameter -> parameter.name().equals("key"))
            .map(QueryString.Parameter::value)
            .toList();
    if (keys.size() > 1) {
      throw CallerProblem.invalid("The query parameter key is given twice.");
    }
    keys.forEach(this::add);
  }

  /** An empty value counts as none. */
  private void add(String value) {
    String stripped = value.strip();
    if (stripped.isEmpty()) {
      return;
    }
    if (secret != null && !secret.equals(stripped)) {
      throw CallerProblem.invalid(
          "The request has two different credentials. Send one API key, in one place.");
    }
    secret = stripped;
  }
}
