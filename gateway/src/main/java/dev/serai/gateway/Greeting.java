package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.SettingsReport;
import dev.serai.core.login.LoginSite;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.secret.SecretReference;
import dev.serai.gateway.console.ConsoleAccount;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the text that the operator sees when the gateway has started. */
final class Greeting {
  private final Settings settings;
  private final Map<String, String> environment;
  private final Gateway gateway;

  /**
   * @param environment as {@link System#getenv()}
   * @param gateway that runs with those settings
   */
  Greeting(Settings settings, Map<String, String> environment, Gateway gateway) {
    this.settings = settings;
    this.environment = environment;
    this.gateway = gateway;
  }

  /** The address, a summary of the settings, and a request to try. */
  String text(Home home, Path checkout) {
    String scheme = settings.server().tls().isOn() ? "https://" : "http://";
    String host = settings.server().host();
    String address = scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + gateway.port();
    StringBuilder text = new StringBuilder(1024);
    text.append("Serai listens on ").append(address).append("\n\n");
    line(text, "home", home.folder() + " (" + home.chosenBy() + ")");
    SettingsReport report = SettingsReport.of(settings, environment);
    report.lines().forEach(line -> text.append(line).append('\n'));
    gateway.warnings().forEach(warning -> line(text, "warning", warning));
    home.unused(checkout).forEach(unused -> line(text, "warning", unused));
    if (!settings.secretValues().isEmpty()) {
      line(text, "secrets", read());
    }
    line(text, "state", settings.state().folder().toString());
    line(text, "database", gateway.database() + " (" + report.databaseFrom() + ")");
    line(text, "log", settings.log().file().map(Object::toString).orElse("standard error"));
    int memoryPort = settings.server().memoryPort();
    if (memoryPort > 0) {
      line(text, "memory", address.substring(0, address.lastIndexOf(':') + 1) + memoryPort);
    }
    line(text, "callers", gateway.callers());
    text.append("serving    ")
        .append(
            gateway.providers().isEmpty()
                ? "none"
                : KeyForms.redactedText(String.join(", ", gateway.providers())))
        .append(gateway.console().map(account -> console(account, address)).orElse(""))
        .append("\n\n")
        .append(new ExampleRequest(settings, gateway.providers(), address).text(gateway));
    return text.toString();
  }

  /** The references, never what they lead to. */
  private String read() {
    return settings.secretValues().keySet().stream()
        .map(SecretReference::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).repeat(' ', Math.max(1, 11 - name.length())).append(value).append('\n');
  }

  /** Shows a generated password, which is shown nowhere else. */
  private String console(ConsoleAccount account, String address) {
    Optional<LoginSite> login = settings.auth().login().site();
    if (login.isPresent()) {
      return "\nconsole    " + login.get().origin() + "/hawtio  with the login of the gateway";
    }
    return "\nconsole    "
        + address
        + "/hawtio  user "
        + account.user()
        + (account.generated()
            ? ", password " + account.password().reveal()
            : ", password from the settings");
  }
}
