package dev.serai.gateway.wiring;

import dev.serai.gateway.console.Console;
import dev.serai.gateway.console.ConsoleAccount;
import dev.serai.processors.console.ProxyConsole;
import java.util.Map;
import java.util.Optional;

/** Runs the console, if the settings enable it. */
final class ConsoleFeature implements Feature {
  private final SharedParts shared;
  private final Optional<Console> console;

  ConsoleFeature(SharedParts shared) {
    this.shared = shared;
    console =
        shared.settings().console().enabled()
            ? Optional.of(
                new Console(ConsoleAccount.of(shared.settings().console()), shared.checkout()))
            : Optional.empty();
  }

  /** The account that may log in; empty without a console. */
  Optional<ConsoleAccount> account() {
    return console.map(Console::account);
  }

  /** The account that the gateway itself logs in with, if people log in to the gateway. */
  private Optional<String> login(ConsoleAccount account) {
    return shared.settings().auth().login().site().map(_ -> account.basic());
  }

  @Override
  public Map<String, Object> beans() {
    return console
        .<Map<String, Object>>map(
            there ->
                Map.of(
                    "proxy-console",
                    new ProxyConsole(there.address(), shared.loops(), login(there.account()))))
        .orElse(Map.of());
  }

  @Override
  public void start() {
    console.ifPresent(Console::start);
  }

  @Override
  public void close() {
    console.ifPresent(Console::close);
  }
}
