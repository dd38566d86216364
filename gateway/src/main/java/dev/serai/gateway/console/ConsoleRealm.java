package dev.serai.gateway.console;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;

/**
 * Configures the login of Hawtio's realm in the JDK (JAAS). The JDK has one such configuration for
 * the process, so of several consoles in one process the account of the last one is valid for all.
 * Thread-safe.
 */
final class ConsoleRealm extends Configuration {
  /** The realm that Hawtio uses by default. */
  private static final String NAME = "hawtio";

  private final AppConfigurationEntry[] entries;

  private ConsoleRealm(ConsoleAccount account) {
    entries =
        new AppConfigurationEntry[] {
          new AppConfigurationEntry(
              ConsoleLogin.class.getName(),
              LoginModuleControlFlag.REQUIRED,
              Map.of(ConsoleLogin.ACCOUNT, account))
        };
  }

  static void open(ConsoleAccount account) {
    Configuration.setConfiguration(new ConsoleRealm(account));
  }

  @Override
  public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
    return NAME.equals(name) ? entries.clone() : new AppConfigurationEntry[0];
  }
}
