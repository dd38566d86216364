package dev.serai.gateway.console;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;

/**
 * Tells the JDK (JAAS) how Hawtio's realm is logged into. The JDK holds one such configuration a
 * process, so of several consoles in one process the last one's account is asked for. Thread-safe.
 */
final class ConsoleRealm extends Configuration {
  /** The realm that Hawtio asks for unless told otherwise. */
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
