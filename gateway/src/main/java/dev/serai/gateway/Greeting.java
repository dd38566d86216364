package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.provider.Provider;
import java.util.List;

/** What an operator is told when the gateway has started. */
final class Greeting {
  private Greeting() {}

  static String of(Settings settings, List<String> serving) {
    String address = "http://" + settings.server().host() + ":" + settings.server().port();
    StringBuilder text = new StringBuilder(1024);
    text.append("Serai listens on ").append(address).append("\n\nproviders\n");
    for (Provider provider : settings.available()) {
      boolean up = serving.contains(provider.name());
      text.append(up ? "  + " : "  - ")
          .append(provider.name())
          .append(" ".repeat(Math.max(1, 12 - provider.name().length())))
          .append(provider.why())
          .append('\n');
    }
    serving.stream()
        .filter(name -> settings.available().stream().noneMatch(p -> p.name().equals(name)))
        .forEach(name -> text.append("  + ").append(name).append("  from a route of yours\n"));
    text.append("\nsettings  ")
        .append(settings.file().map(Object::toString).orElse("environment only"))
        .append("\nroutes    ")
        .append(settings.routes().folder())
        .append(" (watched)\nlog       ")
        .append(settings.log().file().map(Object::toString).orElse("standard error"))
        .append("\n\ntry it:\n  curl ")
        .append(address)
        .append("/v1/chat/completions -H 'content-type: application/json' \\\n")
        .append("    -d '{\"model\":\"persona/guide\",\"messages\":[{\"role\":\"user\",")
        .append("\"content\":\"How do I add a provider?\"}]}'\n");
    return text.toString();
  }
}
