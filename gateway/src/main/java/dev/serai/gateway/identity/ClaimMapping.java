package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.ClaimSettings;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Roles;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the identity of a caller from the claims of its token. A claim that is there and cannot be
 * used refuses the token: it would otherwise get the rights of a token without it. Immutable.
 */
final class ClaimMapping {
  private static final String NAME_RULE =
      "it must be a text of 1 to 64 letters, digits and the characters . _ @ -, and begin with a"
          + " letter or a digit";
  private static final String USER_RULE =
      "it must be a text of 1 to 128 letters, digits and the characters . _ @ | : + / = -, and"
          + " begin with a letter or a digit";
  private static final String LIST_RULE = "it must be a list of texts, or one text";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@|:+/=-]{0,127}");

  private final IssuerSettings issuer;
  private final ClaimSettings names;
  private final Roles roles;

  /**
   * @param roles those that the settings may name
   */
  ClaimMapping(IssuerSettings issuer, Roles roles) {
    this.issuer = issuer;
    this.roles = roles;
    this.names = issuer.claims();
  }

  /**
   * Who calls.
   *
   * @throws InvalidTokenException if a claim has a value that cannot be used
   */
  Identity identity(JsonNode claims) throws InvalidTokenException {
    return new Identity(
        text(claims, names.tenant(), NAME).orElse(issuer.tenant()),
        text(claims, names.team(), NAME).orElse(""),
        text(claims, names.user(), USER).orElse(""),
        issuer.name(),
        permissions(claims),
        models(claims),
        AllowList.ALL,
        tags(claims));
  }

  private Set<Permission> permissions(JsonNode claims) throws InvalidTokenException {
    EnumSet<Permission> granted = EnumSet.noneOf(Permission.class);
    for (String name : list(claims, names.roles()).orElse(List.of())) {
      String role = issuer.roles().get(name);
      if (role != null) {
        granted.addAll(permissionsOf(role));
      }
    }
    for (String label : list(claims, names.permissions()).orElse(List.of())) {
      Permission.find(label).ifPresent(granted::add);
    }
    return granted.isEmpty() ? permissionsOf(issuer.role()) : granted;
  }

  private Set<Permission> permissionsOf(String role) {
    return roles.get(AuthSettings.roleName(role)).permissions();
  }

  private AllowList models(JsonNode claims) throws InvalidTokenException {
    List<String> patterns = list(claims, names.models()).orElse(issuer.models());
    for (String pattern : patterns) {
      if (AllowList.fault(pattern).isPresent()) {
        throw unusable(
            names.models(),
            "it must list names of models without blanks, with a * at the end only");
      }
    }
    return new AllowList(patterns);
  }

  private Set<String> tags(JsonNode claims) throws InvalidTokenException {
    List<String> tags = list(claims, names.tags()).orElse(List.of());
    for (String tag : tags) {
      if (!NAME.matcher(tag).matches()) {
        throw unusable(
            names.tags(),
            "each of its texts must be 1 to 64 letters, digits and the characters . _ @ -");
      }
    }
    return Set.copyOf(tags);
  }

  private static Optional<String> text(JsonNode claims, String name, Pattern form)
      throws InvalidTokenException {
    JsonNode value = find(claims, name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
      throw unusable(name, form == USER ? USER_RULE : NAME_RULE);
    }
    return Optional.of(value.textValue());
  }

  /** A list of texts, or the words of a text, as in the claim scope (RFC 8693, section 4.2). */
  private static Optional<List<String>> list(JsonNode claims, String name)
      throws InvalidTokenException {
    JsonNode value = find(claims, name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    List<String> entries = new ArrayList<>();
    if (value.isTextual()) {
      entries.addAll(List.of(value.textValue().strip().split(" +")));
      entries.removeIf(String::isEmpty);
    } else if (value.isArray()) {
      for (JsonNode entry : value) {
        if (!entry.isTextual()) {
          throw unusable(name, LIST_RULE);
        }
        entries.add(entry.textValue());
      }
    } else {
      throw unusable(name, LIST_RULE);
    }
    return Optional.of(entries);
  }

  /** The claim with that whole name, or the one to which its parts lead. */
  private static JsonNode find(JsonNode claims, String name) {
    JsonNode whole = claims.get(name);
    if (whole != null) {
      return whole;
    }
    JsonNode found = claims;
    for (String part : name.split("\\.")) {
      JsonNode inner = found.get(part);
      found = inner == null ? MissingNode.getInstance() : inner;
    }
    return found;
  }

  private static InvalidTokenException unusable(String name, String rule) {
    return new InvalidTokenException(
        "The claim " + name + " of the token cannot be used: " + rule + ".");
  }
}
