package dev.serai.gateway.edge;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request and whether the route is open to it, from the head of the request
 * only. While no credentials are set up, everyone may do everything. Never blocks. Thread-safe.
 */
final class CallerCheck {
  private static final Caller ANYONE = Caller.of(Identity.ANYONE);

  private final Authenticator callers;

  CallerCheck(Authenticator callers) {
    this.callers = callers;
  }

  /**
   * The caller of a request.
   *
   * @throws GatewayProblem 401 without a good credential, 403 without the route's permission, 400
   *     if the credentials are ambiguous
   */
  Caller check(RequestHead head, Access access) {
    if (!callers.hasCredentials()) {
      return ANYONE;
    }
    Optional<Permission> needed = access.permission();
    if (needed.isEmpty()) {
      return Caller.ANONYMOUS;
    }
    Identity identity = identify(Credentials.of(head, access));
    if (!identity.may(needed.get())) {
      throw new PermissionProblem(
          "permission_denied",
          "The API key does not have the permission " + needed.get().label() + ".",
          Optional.empty());
    }
    return Caller.of(identity);
  }

  private Identity identify(@Nullable Credential credential) {
    if (credential == null) {
      throw new AuthenticationProblem(
          "The request has no API key. Send it as Authorization: Bearer, or as x-api-key.");
    }
    return switch (callers.authenticate(credential)) {
      case Authentication.Authenticated(Identity identity) -> identity;
      case Authentication.Rejected(GatewayProblem problem) -> throw problem;
      case Authentication.Unknown _ -> throw new AuthenticationProblem("The API key is not valid.");
    };
  }
}
