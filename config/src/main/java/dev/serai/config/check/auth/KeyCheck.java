package dev.serai.config.check.auth;

import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.auth.KeySettings;
import dev.serai.config.check.Findings;
import dev.serai.config.provider.KeyForm;
import dev.serai.config.read.Place;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.keys.KeyTable;
import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the API keys of the settings and keeps their hashes. Refuses keys that are easy to guess,
 * keys of examples, and duplicates; no message shows a key. Not thread-safe.
 */
final class KeyCheck {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  static final String NAME_RULE = "must be 1 to 64 letters, digits and the characters . _ @ -";
  private static final Pattern CERTIFICATE = Pattern.compile("(CN|URI|DNS)=\\S(.*\\S)?");
  private static final Pattern KEY = Pattern.compile("[!-+\\--~]*");
  static final int MIN_DISTINCT = 6;
  private static final int MIN_PEPPER = AuthSettings.MIN_PEPPER;
  private static final String HOW_TO_MAKE = "; make a key with: openssl rand -hex 32";

  /** Parts of keys in documentation. */
  private static final List<String> PLACEHOLDERS =
      List.of("changeme", "change-me", "change_me", "example", "placeholder", "your-", "your_");

  private final Findings findings;
  private final KeyHasher hasher;
  private final RoleCheck roles;
  private final List<CallerKey> keys = new ArrayList<>();
  private final Map<KeyHash, Found> first = new HashMap<>();
  private final Set<String> certificates = new HashSet<>();
  private final Map<String, Place> names = new HashMap<>();

  private record Found(String name, Place place) {}

  public KeyCheck(Findings findings, KeyHasher hasher, RoleCheck roles) {
    this.findings = findings;
    this.hasher = hasher;
    this.roles = roles;
  }

  /** Every key that can be used. */
  public List<CallerKey> keys(AuthSettings settings) {
    settings.keyPepper().ifPresent(this::pepper);
    Place apiKeys = findings.place("auth", "api_keys");
    List<String> plain = texts(settings.apiKeys());
    for (int i = 0; i < plain.size(); i++) {
      apiKey(apiKeys, plain.get(i), "key-" + (i + 1));
    }
    Place adminKeys = findings.place("auth", "admin_keys");
    List<String> admin = texts(settings.adminKeys());
    for (int i = 0; i < admin.size(); i++) {
      adminKey(adminKeys, admin.get(i), "admin-" + (i + 1));
    }
    for (int i = 0; i < settings.keys().size(); i++) {
      key(findings.item(i, "auth", "keys"), settings.keys().get(i));
    }
    return List.copyOf(keys);
  }

  private void pepper(Secret pepper) {
    if (pepper.reveal().length() < MIN_PEPPER) {
      findings.wrong(
          findings.place("auth", "key_pepper"),
          "must have at least 32 characters; make one with: openssl rand -hex 32");
    }
  }

  private static List<String> texts(List<Secret> written) {
    List<String> texts = new ArrayList<>();
    for (Secret secret : written) {
      for (String text : secret.reveal().split(",", -1)) {
        if (!text.isBlank()) {
          texts.add(text.strip());
        }
      }
    }
    return texts;
  }

  private void apiKey(Place place, String text, String otherwise) {
    if (isMiswritten(place, text, true)) {
      return;
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? otherwise : text.substring(0, colon).strip();
    add(place, text.substring(colon + 1).strip(), simple(name, Role.DEVELOPER));
  }

  private boolean isMiswritten(Place place, String entry, boolean named) {
    Optional<String> fault = KeyEntries.fault(entry, named);
    fault.ifPresent(what -> findings.wrong(place, what));
    return fault.isPresent();
  }

  private void adminKey(Place place, String text, String name) {
    if (isMiswritten(place, text, false)) {
      return;
    }
    boolean read = text.endsWith(":read");
    String key = read || text.endsWith(":write") ? text.substring(0, text.lastIndexOf(':')) : text;
    Role role = read ? Role.AUDITOR : Role.MANAGER;
    if (key.indexOf(':') >= 0) {
      findings.wrong(place, "must be written as key, key:read or key:write, without a name");
    } else {
      add(place, key.strip(), simple(name, role));
    }
  }

  private static Identity simple(String name, Role role) {
    return new Identity(
        Identity.PUBLIC, "", "", name, role.permissions(), AllowList.ALL, AllowList.ALL, Set.of());
  }

  private void key(Place place, KeySettings key) {
    Role role = roles.find(place, key.role());
    if (hasValidNames(place, key)
        && mayCall(place, key.models())
        && !key.name().isEmpty()
        && hasCredential(place, key)
        && isNamed(place, key.name())) {
      Optional<KeyHash> hash =
          key.key().flatMap(secret -> hash(place, secret.reveal().strip(), key.name()));
      boolean signsOnly = key.key().isEmpty() && isNew(place, key.name());
      if (hash.isPresent() || signsOnly) {
        keys.add(new CallerKey(identity(key, role), hash, key.signingSecret(), key.certificates()));
      }
    }
  }

  private boolean hasValidNames(Place place, KeySettings key) {
    boolean valid = isName(place, "tenant", key.tenant());
    valid &= key.team().isEmpty() || isName(place, "team", key.team().get());
    valid &= key.user().isEmpty() || isName(place, "user", key.user().get());
    for (String tag : key.tags()) {
      valid &= isName(place, "the tag", tag);
    }
    return valid;
  }

  private boolean isName(Place place, String what, String name) {
    boolean valid = NAME.matcher(name).matches();
    if (!valid) {
      findings.wrong(place, what + " '" + name + "' " + NAME_RULE);
    }
    return valid;
  }

  private boolean hasCredential(Place place, KeySettings key) {
    boolean signs = key.signingSecret().isPresent();
    if (key.key().isEmpty() && !signs && key.certificates().isEmpty()) {
      findings.wrongAsAWhole(
          place, "the entry has no credential; add key, signing_secret or certificates");
      return false;
    }
    for (String name : key.certificates()) {
      if (!CERTIFICATE.matcher(name).matches() || !certificates.add(name)) {
        findings.wrong(
            place,
            "certificates must be different and written as CN=NAME, URI=ADDRESS or DNS=NAME");
        return false;
      }
    }
    String secret = key.signingSecret().map(Secret::reveal).orElse("");
    if (signs
        && (secret.length() < MIN_PEPPER || secret.chars().distinct().count() < MIN_DISTINCT)) {
      findings.wrong(
          place,
          "signing_secret must have at least 32 characters and not be easy to guess; make one"
              + " with: openssl rand -hex 32");
      return false;
    }
    if (signs && key.key().filter(one -> one.reveal().strip().equals(secret)).isPresent()) {
      findings.wrong(
          place, "key and signing_secret are the same; a secret that signs is never sent");
      return false;
    }
    return true;
  }

  private boolean mayCall(Place place, List<String> models) {
    if (models.isEmpty()) {
      findings.wrong(
          place, "models is empty; leave it out for all models, or use the role readonly for none");
    }
    boolean good = !models.isEmpty();
    for (String model : models) {
      Optional<String> fault = AllowList.fault(model);
      fault.ifPresent(why -> findings.wrong(place, "the entry '" + model + "' of models " + why));
      good &= fault.isEmpty();
    }
    return good;
  }

  private static Identity identity(KeySettings key, Role role) {
    return new Identity(
        key.tenant(),
        key.team().orElse(""),
        key.user().orElse(""),
        key.name(),
        role.permissions(),
        new AllowList(key.models()),
        AllowList.ALL,
        Set.copyOf(key.tags()),
        key.limits().limits());
  }

  private void add(Place place, String key, Identity identity) {
    if (isNamed(place, identity.key())) {
      hash(place, key, identity.key()).ifPresent(hash -> keys.add(new CallerKey(hash, identity)));
    }
  }

  private boolean isNamed(Place place, String name) {
    if (!NAME.matcher(name).matches()) {
      findings.wrong(place, "the name of a key " + NAME_RULE);
      return false;
    }
    return true;
  }

  /** The hash of a key that can be used and that no other caller has. */
  private Optional<KeyHash> hash(Place place, String key, String name) {
    String fault = fault(key);
    if (!fault.isEmpty()) {
      findings.wrong(place, "the key " + KeyForms.redactedText(name) + " " + fault + HOW_TO_MAKE);
      return Optional.empty();
    }
    KeyHash hash = hasher.hash(key);
    Found same = first.putIfAbsent(hash, new Found(name, place));
    if (same != null) {
      findings.wrong(
          place,
          "the keys "
              + same.name
              + " and "
              + name
              + " are the same"
              + otherPlace(same.place, place, same.name + " is in "));
      return Optional.empty();
    }
    return isNew(place, name) ? Optional.of(hash) : Optional.empty();
  }

  private boolean isNew(Place place, String name) {
    Place other = names.putIfAbsent(name, place);
    if (other != null) {
      findings.wrong(
          place, "two keys have the name " + name + otherPlace(other, place, "the other is in "));
    }
    return other == null;
  }

  /** Where the other one of two keys is; empty if it is in the same place. */
  private static String otherPlace(Place other, Place place, String is) {
    return other.equals(place)
        ? ""
        : "; " + is + (other.inEnvironment() ? "the " : "") + other.shown();
  }

  /** What is wrong with a key; empty if nothing is. */
  private static String fault(String key) {
    if (key.length() < KeyTable.MIN_LENGTH) {
      return "has fewer than " + KeyTable.MIN_LENGTH + " characters";
    }
    if (key.length() > KeyTable.MAX_LENGTH) {
      return "has more than " + KeyTable.MAX_LENGTH + " characters";
    }
    if (!KEY.matcher(key).matches()) {
      return "must be visible ASCII characters, without a blank or a comma; commas separate keys";
    }
    if (KeyForm.isQuoted(key)) {
      return "is in quotes, which count as a part of it; remove them";
    }
    String lower = key.toLowerCase(Locale.ROOT);
    boolean fromExample = PLACEHOLDERS.stream().anyMatch(lower::contains);
    return fromExample || key.chars().distinct().count() < MIN_DISTINCT
        ? "is the key of an example or easy to guess"
        : "";
  }
}
