package dev.serai.config.check;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.read.Names;
import dev.serai.config.read.Place;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names environment variables that look like settings and are not read: all others that begin with
 * SERAI_ or SERVER_, those that differ from a known variable by a typo, and LiteLLM's. It also
 * names values in quotes. Not thread-safe.
 */
public final class VariableCheck {
  private static final String OURS = "SERAI_";
  private static final String SERVER = "SERVER_";

  /** What begins so is OpenTelemetry's too, and close to the variables of its batches of spans. */
  private static final String LOG_BATCHES = "OTEL_BLRP_";

  private static final int MIN_LENGTH = 8;

  private final Set<String> known = new TreeSet<>();
  private final Findings findings;

  /**
   * @param known the variables of settings
   */
  public VariableCheck(Collection<String> known, Findings findings) {
    this.known.addAll(known);
    this.known.addAll(KnownProvider.variables());
    this.findings = findings;
  }

  /**
   * Checks all names, sorted.
   *
   * @param port that the gateway listens on
   */
  public void check(Map<String, String> environment, int port) {
    OtherVariables others = new OtherVariables(environment, port);
    for (String name : new TreeSet<>(environment.keySet())) {
      if (known.contains(name) && Names.isQuoted(environment.getOrDefault(name, "").strip())) {
        findings.perhapsWrong(
            Place.variable(name), "is in quotes, which count as a part of its value; remove them");
      }
      if (others.ofLiteLlm(name)) {
        others.warning(name).ifPresent(what -> findings.perhapsWrong(Place.variable(name), what));
      } else if (others.ofPlatform(name)) {
        findings.perhapsWrong(Place.variable(name), others.platformWarning(name));
      } else if (OtherVariables.ofVendor(name)) {
        others
            .vendorWarning(name, provider -> findings.isSet("providers", provider))
            .ifPresent(what -> findings.perhapsWrong(Place.variable(name), what));
      } else if (!known.contains(name)
          && !isOfKubernetes(name, environment.getOrDefault(name, ""))) {
        unread(name);
      }
    }
  }

  /** Names of variables that would be read and are not set. */
  public Set<String> unset(Map<String, String> environment) {
    Set<String> unset = new TreeSet<>(known);
    unset.removeAll(environment.keySet());
    return unset;
  }

  private void unread(String name) {
    Optional<String> meant = meant(name);
    if (meant.isPresent() || name.startsWith(OURS) || name.startsWith(SERVER)) {
      String hint = meant.map(known -> "; did you mean " + known + "?").orElse("");
      findings.perhapsWrong(Place.variable(name), "is not read" + hint);
    }
  }

  private Optional<String> meant(String name) {
    Optional<String> other = OtherVariables.meant(name);
    return other.isPresent() ? other : close(name);
  }

  private Optional<String> close(String name) {
    String other =
        name.startsWith(OURS)
            ? SERVER + name.substring(OURS.length())
            : OURS + name.substring(name.indexOf('_') + 1);
    if ((name.startsWith(OURS) || name.startsWith(SERVER)) && known.contains(other)) {
      return Optional.of(other);
    }
    String plain = name.startsWith(OURS) ? name.substring(OURS.length()) : "";
    if (known.contains(plain)) {
      return Optional.of(plain);
    }
    return name.length() < MIN_LENGTH || name.startsWith(LOG_BATCHES)
        ? Optional.empty()
        : Names.closestTo(name, known);
  }

  /** A service named serai or server has such variables in every pod. */
  private static boolean isOfKubernetes(String name, String value) {
    return name.contains("_SERVICE_") || name.contains("_PORT_") || value.startsWith("tcp://");
  }
}
