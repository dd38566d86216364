package dev.serai.gateway.wiring;

import dev.serai.config.auth.AuthSettings;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.login.LoginSite;
import dev.serai.gateway.edge.request.ClientAddress;
import dev.serai.gateway.identity.TokenIssuers;
import dev.serai.gateway.identity.login.OpenIdLogin;
import dev.serai.processors.login.LoginRecords;
import dev.serai.processors.login.LoginSteps;
import io.netty.channel.ChannelHandlerContext;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;

/** Lets people log in with a browser, if the settings have a login. */
final class LoginFeature implements Feature {
  private final SharedParts shared;
  private final IdentityFeature identity;
  private final TokenIssuers.Sender sender;
  private final AuditLog audit;

  /**
   * @param sender sends requests to the issuer
   * @param audit records logins
   */
  LoginFeature(
      SharedParts shared, IdentityFeature identity, TokenIssuers.Sender sender, AuditLog audit) {
    this.shared = shared;
    this.identity = identity;
    this.sender = sender;
    this.audit = audit;
  }

  private Optional<LoginSite> site() {
    return shared.settings().auth().loginSite();
  }

  @Override
  public Map<String, Object> beans() {
    return site()
        .<Map<String, Object>>map(
            site -> Map.copyOf(LoginSteps.of(login(), site, records(), shared.loops())))
        .orElse(Map.of());
  }

  private LoginRecords records() {
    return new LoginRecords(audit, LoginFeature::address, shared.clock());
  }

  private static String address(Exchange exchange) {
    Object context = exchange.getMessage().getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT);
    return context instanceof ChannelHandlerContext client
        ? ClientAddress.of(client.channel())
        : "";
  }

  private OpenIdLogin login() {
    AuthSettings auth = shared.settings().auth();
    return new OpenIdLogin(
        auth.login(),
        auth.loginIssuer().orElseThrow(),
        new OpenIdLogin.Parts(
            identity.issuers(),
            sender,
            identity.sessions(),
            identity.callers(),
            new SecureRandom(),
            shared.clock(),
            shared.ticker()));
  }
}
