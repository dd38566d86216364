package dev.serai.gateway.edge.caller;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.Reply;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.edge.request.RequestHead;
import java.util.Optional;

/**
 * Finds out who makes a request and whether the route is open to it, from the head of the request
 * only. While no credentials are set up, everyone may do everything. Never blocks. Thread-safe.
 */
public final class CallerCheck {
  private static final Caller ANYONE = Caller.of(Identity.ANYONE);

  /** The caller of a request whose credential is not known; it has no names. */
  public static final Caller UNKNOWN = new Caller("", "", "", "");

  private final Authenticator callers;
  private final Optional<BrowserCallers> browsers;
  private final RefusedCallers refused;

  /**
   * @param site where browsers log in; empty without a login
   * @param ticker limits the lines that the log has about refused requests
   */
  public CallerCheck(Authenticator callers, Optional<LoginSite> site, Ticker ticker) {
    this.callers = callers;
    this.browsers = site.map(BrowserCallers::new);
    this.refused = new RefusedCallers(ticker);
  }

  /**
   * The caller of a request, who may lack the permission of the route. A refusal is logged, unless
   * it leads a browser to the login.
   *
   * @param certificate of the connection, which counts if the request has no credential
   * @throws GatewayProblem 401 without a good credential, 400 if the credentials are ambiguous
   */
  public Caller find(RequestHead head, Access access, Optional<Credential> certificate) {
    try {
      return identified(head, effective(access), certificate);
    } catch (GatewayProblem problem) {
      if (login(head, access, problem).isEmpty()) {
        refused.log(head, problem);
      }
      throw problem;
    }
  }

  /**
   * Checks that a caller has the permission of a route. A refusal is logged.
   *
   * @throws GatewayProblem 403 without it
   */
  public void permit(RequestHead head, Access access, Caller caller) {
    Optional<Permission> required = effective(access).permission();
    if (required.isEmpty() || caller == ANYONE || caller.identity().may(required.get())) {
      return;
    }
    PermissionProblem problem =
        denied(subject(head, access, caller.identity()), caller.identity(), required.get());
    refused.log(head, problem);
    throw problem;
  }

  /** Leads a browser without a session to the login; empty if the refusal is to be shown. */
  public Optional<Reply.Complete> login(RequestHead head, Access access, GatewayProblem problem) {
    return browsers.flatMap(known -> known.login(head, effective(access), problem));
  }

  private Access effective(Access access) {
    return browsers.isEmpty() ? access : access.behindLogin();
  }

  private Optional<Credential> credential(
      RequestHead head, Access access, Optional<Credential> certificate) {
    Optional<Credential> own = Credentials.of(head, access);
    if (own.isEmpty() && access.basic()) {
      own = browsers.flatMap(known -> known.session(head));
    }
    return own.isEmpty() ? certificate : own;
  }

  private Caller identified(RequestHead head, Access access, Optional<Credential> certificate) {
    if (!callers.hasCredentials()) {
      return ANYONE;
    }
    return access.permission().isEmpty()
        ? Caller.ANONYMOUS
        : Caller.of(identify(head, access, certificate));
  }

  private String subject(RequestHead head, Access access, Identity identity) {
    String name = identity.key();
    Optional<Credential> own = credential(head, effective(access), Optional.empty());
    if (own.filter(Credential.Session.class::isInstance).isPresent()) {
      return "The user '" + identity.user() + "' of the issuer '" + name + "'";
    }
    if (Credentials.isToken(Credentials.of(head, access))) {
      return "The token of the issuer '" + name + "'";
    }
    return name.isEmpty() ? "This API key" : "The API key '" + name + "'";
  }

  private static PermissionProblem denied(String key, Identity identity, Permission needed) {
    boolean manages =
        needed.kind() == Permission.Kind.CALL
            && identity.may(Permission.ADMIN_READ)
            && identity.permissions().stream().noneMatch(has -> has.kind() == needed.kind());
    return new PermissionProblem(
        "permission_denied",
        manages
            ? key
                + " is a management key: it manages the gateway and does not have the permission "
                + needed.label()
                + ", which this request needs."
            : key + " may not do this: it needs the permission " + needed.label() + ".",
        Optional.empty());
  }

  private static AuthenticationProblem missing(RequestHead head, Access access) {
    return new AuthenticationProblem(
        head.headers().first("x-key-id").isPresent()
            ? "The request has X-Key-Id and no X-Signature, so that it is not signed."
            : "The request has no API key. Send it as Authorization: Bearer, x-api-key, api-key"
                + " or x-goog-api-key."
                + (access.basic() ? " A browser may log in with the key as password." : ""));
  }

  private Identity identify(RequestHead head, Access access, Optional<Credential> certificate) {
    Credential credential =
        credential(head, access, certificate).orElseThrow(() -> missing(head, access));
    return switch (callers.authenticate(credential)) {
      case Authentication.Authenticated(Identity identity) -> identity;
      case Authentication.Rejected(GatewayProblem problem) -> throw problem;
      case Authentication.Unknown _ ->
          throw new AuthenticationProblem(
              credential instanceof Credential.Certificate
                  ? "The request has no API key, and its client certificate is not a caller's."
                  : "This gateway does not know the API key. It needs a key of the gateway, not of"
                      + " a provider.");
    };
  }
}
