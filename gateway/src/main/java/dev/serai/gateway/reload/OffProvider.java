package dev.serai.gateway.reload;

import dev.serai.core.secret.KeyForms;
import java.nio.file.Path;

/**
 * A provider whose route is not loaded, because the key that it names is not set.
 *
 * @param name of the provider
 * @param keyName the variable or setting that is not set
 * @param line where the file names it
 */
record OffProvider(String name, String keyName, int line) {
  /** The route of the provider, as other routes call it. */
  String directName() {
    return RouteChecks.ADAPTER + name;
  }

  /** Why it is off, for the error of a call. */
  String reason() {
    return keyName + " is not set";
  }

  /** Why it is off and what to do, for the operator. */
  String advice(Path file) {
    return file
        + ":"
        + line
        + ": the provider "
        + KeyForms.redactedText(name)
        + " is off: "
        + reason()
        + "; set it and start Serai again, or remove keyName if the provider needs no key";
  }
}
