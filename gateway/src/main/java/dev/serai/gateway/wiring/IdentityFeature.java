package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.LoginSettings;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Authenticators;
import dev.serai.core.caller.Identity;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.keys.KeyTable;
import dev.serai.core.people.PeopleCheck;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.secret.KeyForms;
import dev.serai.gateway.edge.request.BrowserRules;
import dev.serai.gateway.identity.ClientCertificates;
import dev.serai.gateway.identity.NonceFile;
import dev.serai.gateway.identity.SignedRequests;
import dev.serai.gateway.identity.TokenIssuers;
import dev.serai.gateway.identity.login.LoginSessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the authenticators, in the order in which they are asked. */
final class IdentityFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityFeature.class);

  /** How soon it is noticed that the keys of an issuer are due. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final SharedParts shared;
  private final KeyTable configured = new KeyTable(KeyHasher.ofProcess());
  private final KeysFeature stored;
  private final TokenIssuers issuers;
  private final SignedRequests signed;
  private final LoginSessions sessions;
  private final ClientCertificates certificates = new ClientCertificates();
  private final BackgroundThread issuerKeys;
  private final Authenticator callers;
  private volatile boolean started;
  private volatile List<CallerKey> keys = List.of();
  private AuthSettings current;

  /**
   * @param stored knows the keys of the database, which are asked for after those of the settings
   * @param sender fetches the public keys of issuers
   */
  IdentityFeature(SharedParts shared, KeysFeature stored, TokenIssuers.Sender sender) {
    this.shared = shared;
    this.stored = stored;
    current = shared.settings().auth();
    LoginSettings login = current.login();
    sessions =
        new LoginSessions(login.idleTime(), login.lifetime(), new SecureRandom(), shared.ticker());
    signed = new SignedRequests(shared.clock());
    issuers = new TokenIssuers(sender, shared.clock(), shared.ticker());
    issuerKeys =
        shared.threads().repeat("issuer-keys", Duration.ZERO, TICK, _ -> issuers.refresh());
    issuers.onWanted(issuerKeys::unpark);
    callers =
        new PeopleCheck(
            stored.people(),
            new Authenticators(
                List.of(configured, signed, certificates, issuers, sessions, stored.known())));
    replace(shared.settings());
  }

  /** Says whose credential a request has. */
  Authenticator callers() {
    return callers;
  }

  /** The tokens of issuers. */
  TokenIssuers issuers() {
    return issuers;
  }

  /** The sessions of browsers. */
  LoginSessions sessions() {
    return sessions;
  }

  /** Replaces the keys that come from settings. */
  @Override
  public void replace(Settings settings) {
    Map<KeyHash, Authentication> byHash = new HashMap<>();
    settings
        .callerKeys()
        .forEach(
            key ->
                key.hash()
                    .ifPresent(
                        hash ->
                            byHash.put(hash, new Authentication.Authenticated(key.identity()))));
    keys = settings.callerKeys();
    stored.configure(keys);
    configured.replace(byHash);
    issuers.replace(settings.auth().issuers(), settings.auth().knownRoles());
    endSessions(settings.auth());
    signed.replace(signers(settings));
    certificates.replace(owners(settings));
    if (started) {
      rememberNonces().ifPresent(fault -> LOG.error("{}", fault));
    }
  }

  /** A session has the permissions that its issuer and the roles gave when it began. */
  private void endSessions(AuthSettings next) {
    if (!next.issuers().equals(current.issuers()) || !next.roles().equals(current.roles())) {
      sessions.endAll();
    }
    current = next;
  }

  private static Map<String, Identity> owners(Settings settings) {
    Map<String, Identity> owners = new HashMap<>();
    for (CallerKey key : settings.callerKeys()) {
      key.certificates().forEach(name -> owners.put(name, key.identity()));
    }
    return owners;
  }

  private static Map<String, SignedRequests.Signer> signers(Settings settings) {
    Map<String, SignedRequests.Signer> signers = new HashMap<>();
    for (CallerKey key : settings.callerKeys()) {
      key.signingSecret()
          .map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8))
          .ifPresent(
              secret -> signers.put(key.name(), new SignedRequests.Signer(secret, key.identity())));
    }
    return signers;
  }

  /** Opens the file of nonces if it is needed; why that failed. */
  private Optional<String> rememberNonces() {
    if (!signed.needsNonces()) {
      return Optional.empty();
    }
    Path folder = shared.settings().state().folder();
    try {
      signed.remember(NonceFile.open(folder));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "the file nonces in "
              + folder
              + ", which signed requests need, cannot be opened: "
              + FailureText.of(e));
    }
  }

  @Override
  public void start() {
    rememberNonces()
        .ifPresent(
            fault -> {
              throw new StartException(List.of(fault));
            });
    started = true;
    issuerKeys.start();
  }

  @Override
  public void close() {
    issuerKeys.stop();
  }

  /** Why the gateway must not start: anyone on the network could use it. */
  Optional<String> fault() {
    String host = shared.settings().server().host();
    boolean closed =
        configured.hasCredentials()
            || signed.hasCredentials()
            || certificates.hasCredentials()
            || issuers.hasCredentials()
            || stored.areSetUp();
    if (BrowserRules.isLoopback(host) || closed) {
      return Optional.empty();
    }
    return Optional.of(
        "server.host is "
            + host
            + ", which other machines reach, and no API keys are set. Set SERAI_API_KEYS=name:key,"
            + " with a key from: openssl rand -hex 32. Or listen on 127.0.0.1.");
  }

  /** Whether every request needs an API key. */
  boolean requiresKeys() {
    return callers.hasCredentials();
  }

  /** How many keys are in the database and can be used. */
  int storedKeys() {
    return stored.known().size();
  }

  /** For the operator: who may use the gateway. */
  String report() {
    if (!callers.hasCredentials()) {
      return "everyone on this machine, without an API key; SERAI_API_KEYS sets keys";
    }
    List<String> names = new ArrayList<>(keys.stream().map(CallerKey::name).toList());
    if (stored.known().size() > 0) {
      names.add(stored.known().size() + " in the database");
    }
    List<String> trusted =
        shared.settings().auth().issuers().stream().map(IssuerSettings::name).toList();
    return "an API key is required; keys: "
        + (names.isEmpty()
            ? "none; ./serai keys create --name NAME makes one"
            : KeyForms.redactedText(String.join(", ", names)))
        + (trusted.isEmpty() ? "" : "; tokens of: " + String.join(", ", trusted))
        + shared.settings().auth().login().issuer().map(by -> "; login at: " + by).orElse("");
  }
}
