package dev.serai.processors.login;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.login.BrowserLogin;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/**
 * Logs the browser in with what the identity provider sent it back with, and records that in the
 * audit log. Thread-safe.
 */
final class FinishLogin extends OffLoop {
  private final BrowserLogin login;
  private final LoginRecords records;

  FinishLogin(BrowserLogin login, LoginRecords records, EventLoops loops) {
    super(loops);
    this.login = login;
    this.records = records;
  }

  @Override
  protected void work(Exchange exchange) throws InterruptedException {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    try {
      BrowserLogin.Redirect next =
          login.finish(
              request.headers(), request.query(), identity -> records.begun(exchange, identity));
      exchange.getMessage().setBody(LoginPage.redirect(next));
    } catch (GatewayProblem problem) {
      records.refused(exchange, problem);
      if (!LoginSite.wantsPage(request.headers())) {
        throw problem;
      }
      exchange.getMessage().setBody(LoginPage.problem(problem));
    }
  }
}
