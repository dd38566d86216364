package dev.serai.gateway.reload;

import dev.serai.core.net.BaseUrl;
import dev.serai.gateway.reload.RouteText.Call;
import dev.serai.gateway.reload.RouteText.RouteEntry;
import dev.serai.gateway.reload.RouteText.Word;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Checks the addresses of providers in route files. The address itself is never in a message, since
 * it may have a password. Immutable.
 */
final class RouteAddresses {
  private static final List<String> PARAMETERS = List.of("baseUrl", "modelsUrl");
  private static final String EXAMPLE =
      "; write an address such as https://api.example.com/v1, or {{env:NAME}} for the one in an"
          + " environment variable";

  private final UnaryOperator<String> resolved;

  /**
   * @param resolved replaces placeholders by their values, as far as they have some
   */
  RouteAddresses(UnaryOperator<String> resolved) {
    this.resolved = resolved;
  }

  /**
   * Checks a file.
   *
   * @throws RouteFault for the first address that is none
   */
  void check(RouteText text) {
    for (RouteEntry route : text.routes()) {
      if (!"false".equals(resolved.apply(route.precondition().text()))) {
        route.calls().stream().filter(RouteAddresses::isOfProvider).forEach(this::check);
      }
    }
  }

  private static boolean isOfProvider(Call call) {
    return call.path("kamelet").isPresent() || call.path("upstream").isPresent();
  }

  private void check(Call call) {
    for (String parameter : PARAMETERS) {
      Word address = call.parameters().getOrDefault(parameter, Word.NONE);
      boolean later = call.dynamic() && address.text().contains("${");
      if (address.line() > 0 && !later) {
        check(parameter, address);
      }
    }
  }

  private void check(String parameter, Word address) {
    String text = resolved.apply(address.text());
    if (text.isBlank() && parameter.equals(PARAMETERS.getFirst())) {
      throw new RouteFault(address.line(), parameter + " has no value" + EXAMPLE);
    }
    if (text.contains("${")) {
      throw new RouteFault(
          address.line(), parameter + ": ${...} is for serai.yaml, not for route files" + EXAMPLE);
    }
    if (!text.isBlank() && !text.contains("{{")) {
      try {
        BaseUrl.parse(text);
      } catch (IllegalArgumentException wrong) {
        // What is behind the colon is in the words of Java.
        String reason = String.valueOf(wrong.getMessage()).split(": ", 2)[0];
        throw new RouteFault(address.line(), reason.replaceFirst("^baseUrl", parameter) + EXAMPLE);
      }
    }
  }
}
