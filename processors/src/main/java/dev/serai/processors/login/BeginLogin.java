package dev.serai.processors.login;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.login.BrowserLogin;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/** Leads the browser to the identity provider. Thread-safe. */
final class BeginLogin extends OffLoop {
  private final BrowserLogin login;

  BeginLogin(BrowserLogin login, EventLoops loops) {
    super(loops);
    this.login = login;
  }

  @Override
  protected void work(Exchange exchange) throws InterruptedException {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    String wanted = QueryString.of(request.query()).only("return").orElse("/");
    try {
      exchange.getMessage().setBody(LoginPage.redirect(login.begin(request.headers(), wanted)));
    } catch (GatewayProblem problem) {
      if (!LoginSite.wantsPage(request.headers())) {
        throw problem;
      }
      exchange.getMessage().setBody(LoginPage.problem(problem));
    }
  }
}
