package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.provider.Provider;
import dev.serai.core.provider.Secrets;
import dev.serai.gateway.telemetry.log.Logging;
import dev.serai.gateway.telemetry.log.Redaction;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the log. It is the first of the features, so that the log is open while any other runs.
 */
final class LoggingFeature implements Feature {
  private final SharedParts shared;
  private final Redaction redaction;
  private final Logging logging;

  /**
   * Opens the log and makes it the log of the process.
   *
   * @throws IOException if the log file cannot be opened
   */
  LoggingFeature(SharedParts shared) throws IOException {
    this.shared = shared;
    redaction = new Redaction(hidden(shared.settings(), shared.secrets()));
    logging = Logging.open(shared.settings().log(), redaction, shared.clock(), shared.threads());
  }

  /**
   * Values that must not appear in the log: the providers' keys, secrets and addresses of webhooks,
   * the headers of trace exports, and whatever was read of a secret manager.
   */
  private static Set<String> hidden(Settings settings, Secrets secrets) {
    Set<String> hidden = new HashSet<>();
    settings.available().stream()
        .map(Provider::keyName)
        .flatMap(Optional::stream)
        .forEach(name -> hidden.addAll(secrets.all(name)));
    settings.auth().issuers().stream()
        .map(IssuerSettings::secret)
        .flatMap(Optional::stream)
        .forEach(secret -> hidden.add(secret.reveal()));
    settings.auth().login().clientSecret().ifPresent(secret -> hidden.add(secret.reveal()));
    settings.callerKeys().stream()
        .map(CallerKey::signingSecret)
        .flatMap(Optional::stream)
        .forEach(secret -> hidden.add(secret.reveal()));
    settings
        .state()
        .masterKey()
        .ifPresent(text -> hidden.addAll(List.of(text.reveal().split(","))));
    settings
        .alerts()
        .values()
        .forEach(
            webhook -> hidden.addAll(List.of(webhook.url().reveal(), webhook.secret().reveal())));
    settings.secretValues().values().forEach(secret -> hidden.add(secret.reveal()));
    settings.tracing().headers().values().forEach(value -> hidden.add(value.reveal()));
    return hidden;
  }

  /** Hides the keys of other settings too. */
  @Override
  public void replace(Settings fresh) {
    redaction.add(hidden(fresh, shared.secrets()));
  }

  Logging logging() {
    return logging;
  }

  @Override
  public void close() {
    logging.close();
  }
}
