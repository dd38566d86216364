package dev.serai.config.provider;

import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what the file, the environment and Serai know of each provider.
 *
 * <p>What a file says of a provider is meant for it, so the file's key and address win over the
 * vendors' variables: a key never travels to an address that came from elsewhere by chance. Not
 * thread-safe.
 */
public final class ProviderList {
  private static final String REGION = "AWS_REGION";
  private static final String USUAL_REGION = "us-east-1";

  private final Map<String, String> environment;
  private final Map<String, Node.Unset> unset;
  private final Node.Mapping file;
  private final Problems problems;

  /**
   * @param file what was read, for the places of what is wrong
   * @param unset keys of providers whose variable is not set, by path
   */
  public ProviderList(
      Map<String, String> environment,
      Node.Mapping file,
      Map<String, Node.Unset> unset,
      Problems problems) {
    this.file = file;
    this.environment = environment;
    this.unset = unset;
    this.problems = problems;
  }

  /** All, the first to be asked first. */
  public List<Provider> of(Map<String, ProviderSettings> written) {
    Map<String, Provider> byName = new LinkedHashMap<>();
    for (KnownProvider known : KnownProvider.all()) {
      ProviderSettings said = written.getOrDefault(known.name(), ProviderSettings.defaults());
      byName.put(known.name(), known(known, said));
    }
    written.forEach(
        (name, said) -> {
          if (!byName.containsKey(name)) {
            byName.put(name, own(name, said));
          }
        });
    List<Provider> sorted = new ArrayList<>(byName.values());
    sorted.sort(Comparator.comparingInt(Provider::priority));
    return List.copyOf(sorted);
  }

  /** The name of a key that a file holds. */
  public static String keyName(String provider) {
    return "providers." + provider + ".api_key";
  }

  private Provider known(KnownProvider known, ProviderSettings said) {
    Optional<String> keyName =
        keyName(known.name(), said)
            .or(
                () ->
                    known
                        .keyVariable()
                        .filter(name -> KnownProvider.key(name, environment).isPresent()));
    boolean isAzure = known.name().equals(AzureAddress.PROVIDER) && said.baseUrl().isEmpty();
    Optional<AzureAddress> azure =
        isAzure ? Optional.of(new AzureAddress(environment, problems)) : Optional.empty();
    Optional<String> found = written(said).or(() -> address(known.urlVariable()));
    Optional<String> given = azure.isEmpty() ? found : found.map(azure.get()::baseUrl);
    List<String> quirks = new ArrayList<>(said.quirks());
    azure.ifPresent(address -> quirks.addAll(address.quirks()));
    requireLists(known.name(), said.kind().orElse(known.kind()), said);
    State state = state(known, said, keyName.isPresent(), given.isPresent());
    List<ModelSettings> models = new ArrayList<>(said.models());
    known.models().forEach(model -> models.add(ModelSettings.named(model)));
    return new Provider(
        known.name(),
        said.kind().orElse(known.kind()),
        given.or(() -> usual(known)),
        modelsUrl(known, said),
        keyName,
        quirks,
        models,
        said.priority(),
        state.enabled,
        state.why);
  }

  private record State(boolean enabled, String why) {}

  private State state(KnownProvider known, ProviderSettings said, boolean key, boolean address) {
    if (said.enabled().isPresent() && !said.enabled().get()) {
      return new State(false, "switched off in the settings");
    }
    Node.Unset missing = unset.get(keyName(known.name()));
    if (missing != null) {
      return new State(false, missing.variable() + " is not set");
    }
    if (known.needsKeyAndAddress() && key != address) {
      String lacks = (key ? known.urlVariable() : known.keyVariable()).orElseThrow();
      return new State(false, lacks + " is not set");
    }
    if (key) {
      return new State(true, "it has a key");
    }
    Optional<String> sign = known.signs().stream().filter(this::isSet).findFirst();
    if (sign.isPresent()) {
      return new State(true, sign.get() + " is set");
    }
    if (address) {
      return new State(true, "it has an address and needs no key");
    }
    if (known.keyVariable().isPresent()) {
      boolean forced = said.enabled().orElse(false);
      return new State(forced, known.keyVariable().get() + " is not set");
    }
    if (known.baseUrl().isPresent()) {
      return new State(true, "at its usual address, " + known.baseUrl().get());
    }
    boolean inside = known.kind() == ProviderKind.PERSONA;
    return new State(
        inside,
        inside ? "inside Serai" : known.urlVariable().orElse("its address") + " is not set");
  }

  private Provider own(String name, ProviderSettings said) {
    Place place = file.placeOf("providers", name);
    if (!isName(name)) {
      problems.add(place, "a provider's name is a-z, 0-9 and '-', at most 64 characters");
    }
    boolean inside = said.kind().filter(kind -> kind == ProviderKind.PERSONA).isPresent();
    if (said.kind().isEmpty()) {
      problems.add(place, "the key kind is missing: Serai does not know this provider");
    } else if (said.baseUrl().isEmpty() && !inside) {
      problems.add(place, "the key base_url is missing");
    }
    said.kind().ifPresent(kind -> requireLists(name, kind, said));
    Node.Unset missing = unset.get(keyName(name));
    boolean on = said.enabled().orElse(true) && missing == null;
    String why = on ? "in the settings" : "switched off in the settings";
    return new Provider(
        name,
        said.kind().orElse(ProviderKind.OPENAI_COMPATIBLE),
        written(said),
        said.modelsUrl().map(URI::toString),
        keyName(name, said),
        said.quirks(),
        said.models(),
        said.priority(),
        on,
        missing == null ? why : missing.variable() + " is not set");
  }

  /** All others are asked for their models where they are asked everything else. */
  private void requireLists(String name, ProviderKind kind, ProviderSettings said) {
    if (said.modelsUrl().isPresent() && kind != ProviderKind.BEDROCK) {
      problems.add(
          file.placeOf("providers", name), "the key models_url is for the kind bedrock alone");
    }
  }

  /** It becomes part of a route's id. */
  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inner = i > 0 && (c == '-' || c == '_' || c == '.');
      if (!inner && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 64;
  }

  private static Optional<String> keyName(String provider, ProviderSettings said) {
    boolean any = said.apiKey().isPresent() || !said.keys().isEmpty();
    return any ? Optional.of(keyName(provider)) : Optional.empty();
  }

  private static Optional<String> written(ProviderSettings said) {
    return said.baseUrl().map(URI::toString);
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  /** The address that Serai knows; Bedrock's has the region in it. */
  private Optional<String> usual(KnownProvider known) {
    String region = environment.getOrDefault(REGION, "").strip();
    if (known.kind() != ProviderKind.BEDROCK || region.isEmpty()) {
      return known.baseUrl();
    }
    if (!isWord(region)) {
      problems.add(Place.variable(REGION), "a name of a-z, 0-9 and '-' is allowed");
      return known.baseUrl();
    }
    return known.baseUrl().map(url -> url.replace(USUAL_REGION, region));
  }

  private static boolean isWord(String text) {
    return text.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }

  /** The variable's belongs to the address that the environment or Serai gave. */
  private Optional<String> modelsUrl(KnownProvider known, ProviderSettings said) {
    Optional<String> written = said.modelsUrl().map(URI::toString);
    return written.isPresent() || said.baseUrl().isPresent()
        ? written
        : address(known.modelsUrlVariable());
  }

  /** The address in a variable. */
  private Optional<String> address(Optional<String> name) {
    Optional<String> given = name.flatMap(n -> KnownProvider.key(n, environment));
    if (name.isEmpty() || given.isEmpty()) {
      return Optional.empty();
    }
    String text = given.get();
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return Optional.of(text);
      }
    } catch (URISyntaxException e) {
      problems.add(Place.variable(name.get()), "an http:// or https:// address is allowed");
      return Optional.empty();
    }
    problems.add(
        Place.variable(name.get()), "an http:// or https:// address without user is allowed");
    return Optional.empty();
  }
}
