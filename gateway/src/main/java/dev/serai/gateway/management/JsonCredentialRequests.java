package dev.serai.gateway.management;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.credential.CredentialRequest;
import dev.serai.core.provider.credential.CredentialRequestReader;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the JSON of requests to store keys of providers; no message has the key. Pure. */
final class JsonCredentialRequests implements CredentialRequestReader {
  private static final Set<String> MEMBERS = Set.of("provider", "key");

  /** A comma separates keys elsewhere, and no vendor's key has one. */
  private static final Pattern KEY = Pattern.compile("[!-+\\--~]{1,8192}");

  /** What documentation writes in the place of a key. */
  private static final Pattern PLACEHOLDER = Pattern.compile(".*\\.\\.\\.|<.*>|\\$\\{?\\w+}?");

  @Override
  public CredentialRequest read(byte[] json) {
    RequestObject request = RequestObject.read(json, MEMBERS);
    String rule =
        "must be a provider's key, not a placeholder: 1 to 8192 visible ASCII characters without"
            + " commas";
    return new CredentialRequest(
        request.name("provider").orElseThrow(() -> missing("provider")),
        request
            .member("key")
            .map(
                value ->
                    RequestObject.secret(
                        value,
                        "key",
                        KEY.asMatchPredicate().and(PLACEHOLDER.asMatchPredicate().negate()),
                        rule))
            .orElseThrow(() -> missing("key")));
  }

  private static CallerProblem missing(String member) {
    return CallerProblem.invalid(member, "The request needs '" + member + "'.");
  }
}
