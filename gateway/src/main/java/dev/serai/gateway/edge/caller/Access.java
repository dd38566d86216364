package dev.serai.gateway.edge.caller;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.QueryString;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;

/**
 * Who may use a route, and where its credential may stand. An endpoint declares it with two
 * parameters. {@code permission} is the permission that its callers need, {@code open} if they need
 * none, or {@code own-login} if what the route leads to has a login of its own; without it a route
 * is for administrators only. {@code credentials} names a place where a credential is accepted in
 * addition to header fields: {@code query} for {@code ?key=}, {@code basic} for the password of
 * HTTP Basic authentication or the session of a browser, {@code protocol} for the subprotocol
 * {@code openai-insecure-api-key.KEY} of a WebSocket, where browsers can set no header fields. The
 * route sees no parameter of the query that is named like a credential, unless {@code
 * credentials=named} says that its parameter {@code key} is the name of a key.
 *
 * @param permission empty if the edge asks for no credential
 * @param basic whether it is a page for browsers
 * @param namesKey whether {@code ?key=} is the name of a key
 * @param ownLogin whether what the route leads to has a login of its own
 */
public record Access(
    Optional<Permission> permission,
    boolean inQuery,
    boolean basic,
    boolean inProtocol,
    boolean namesKey,
    boolean ownLogin) {
  /** Of a route that declares nothing. */
  public static final Access UNDECLARED =
      new Access(Optional.of(Permission.ADMIN_SYSTEM), false, false, false, false, false);

  /** Of the console, where the login of the gateway replaces that of the console. */
  private static final Access BEHIND_LOGIN =
      new Access(Optional.of(Permission.ADMIN_READ), false, true, false, false, false);

  private static final String OWN_LOGIN = "own-login";

  private static final String PERMISSION = "permission";
  private static final String CREDENTIALS = "credentials";
  private static final List<String> PLACES =
      List.of("header", "query", "basic", "protocol", "named");

  /**
   * Reads what an endpoint declares.
   *
   * @throws IllegalArgumentException if a parameter has another value
   */
  public static Access of(NettyHttpEndpoint endpoint) {
    String query = URI.create(endpoint.getEndpointUri()).getRawQuery();
    if (query == null) {
      return UNDECLARED;
    }
    QueryString parameters = QueryString.of(query);
    String place = parameters.first(CREDENTIALS).orElse("header");
    if (!PLACES.contains(place)) {
      throw new IllegalArgumentException(
          "credentials must be header, query, basic, protocol or named, not " + place);
    }
    return new Access(
        parameters.first(PERMISSION).map(Access::permission).orElse(UNDECLARED.permission),
        place.equals("query"),
        place.equals("basic"),
        place.equals("protocol"),
        place.equals("named"),
        parameters.first(PERMISSION).filter(OWN_LOGIN::equals).isPresent());
  }

  private static Optional<Permission> permission(String label) {
    if (label.equals("open") || label.equals(OWN_LOGIN)) {
      return Optional.empty();
    }
    return Optional.of(
        Permission.find(label)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no permission " + label + "; docs/identity.md lists them")));
  }

  /** The same access where browsers log in to the gateway. */
  Access behindLogin() {
    return ownLogin ? BEHIND_LOGIN : this;
  }

  /** The query as the route sees it: without a credential. */
  public String withoutCredential(String query) {
    return namesKey ? query : QueryCredentials.removedFrom(query);
  }

  /** The challenge of a 401 (RFC 9110, section 11.6.1). */
  public String challenge() {
    return basic ? "Basic realm=\"serai\", Bearer realm=\"serai\"" : "Bearer realm=\"serai\"";
  }
}
