package dev.serai.processors.login;

import dev.serai.core.login.BrowserLogin;
import dev.serai.core.login.LoginSite;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that log people in and out. The steps are thread-safe. */
public final class LoginSteps {
  private LoginSteps() {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(
      BrowserLogin login, LoginSite site, LoginRecords records, EventLoops loops) {
    return Map.of(
        "begin-login", new BeginLogin(login, loops),
        "finish-login", new FinishLogin(login, records, loops),
        "show-logout", new ShowLogout(site),
        "end-login", new EndLogin(login, records, loops));
  }
}
