package dev.serai.gateway.edge.caller;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.edge.request.RequestHead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request and whether the route is open to it, from the head of the request
 * only. While no credentials are set up, everyone may do everything. Never blocks. Thread-safe.
 */
public final class CallerCheck {
  private static final Caller ANYONE = Caller.of(Identity.ANYONE);
  private static final Identity UNKNOWN = Identity.recorded("", "", "", "");

  private final Authenticator callers;
  private final RefusedCallers refused;

  /**
   * @param ticker limits the lines that the log has about refused requests
   */
  public CallerCheck(Authenticator callers, Ticker ticker) {
    this.callers = callers;
    this.refused = new RefusedCallers(ticker);
  }

  /**
   * The caller of a request. A refusal is logged.
   *
   * @param certificate of the connection, which counts if the request has no credential
   * @throws GatewayProblem 401 without a good credential, 403 without the route's permission, 400
   *     if the credentials are ambiguous
   */
  public Caller check(
      RequestHead head, Access access, Credential.@Nullable Certificate certificate) {
    try {
      return find(head, access, certificate);
    } catch (GatewayProblem problem) {
      refused.log(head, problem);
      throw problem;
    }
  }

  /** Whose credential a refused request has; one without names if that is not known. */
  public Identity identityOf(
      RequestHead head, Access access, Credential.@Nullable Certificate certificate) {
    try {
      return identify(credential(head, access, certificate), access);
    } catch (GatewayProblem problem) {
      return UNKNOWN;
    }
  }

  private static @Nullable Credential credential(
      RequestHead head, Access access, Credential.@Nullable Certificate certificate) {
    Credential own = Credentials.of(head, access);
    return own == null ? certificate : own;
  }

  private Caller find(
      RequestHead head, Access access, Credential.@Nullable Certificate certificate) {
    if (!callers.hasCredentials()) {
      return ANYONE;
    }
    Optional<Permission> needed = access.permission();
    if (needed.isEmpty()) {
      return Caller.ANONYMOUS;
    }
    Identity identity = identify(credential(head, access, certificate), access);
    if (!identity.may(needed.get())) {
      throw denied(identity, needed.get());
    }
    return Caller.of(identity);
  }

  private static PermissionProblem denied(Identity identity, Permission needed) {
    String key = identity.key().isEmpty() ? "This API key" : "The API key '" + identity.key() + "'";
    boolean manages =
        needed.kind() == Permission.Kind.CALL
            && identity.may(Permission.ADMIN_READ)
            && identity.permissions().stream().noneMatch(has -> has.kind() == needed.kind());
    return new PermissionProblem(
        "permission_denied",
        manages
            ? key + " is a management key, which calls no models (" + needed.label() + ")."
            : key + " may not do this: it needs the permission " + needed.label() + ".",
        Optional.empty());
  }

  private Identity identify(@Nullable Credential credential, Access access) {
    if (credential == null) {
      throw new AuthenticationProblem(
          "The request has no API key. Send it as Authorization: Bearer, or as x-api-key."
              + (access.basic() ? " A browser may log in with the key as password." : ""));
    }
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
