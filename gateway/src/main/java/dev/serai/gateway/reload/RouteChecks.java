package dev.serai.gateway.reload;

import dev.serai.config.check.OwnAddress;
import dev.serai.config.check.ProviderCheck;
import dev.serai.config.provider.ProviderKind;
import dev.serai.config.read.Names;
import dev.serai.core.provider.Secrets;
import dev.serai.gateway.reload.Kamelets.Kamelet;
import dev.serai.gateway.reload.RouteText.Call;
import dev.serai.gateway.reload.RouteText.RouteEntry;
import dev.serai.gateway.reload.RouteText.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Checks what Camel does not check when it loads a route: the parameters of kamelets, the name of
 * the provider, the name of its key, and whether the routes that it calls exist. Thread-safe.
 */
public final class RouteChecks {
  static final String DIRECT = "direct";
  static final String ADAPTER = "adapter-";
  private static final String PROVIDER = "provider";
  private static final String KEY_PARAMETER = "keyName";
  private static final Set<String> FRAME = Set.of("source", "sink");

  /** A variable, or a setting such as {@code providers.groq.api_key}. */
  private static final Pattern KEY_NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|providers\\.[A-Za-z0-9._-]+\\.[a-z_]+");

  /** Text that looks like a key and not like the name of a variable. */
  private static final Pattern KEY =
      Pattern.compile("(?:sk|pk|gsk|xai|hf|AIza|AKIA|ASIA|eyJ).*|(?=.*[a-z])(?=.*[0-9]).{20,}");

  private final Kamelets kamelets;
  private final Secrets secrets;
  private final OwnAddress own;

  /**
   * @param kamelets the folder of the kamelets
   * @param secrets where the names of keys are looked up
   * @param own where Serai itself listens
   */
  public RouteChecks(Path kamelets, Secrets secrets, OwnAddress own) {
    this.kamelets = new Kamelets(kamelets);
    this.secrets = secrets;
    this.own = own;
  }

  /**
   * Checks a file.
   *
   * @param directNames every {@code direct:} name that is served or in a file
   * @param keysRequired whether the name of a key should be one that is set
   * @return the providers of the file that are off, since their key is not set
   * @throws RouteFault for the first fault
   * @throws java.io.UncheckedIOException if a kamelet cannot be read
   */
  List<OffProvider> check(RouteText text, Set<String> directNames, boolean keysRequired) {
    List<OffProvider> off = new ArrayList<>();
    for (RouteEntry route : text.routes()) {
      for (Call call : route.calls()) {
        call.path(DIRECT).ifPresent(name -> requireRoute(name, call, directNames));
        call.path("upstream").ifPresent(name -> requireSame(name, call.uri().line(), route));
        call.path("kamelet")
            .flatMap(name -> checkKamelet(name, call, route))
            .filter(kamelet -> keysRequired && !kamelet.signs())
            .flatMap(_ -> unset(keyName(call), route))
            .ifPresent(off::add);
      }
    }
    return off;
  }

  /** What may be wrong with the base URLs of a file, with lines. */
  List<Word> addressWarnings(RouteText text) {
    List<Word> warnings = new ArrayList<>();
    for (RouteEntry route : text.routes()) {
      for (Call call : route.calls()) {
        Word url = call.parameters().getOrDefault("baseUrl", Word.NONE);
        addressWarning(call, url.text()).ifPresent(why -> warnings.add(new Word(why, url.line())));
      }
    }
    return warnings;
  }

  private Optional<String> addressWarning(Call call, String url) {
    if (!isLiteral(url)) {
      return Optional.empty();
    }
    boolean isOpenAi =
        call.path("kamelet").filter(ProviderKind.OPENAI_COMPATIBLE.toString()::equals).isPresent();
    String provider = call.parameters().getOrDefault(PROVIDER, Word.NONE).text();
    return own.matches(url)
        ? Optional.of(OwnAddress.WARNING)
        : ProviderCheck.addressDoubt(url, provider, isOpenAi);
  }

  /** Whether a route makes a provider of its own known: by {@code upstream:}, or by a kamelet. */
  static boolean hasUpstream(RouteEntry route) {
    return route.calls().stream()
        .anyMatch(
            call -> call.path("upstream").isPresent() || call.parameters().containsKey(PROVIDER));
  }

  private static void requireRoute(String name, Call call, Set<String> directNames) {
    if (isLiteral(name) && !directNames.contains(name)) {
      throw new RouteFault(
          call.uri().line(), "there is no route direct:" + name + meant(name, directNames));
    }
  }

  private Optional<Kamelet> checkKamelet(String path, Call call, RouteEntry route) {
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    if (!isLiteral(name) || FRAME.contains(name)) {
      return Optional.empty();
    }
    Optional<Kamelet> found = kamelet(name, call);
    if (found.isEmpty()) {
      List<String> known = kamelets.names();
      throw new RouteFault(call.uri().line(), "there is no kamelet " + name + hint(name, known));
    }
    requireKnown(name, call, found.get().parameters());
    requireAll(name, call, found.get().required());
    Word provider = call.parameters().getOrDefault(PROVIDER, Word.NONE);
    if (isLiteral(provider.text())) {
      requireSame(provider.text(), provider.line(), route);
    }
    refuseKey(keyName(call));
    return found;
  }

  private Optional<Kamelet> kamelet(String name, Call call) {
    try {
      return kamelets.find(name);
    } catch (RouteFault fault) {
      throw new RouteFault(
          call.uri().line(),
          "the kamelet " + name + " is refused, line " + fault.line() + ": " + fault.getMessage());
    } catch (YamlEngineException e) {
      throw new RouteFault(call.uri().line(), "the kamelet " + name + " is not valid YAML");
    }
  }

  private static void requireKnown(String kamelet, Call call, Set<String> known) {
    for (Map.Entry<String, Word> given : call.parameters().entrySet()) {
      String name = given.getKey();
      if (!known.contains(name)) {
        throw new RouteFault(
            given.getValue().line(),
            "the kamelet "
                + kamelet
                + " has no parameter "
                + name
                + hint(name, new TreeSet<>(known)));
      }
    }
  }

  private static void requireAll(String kamelet, Call call, List<String> required) {
    for (String name : required) {
      if (!call.parameters().containsKey(name)) {
        throw RouteFault.following(
            call.uri().line(),
            "the kamelet "
                + kamelet
                + " needs the parameter "
                + name
                + "; write it below 'parameters:'");
      }
    }
  }

  /** The provider of a route is found by the name of the route. */
  private static void requireSame(String provider, int line, RouteEntry route) {
    String expected = DIRECT + ":" + ADAPTER + provider;
    boolean named = !route.from().text().isEmpty(); // otherwise Camel refuses it
    if (isLiteral(provider) && named && !route.from().text().equals(expected)) {
      throw new RouteFault(
          line,
          "the provider is "
              + provider
              + ", but the route in line "
              + route.from().line()
              + " is from "
              + route.from().text()
              + "; give both the same name: "
              + expected);
    }
  }

  private static Word keyName(Call call) {
    return call.parameters().getOrDefault(KEY_PARAMETER, Word.NONE);
  }

  /** The message does not show the key. */
  private void refuseKey(Word keyName) {
    if (isUnset(keyName)
        && (!KEY_NAME.matcher(keyName.text()).matches() || KEY.matcher(keyName.text()).matches())) {
      throw new RouteFault(
          keyName.line(),
          "keyName is not the name of a variable, it looks like a key; write the key into a"
              + " variable such as PROVIDER_API_KEY, its name here, and replace the key at the"
              + " provider if others can read this file");
    }
  }

  /** A name without a value is refused if it is a typo; else the provider is off. */
  private Optional<OffProvider> unset(Word keyName, RouteEntry route) {
    String adapter = DIRECT + ":" + ADAPTER;
    if (!isUnset(keyName) || !route.from().text().startsWith(adapter)) {
      return Optional.empty();
    }
    String meant = meant(keyName.text(), secrets.names());
    if (!meant.isEmpty()) {
      throw new RouteFault(
          keyName.line(), "keyName: the variable " + keyName.text() + " is not set" + meant);
    }
    String provider = route.from().text().substring(adapter.length());
    return Optional.of(new OffProvider(provider, keyName.text(), keyName.line()));
  }

  private boolean isUnset(Word keyName) {
    return isLiteral(keyName.text()) && !isSet(keyName.text());
  }

  /** Whether a key of that name is set. */
  boolean isSet(String keyName) {
    return !secrets.all(keyName).isEmpty();
  }

  private static boolean isLiteral(String text) {
    return !text.isEmpty() && !text.contains("{{") && !text.contains("${");
  }

  private static String hint(String read, Collection<String> known) {
    String meant = meant(read, known);
    return meant + (meant.isEmpty() ? "; known are " : " Known are ") + String.join(", ", known);
  }

  private static String meant(String read, Collection<String> allowed) {
    Map<String, String> byPlainName = new TreeMap<>();
    for (String name : allowed) {
      byPlainName.put(name.toLowerCase(Locale.ROOT).replace('-', '_'), name);
    }
    return Names.closestSetting(read, byPlainName.keySet())
        .map(name -> "; did you mean " + byPlainName.get(name) + "?")
        .orElse("");
  }
}
