package dev.serai.gateway.edge.caller;

import dev.serai.core.caller.Credential;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.gateway.edge.request.RequestHead;
import java.util.Optional;

/**
 * Reads the session of a browser from the head of a request, and leads a browser without one to the
 * login. A session counts on pages only; a browser adds its cookie by itself, so a request that may
 * change something needs the Origin of the gateway's own pages. Thread-safe; never blocks.
 */
final class BrowserCallers {
  private final LoginSite site;

  BrowserCallers(LoginSite site) {
    this.site = site;
  }

  /**
   * The session that a request for a page names.
   *
   * @throws PermissionProblem 403 if another site may have made the browser send it
   */
  Optional<Credential> session(RequestHead head) {
    Optional<Credential.Session> named = site.session(head.headers());
    if (named.isPresent() && !isRead(head) && !site.isFromHere(head.headers())) {
      throw new PermissionProblem(
          "origin_not_allowed",
          "The login of a browser counts for this request only if a page of the gateway at "
              + site.origin()
              + " sends it.",
          Optional.empty());
    }
    return named.map(Credential.class::cast);
  }

  /** Where a person without a good session goes; empty if the client is not a browser. */
  Optional<Reply.Complete> login(RequestHead head, Access access, GatewayProblem problem) {
    boolean asks =
        problem instanceof AuthenticationProblem
            && access.basic()
            && isRead(head)
            && !head.hasKeyField()
            && !head.isSigned()
            && LoginSite.wantsPage(head.headers());
    if (!asks) {
      return Optional.empty();
    }
    HeaderFields fields =
        new HeaderFields()
            .add("location", site.loginAddress(page(head, access)))
            .add("cache-control", "no-store")
            .add("vary", "accept, cookie");
    return Optional.of(new Reply.Complete(302, fields, new byte[0]));
  }

  private static String page(RequestHead head, Access access) {
    String query = access.withoutCredential(head.query());
    String page = query.isEmpty() ? head.path() : head.path() + "?" + query;
    return LoginSite.isPath(page) ? page : head.path();
  }

  private static boolean isRead(RequestHead head) {
    return head.method().equals("GET") || head.isHead();
  }
}
