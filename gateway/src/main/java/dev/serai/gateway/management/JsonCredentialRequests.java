package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.provider.KeyForm;
import dev.serai.config.provider.Provider;
import dev.serai.config.read.PlainReferences;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.credential.CredentialRequest;
import dev.serai.core.provider.credential.CredentialRequestReader;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads the JSON of requests to store keys of providers; no message has the key. Thread-safe. */
final class JsonCredentialRequests implements CredentialRequestReader {
  private static final Set<String> MEMBERS = Set.of("provider", "key");

  /** A comma separates keys elsewhere, and no vendor's key has one. */
  private static final Pattern KEY = Pattern.compile("[!-+\\--~]{1,8192}");

  /** What documentation writes in the place of a key. */
  private static final Pattern PLACEHOLDER = Pattern.compile(".*\\.\\.\\.|<.*>|\\$\\{?\\w+}?");

  private static final String RULE =
      "must be a provider's key, not a placeholder: 1 to 8192 visible ASCII characters without"
          + " commas";

  private final Supplier<List<Provider>> providers;

  /**
   * @param providers those of the settings
   */
  JsonCredentialRequests(Supplier<List<Provider>> providers) {
    this.providers = providers;
  }

  @Override
  public CredentialRequest read(byte[] json) {
    RequestObject request = RequestObject.read(json, MEMBERS);
    String provider = request.name("provider").orElseThrow(() -> missing("provider"));
    String key = request.member("key").map(this::key).orElseThrow(() -> missing("key"));
    providers.get().stream()
        .filter(known -> known.name().equals(provider))
        .flatMap(known -> KeyForm.foreign(known, key).stream())
        .findFirst()
        .ifPresent(what -> refuse(what + ", and the provider is " + provider));
    return new CredentialRequest(provider, key);
  }

  /** The forms of other texts are named before the rule, which says less. */
  private String key(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : "";
    KeyForm.fault(text).ifPresent(JsonCredentialRequests::refuse);
    if (KeyForm.isQuoted(text)) {
      refuse("has quotation marks around it; leave them out");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      refuse("has a line break or another control character");
    }
    if (PlainReferences.refers(text)) {
      refuse("is a reference or the name of a variable; what is stored is the key itself");
    }
    return RequestObject.unloggedText(
        value, "key", KEY.asMatchPredicate().and(PLACEHOLDER.asMatchPredicate().negate()), RULE);
  }

  private static void refuse(String what) {
    throw CallerProblem.invalid("key", "'key' " + what + ".");
  }

  private static CallerProblem missing(String member) {
    return CallerProblem.invalid(member, "The request needs '" + member + "'.");
  }
}
