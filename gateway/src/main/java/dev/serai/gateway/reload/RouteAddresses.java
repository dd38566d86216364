package dev.serai.gateway.reload;

import dev.serai.config.check.ProviderCheck;
import dev.serai.core.net.BaseUrl;
import dev.serai.gateway.reload.RouteText.Call;
import dev.serai.gateway.reload.RouteText.RouteEntry;
import dev.serai.gateway.reload.RouteText.Word;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the addresses in route files: that those of providers are addresses, and that a route with
 * a path of its own listens where the gateway does. The address itself is never in a message, since
 * it may have a password. Immutable.
 */
final class RouteAddresses {
  private static final List<String> PARAMETERS = List.of("baseUrl", "modelsUrl");
  private static final String EXAMPLE =
      "; write an address such as https://api.example.com/v1, or {{env:NAME}} for the one in an"
          + " environment variable";

  private static final Pattern LISTENING = Pattern.compile("(netty-http|websocket-netty)(:.*)?");
  private static final String OWN_PORT = "{{server.host}}:{{server.port}}";
  private static final Pattern AT_OWN_PORT =
      Pattern.compile("[a-z-]+:(http|ws):(//)?" + Pattern.quote(OWN_PORT) + "([/?].*)?");

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
   * @throws RouteFault for the first address that is none, or that the gateway does not listen at
   */
  void check(RouteText text) {
    for (RouteEntry route : text.routes()) {
      if (!"false".equals(resolved.apply(route.precondition().text()))) {
        requireOwnPort(route.from());
        route.calls().stream().filter(RouteAddresses::isOfProvider).forEach(this::check);
      }
    }
  }

  /** The port has TLS, callers and a drain; one that a route opened would have none of them. */
  private static void requireOwnPort(Word from) {
    Matcher listening = LISTENING.matcher(from.text());
    if (listening.matches() && !AT_OWN_PORT.matcher(from.text()).matches()) {
      String scheme = listening.group(1).equals("netty-http") ? "http" : "ws";
      throw new RouteFault(
          from.line(),
          "a route of its own listens at "
              + OWN_PORT
              + ": write "
              + listening.group(1)
              + ":"
              + scheme
              + "://"
              + OWN_PORT
              + "/PATH");
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

  private static void refuse(Word address, String fault) {
    throw new RouteFault(address.line(), fault);
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
      ProviderCheck.addressFault(text)
          .ifPresent(fault -> refuse(address, parameter + ": " + fault));
    }
  }
}
