package dev.serai.config.provider;

import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import dev.serai.core.net.BaseUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Combines the file, the environment and what Serai knows into the list of providers.
 *
 * <p>The key and the address that the file gives a provider override its variables, so that a key
 * is never sent to an address that was set for something else. Not thread-safe.
 */
public final class ProviderList {
  private static final String REGION = "AWS_REGION";
  private static final String DEFAULT_REGION = "us-east-1";

  private final Map<String, String> environment;
  private final Map<String, Node.Unset> unset;
  private final Node.Mapping file;
  private final Problems problems;

  /**
   * @param file the content of the settings file, for the places of mistakes
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

  /** All providers, in the order in which they are tried. */
  public List<Provider> of(Map<String, ProviderSettings> written) {
    Map<String, Provider> byName = new LinkedHashMap<>();
    for (KnownProvider known : KnownProvider.all()) {
      ProviderSettings settings = written.getOrDefault(known.name(), ProviderSettings.defaults());
      byName.put(known.name(), known(known, settings));
    }
    written.forEach((name, settings) -> byName.computeIfAbsent(name, _ -> own(name, settings)));
    List<Provider> sorted = new ArrayList<>(byName.values());
    sorted.sort(Comparator.comparingInt(Provider::priority));
    return List.copyOf(sorted);
  }

  /** The name of the key that the file gives a provider. */
  public static String keyName(String provider) {
    return "providers." + provider + ".api_key";
  }

  private Provider known(KnownProvider known, ProviderSettings settings) {
    Optional<String> keyName =
        keyName(known.name(), settings)
            .or(
                () ->
                    known
                        .keyVariable()
                        .filter(name -> KnownProvider.key(name, environment).isPresent()));
    boolean isAzure = known.name().equals(AzureAddress.PROVIDER) && settings.baseUrl().isEmpty();
    Optional<AzureAddress> azure =
        isAzure ? Optional.of(new AzureAddress(environment, problems)) : Optional.empty();
    Optional<String> found = addressInFile(settings).or(() -> address(known.urlVariable()));
    Optional<VertexAddress> vertex =
        known.kind() == ProviderKind.VERTEX
            ? Optional.of(new VertexAddress(environment, problems))
            : Optional.empty();
    Optional<String> given =
        vertex.isPresent()
            ? vertex.get().baseUrl(found)
            : azure.isEmpty() ? found : found.map(azure.get()::baseUrl);
    List<String> quirks = new ArrayList<>(settings.quirks());
    azure.ifPresent(address -> quirks.addAll(address.quirks()));
    requireLists(known.name(), settings.kind().orElse(known.kind()), settings);
    State state =
        vertex
            .filter(_ -> !keyName.isPresent() && !isOff(settings))
            .flatMap(address -> stateOf(address, found, given.isPresent()))
            .orElseGet(() -> state(known, settings, keyName.isPresent(), given.isPresent()));
    List<ModelSettings> models = new ArrayList<>(settings.models());
    known.models().forEach(model -> models.add(ModelSettings.named(model)));
    return new Provider(
        known.name(),
        settings.kind().orElse(known.kind()),
        given.or(() -> defaultAddress(known)),
        modelsUrl(known, settings),
        keyName,
        quirks,
        models,
        settings.priority(),
        state.enabled,
        place(known.name()),
        state.why);
  }

  private Optional<Place> place(String name) {
    Place place = file.placeOf("providers", name);
    return place.key().equals("providers." + name) ? Optional.of(place) : Optional.empty();
  }

  private record State(boolean enabled, String why) {}

  private State state(
      KnownProvider known, ProviderSettings settings, boolean key, boolean address) {
    if (isOff(settings)) {
      return new State(false, "switched off in the settings");
    }
    Node.Unset missing = unset.get(keyName(known.name()));
    if (missing != null) {
      return new State(false, KnownProvider.unset(missing.variable(), environment));
    }
    if (known.needsKeyAndAddress() && key != address) {
      String lacks = (key ? known.urlVariable() : known.keyVariable()).orElseThrow();
      String why = KnownProvider.unset(lacks, environment);
      return new State(
          false,
          place(known.name()).isEmpty()
              ? why
              : why + ", and the settings have no " + (key ? "base_url" : "api_key"));
    }
    if (key) {
      boolean bedrock = known.kind() == ProviderKind.BEDROCK;
      return new State(true, "it has a key" + (bedrock ? region(address) : ""));
    }
    Optional<String> sign = known.signs().stream().filter(this::isSet).findFirst();
    if (sign.isPresent()) {
      return new State(true, sign.get() + " is set" + region(address));
    }
    if (address) {
      return new State(true, addressFrom(known, settings));
    }
    if (known.keyVariable().isPresent()) {
      // Bedrock's credentials may be where no variable shows them.
      boolean forced = settings.enabled().orElse(false) && !known.signs().isEmpty();
      return new State(forced, known.lacks(environment));
    }
    if (known.baseUrl().isPresent()) {
      return new State(true, "at its default address, " + known.baseUrl().get());
    }
    boolean inside = known.kind() == ProviderKind.PERSONA;
    return new State(
        inside,
        inside
            ? "inside Serai"
            : KnownProvider.unset(known.urlVariable().orElse("its address"), environment));
  }

  /** Only Bedrock has signs, and a default region that is perhaps not the operator's. */
  private String region(boolean address) {
    return address || isSet(REGION)
        ? ""
        : "; in the region " + DEFAULT_REGION + ", since " + REGION + " is not set";
  }

  private static boolean isOff(ProviderSettings settings) {
    return !settings.enabled().orElse(true);
  }

  /** Empty if the address that is given is complete without variables. */
  private Optional<State> stateOf(VertexAddress vertex, Optional<String> found, boolean given) {
    Optional<State> off = vertex.missing().map(why -> new State(false, why));
    if (off.isPresent() || found.isPresent()) {
      return off.filter(_ -> !given);
    }
    return Optional.of(new State(true, vertex.why(environment)));
  }

  private String addressFrom(KnownProvider known, ProviderSettings settings) {
    String variable =
        known.urlVariable().stream()
            .flatMap(name -> KnownProvider.namesOf(name).stream())
            .filter(this::isSet)
            .findFirst()
            .orElse("its address");
    String from = settings.baseUrl().isPresent() ? "in the settings" : variable + " is set";
    return known.keyVariable().isPresent() ? from + "; without a key" : from;
  }

  private Provider own(String name, ProviderSettings settings) {
    Place place = file.placeOf("providers", name);
    if (!isName(name)) {
      problems.add(
          place, "a provider's name has a-z, 0-9, '-', '_' and '.', at most 64 characters");
    }
    requireKind(place, settings);
    settings.kind().ifPresent(kind -> requireLists(name, kind, settings));
    Node.Unset missing = unset.get(keyName(name));
    boolean on = settings.enabled().orElse(true) && missing == null;
    boolean keyless = keyName(name, settings).isEmpty() && needsKey(settings);
    String present = keyless ? "in the settings; without a key" : "in the settings";
    String why = on ? present : "switched off in the settings";
    return new Provider(
        name,
        settings.kind().orElse(ProviderKind.OPENAI_COMPATIBLE),
        addressInFile(settings),
        settings.modelsUrl().map(URI::toString),
        keyName(name, settings),
        settings.quirks(),
        settings.models(),
        settings.priority(),
        on,
        place(name),
        missing == null ? why : KnownProvider.unset(missing.variable(), environment));
  }

  /** Whether most servers of this kind need a key that no variable of the vendor has. */
  private static boolean needsKey(ProviderSettings settings) {
    ProviderKind kind = settings.kind().orElse(ProviderKind.OPENAI_COMPATIBLE);
    return kind == ProviderKind.OPENAI_COMPATIBLE
        || kind == ProviderKind.ANTHROPIC
        || kind == ProviderKind.GEMINI;
  }

  private void requireKind(Place place, ProviderSettings settings) {
    boolean inside = settings.kind().filter(kind -> kind == ProviderKind.PERSONA).isPresent();
    if (settings.kind().isPresent()) {
      if (settings.baseUrl().isEmpty() && !inside && !isReported(place, "base_url")) {
        problems.add(place, "base_url is missing");
      }
    } else if (!hasKind(place)) {
      String name = place.key().substring(place.key().indexOf('.') + 1);
      problems.add(place, kindMissing(name));
    }
  }

  /** A name that Serai knows needs no kind; any other is that of a server of one of the kinds. */
  private static String kindMissing(String name) {
    String meant =
        KnownProvider.meantBy(name)
            .or(() -> OtherProviders.kind(name).map(kind -> "kind: " + kind))
            .map(other -> "; did you mean " + other + "? A")
            .orElse("; a");
    return "kind is missing: Serai knows no provider of this name"
        + meant
        + " provider of your own needs base_url and one of the kinds "
        + ProviderKind.names();
  }

  /** Whether a key of a provider is in the file, and what is wrong with it has been reported. */
  private boolean isReported(Place provider, String key) {
    String name = provider.key().substring(provider.key().indexOf('.') + 1);
    return unset.containsKey(provider.key() + "." + key)
        || problems.hasAt(file.placeOf("providers", name, key))
        || problems.isMisspelt(file.at("providers", name), key);
  }

  /** Whether a provider has a kind in the file, and if it is unknown, that has been reported. */
  private boolean hasKind(Place provider) {
    String name = provider.key().substring(provider.key().indexOf('.') + 1);
    return file.placeOf("providers", name, "kind").key().equals(provider.key() + ".kind");
  }

  /** Only Bedrock has its list of models at another address. */
  private void requireLists(String name, ProviderKind kind, ProviderSettings settings) {
    if (settings.modelsUrl().isPresent() && kind != ProviderKind.BEDROCK) {
      problems.add(
          file.placeOf("providers", name), "models_url is allowed only with the kind bedrock");
    }
  }

  /** The name becomes a part of a route's id. */
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

  private static Optional<String> keyName(String provider, ProviderSettings settings) {
    boolean any = settings.apiKey().isPresent() || !settings.keys().isEmpty();
    return any ? Optional.of(keyName(provider)) : Optional.empty();
  }

  private static Optional<String> addressInFile(ProviderSettings settings) {
    return settings.baseUrl().map(URI::toString);
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  /** The default address; that of Bedrock contains the region. */
  private Optional<String> defaultAddress(KnownProvider known) {
    String region = environment.getOrDefault(REGION, "").strip();
    if (known.kind() != ProviderKind.BEDROCK || region.isEmpty()) {
      return known.baseUrl();
    }
    if (!isWord(region)) {
      problems.add(Place.variable(REGION), "must be a region: a-z, 0-9 and '-'");
      return known.baseUrl();
    }
    return known.baseUrl().map(url -> url.replace(DEFAULT_REGION, region));
  }

  private static boolean isWord(String text) {
    return text.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }

  /** The variable applies only if the address does not come from the file. */
  private Optional<String> modelsUrl(KnownProvider known, ProviderSettings settings) {
    Optional<String> written = settings.modelsUrl().map(URI::toString);
    return written.isPresent() || settings.baseUrl().isPresent()
        ? written
        : address(known.modelsUrlVariable());
  }

  /** The address in a variable. */
  private Optional<String> address(Optional<String> name) {
    Optional<String> given = name.flatMap(n -> KnownProvider.key(n, environment));
    if (name.isEmpty() || given.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BaseUrl.parse(given.get()).baseUrl());
    } catch (IllegalArgumentException e) {
      problems.add(
          Place.variable(name.get()),
          "must be an http:// or https:// address without user name, query and fragment");
      return Optional.empty();
    }
  }
}
