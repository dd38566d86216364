package dev.serai.processors.login;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.login.LoginSite;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Shows the page with the button that logs out. Thread-safe. */
final class ShowLogout implements Processor {
  private final LoginSite site;

  ShowLogout(LoginSite site) {
    this.site = site;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    boolean loggedIn = site.session(request.headers()).isPresent();
    exchange.getMessage().setBody(LoginPage.logout(loggedIn));
  }
}
