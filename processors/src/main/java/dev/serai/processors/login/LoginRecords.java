package dev.serai.processors.login;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.login.LoginSite;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Records logins and logouts in the audit log. Blocks. Thread-safe. */
public final class LoginRecords {
  private static final int REDIRECTED = 303;

  /** What is recorded. */
  private enum Act {
    LOGIN("GET", LoginSite.CALLBACK),
    LOGOUT("POST", LoginSite.LOGOUT);

    private final String method;
    private final String path;

    Act(String method, String path) {
      this.method = method;
      this.path = path;
    }
  }

  private final AuditLog log;
  private final Function<Exchange, String> addresses;
  private final InstantSource clock;

  /**
   * @param addresses of the clients of exchanges
   */
  public LoginRecords(AuditLog log, Function<Exchange, String> addresses, InstantSource clock) {
    this.log = log;
    this.addresses = addresses;
    this.clock = clock;
  }

  /**
   * Records who logs in, and returns when that is on the disk.
   *
   * @throws CapacityProblem 503 if it cannot be stored
   */
  void begun(Exchange exchange, Identity identity) {
    log.append(done(exchange, Act.LOGIN, identity));
  }

  /** Records in the background who has logged out. */
  void ended(Exchange exchange, Identity identity) {
    log.appendLater(done(exchange, Act.LOGOUT, identity));
  }

  private AuditEvent done(Exchange exchange, Act act, Identity identity) {
    return new AuditEvent(
        AuditEvent.Kind.DONE, clock.instant(), identity, action(exchange, act), REDIRECTED, "");
  }

  /** Records in the background that a login was refused. */
  void refused(Exchange exchange, GatewayProblem why) {
    log.appendLater(
        new AuditEvent(
            AuditEvent.Kind.REFUSED,
            clock.instant(),
            Caller.ANONYMOUS.identity(),
            action(exchange, Act.LOGIN),
            why.status(),
            why.code()));
  }

  private AuditEvent.Action action(Exchange exchange, Act act) {
    return new AuditEvent.Action(
        exchange.getProperty(ExchangeProperties.REQUEST_ID, "", String.class),
        addresses.apply(exchange),
        act.method,
        act.path,
        "");
  }
}
