package dev.serai.core.login;

import dev.serai.core.caller.Identity;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.GatewayProblem;
import java.util.List;
import java.util.function.Consumer;

/**
 * The login of a person with a browser, at an identity provider. Every method may wait for that, at
 * most for seconds, and is called on virtual threads. Thread-safe.
 */
public interface BrowserLogin {
  /**
   * Where the browser goes next.
   *
   * @param location an absolute address
   * @param cookies values of Set-Cookie fields
   */
  record Redirect(String location, List<String> cookies) {
    public Redirect {
      cookies = List.copyOf(cookies);
    }

    /** Without the address and the cookies: both hold secrets. */
    @Override
    public String toString() {
      return "redirect";
    }
  }

  /** The browser is not logged in as that identity any more. */
  record LoggedOut(Identity identity, Redirect next) {}

  /**
   * Begins a login.
   *
   * @param request of the browser
   * @param wanted the path and query of the page that it wants to see; another text counts as none
   * @throws GatewayProblem 503 if the identity provider cannot be reached
   */
  Redirect begin(Headers request, String wanted) throws InterruptedException;

  /**
   * Ends a login with what the browser comes back with from the identity provider. The browser gets
   * a new session, whatever it had before, and its old session ends.
   *
   * @param request of the browser
   * @param query of the request, undecoded
   * @param recorder records who logs in, before the browser gets the session. If that fails, there
   *     is no new session, and the old one stays
   * @throws GatewayProblem 403 if the login is refused, 503 if it cannot be decided now, or what
   *     {@code recorder} throws
   */
  Redirect finish(Headers request, String query, Consumer<Identity> recorder)
      throws InterruptedException;

  /**
   * Ends the session of a browser, here and, if it offers that, at the identity provider.
   *
   * @param request of the browser
   * @return the identity that was logged in and where the browser goes next; {@link
   *     Identity#recorded} without names if there was no session
   * @throws GatewayProblem 403 if a page of another site has sent the request
   */
  LoggedOut end(Headers request);
}
