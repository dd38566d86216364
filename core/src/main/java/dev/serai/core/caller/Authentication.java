package dev.serai.core.caller;

import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;

/** What an {@link Authenticator} says about a credential. Immutable. */
public sealed interface Authentication {
  /** The result of a source that does not know the credential: the next source is asked. */
  Authentication UNKNOWN = new Unknown();

  /** 401: a known credential must not be used. */
  static Authentication rejected(String why) {
    return new Rejected(new AuthenticationProblem(why));
  }

  /** The credential is good. */
  record Authenticated(Identity identity) implements Authentication {}

  /** The credential is known and must not be used, for example because it has expired. */
  record Rejected(GatewayProblem problem) implements Authentication {}

  /** The credential is of another source, or of none. */
  record Unknown() implements Authentication {}
}
