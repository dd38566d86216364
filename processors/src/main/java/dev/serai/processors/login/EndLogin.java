package dev.serai.processors.login;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.login.BrowserLogin;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/** Logs the browser out, and leads it to the identity provider to log out there. Thread-safe. */
final class EndLogin extends OffLoop {
  private final BrowserLogin login;
  private final LoginRecords records;

  EndLogin(BrowserLogin login, LoginRecords records, EventLoops loops) {
    super(loops);
    this.login = login;
    this.records = records;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    BrowserLogin.LoggedOut ended = login.end(request.headers());
    if (!ended.identity().key().isEmpty()) {
      records.ended(exchange, ended.identity());
    }
    exchange.getMessage().setBody(LoginPage.redirect(ended.next()));
  }
}
