package dev.serai.config.check;

import dev.serai.config.annotation.Secret;
import dev.serai.config.provider.KeyForm;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderKind;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Place;
import dev.serai.core.dialect.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the quirks and the addresses of providers. Not thread-safe. */
public final class ProviderCheck {
  private final Map<String, Dialect> dialects;
  private final OwnAddress own;
  private final Findings findings;

  /**
   * @param dialects by name; quirks of other dialects are not checked
   * @param own where Serai itself listens
   */
  public ProviderCheck(Map<String, Dialect> dialects, OwnAddress own, Findings findings) {
    this.dialects = dialects;
    this.own = own;
    this.findings = findings;
  }

  /** What is certainly wrong with the path of a base URL; empty if nothing is. */
  public static Optional<String> addressFault(String url) {
    return AddressForm.fault(url);
  }

  /**
   * What is probably wrong with the path of a base URL; empty if nothing is.
   *
   * @param provider its name
   * @param isOpenAi whether it has the API of OpenAI
   */
  public static Optional<String> addressDoubt(String url, String provider, boolean isOpenAi) {
    return AddressForm.doubt(url, provider, isOpenAi);
  }

  /** Checks the providers of the settings file. */
  public void written(Map<String, ProviderSettings> providers) {
    providers.forEach(
        (name, provider) -> {
          Optional<ProviderKind> kind = kind(name, provider);
          provider
              .baseUrl()
              .ifPresent(
                  url -> {
                    Place place = findings.at("providers", name, "base_url");
                    address(place, url.toString(), name, kind);
                  });
          kind.ifPresent(one -> quirks(name, provider, one));
        });
  }

  /** Checks the addresses in the variables of known providers. */
  public void variables(Map<String, String> environment) {
    for (KnownProvider known : KnownProvider.all()) {
      known
          .urlVariable()
          .ifPresent(
              name ->
                  KnownProvider.key(name, environment)
                      .ifPresent(
                          url -> {
                            address(
                                Place.variable(name), url, known.name(), Optional.of(known.kind()));
                          }));
    }
  }

  /** Names known providers that the environment asks for, but cannot be used, and wrong keys. */
  public void incomplete(
      List<Provider> providers,
      Map<String, ProviderSettings> written,
      Map<String, String> environment) {
    for (Provider provider : providers) {
      keys(provider, Optional.ofNullable(written.get(provider.name())), environment);
      if (!provider.enabled() && provider.place().isEmpty()) {
        KnownProvider.find(provider.name())
            .flatMap(known -> known.askedFor(environment))
            .ifPresent(name -> off(provider, name));
      }
    }
    providers.stream()
        .flatMap(provider -> KnownProvider.halfKeys(provider, environment).entrySet().stream())
        .distinct()
        .forEach(half -> findings.perhapsWrong(Place.variable(half.getKey()), half.getValue()));
    boolean signs = providers.stream().anyMatch(ProviderCheck::usesGoogleCredentials);
    if (signs) {
      credentials(environment);
    }
  }

  private void keys(
      Provider provider, Optional<ProviderSettings> written, Map<String, String> environment) {
    String name = provider.name();
    if (written.isPresent()) {
      Place place = findings.at("providers", name, "api_key");
      written.get().apiKey().ifPresent(keys -> each(provider, place, keys.reveal()));
      List<Secret> keys = written.get().keys();
      for (int i = 0; i < keys.size(); i++) {
        key(provider, findings.item(i, "providers", name, "keys"), keys.get(i).reveal());
      }
    }
    KnownProvider.find(name)
        .flatMap(KnownProvider::keyVariable)
        .map(KnownProvider::namesOf)
        .orElse(List.of())
        .forEach(
            variable ->
                each(provider, Place.variable(variable), environment.getOrDefault(variable, "")));
  }

  private void each(Provider provider, Place place, String keys) {
    for (String key : keys.split(",", -1)) {
      key(provider, place, key);
    }
  }

  private void key(Provider provider, Place place, String key) {
    Optional<String> fault = KeyForm.fault(key.strip());
    fault.ifPresent(what -> findings.wrong(place, "the key " + what));
    if (KeyForm.isQuoted(key.strip()) && !place.inEnvironment()) {
      findings.perhapsWrong(
          place, "the key is in quotes, which count as a part of it; remove them");
    }
    if (fault.isEmpty() && key.strip().chars().anyMatch(Character::isWhitespace)) {
      findings.perhapsWrong(place, "the key has a blank in it; check that it was copied whole");
    }
    if (fault.isEmpty()) {
      KeyForm.foreign(provider, key.strip())
          .ifPresent(
              what ->
                  findings.perhapsWrong(
                      place, "the key " + what + "; it is used for " + provider.name()));
    }
  }

  private void off(Provider provider, String variable) {
    findings.perhapsWrong(
        Place.variable(variable), "the provider " + provider.name() + " is off: " + provider.why());
  }

  private static boolean usesGoogleCredentials(Provider provider) {
    return provider.enabled()
        && provider.kind() == ProviderKind.VERTEX
        && provider.keyName().isEmpty();
  }

  /** The value may be a secret, so it is not shown. */
  private void credentials(Map<String, String> environment) {
    KnownProvider.missingCredentials(environment)
        .ifPresent(
            name ->
                findings.perhapsWrong(
                    Place.variable(name), "names a file that does not exist, and is not JSON"));
  }

  private static Optional<ProviderKind> kind(String name, ProviderSettings provider) {
    return provider.kind().or(() -> KnownProvider.find(name).map(KnownProvider::kind));
  }

  private void address(Place place, String url, String name, Optional<ProviderKind> kind) {
    Optional<String> fault = AddressForm.fault(url);
    fault.ifPresent(what -> findings.wrong(place, what));
    if (fault.isEmpty() && own.matches(url)) {
      findings.perhapsWrong(place, OwnAddress.WARNING);
    }
    boolean isOpenAi = kind.filter(ProviderKind.OPENAI_COMPATIBLE::equals).isPresent();
    AddressForm.doubt(url, name, isOpenAi).ifPresent(what -> findings.perhapsWrong(place, what));
  }

  private void quirks(String name, ProviderSettings provider, ProviderKind kind) {
    Dialect dialect = dialects.get(kind.dialect());
    if (dialect == null) {
      return;
    }
    for (int i = 0; i < provider.quirks().size(); i++) {
      String quirk = provider.quirks().get(i);
      if (!dialect.supportsQuirk(quirk)) {
        String meant =
            Names.closestTo(quirk, dialect.quirks())
                .map(flag -> "; did you mean " + flag + "? ")
                .orElse("; ");
        findings.wrong(
            findings.item(i, "providers", name, "quirks"),
            "the dialect "
                + dialect.name()
                + " has no quirk "
                + quirk
                + meant
                + "docs/quirks.md lists them");
      }
    }
  }
}
