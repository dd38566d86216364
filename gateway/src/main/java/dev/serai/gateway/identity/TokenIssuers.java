package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Roles;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Finds identities by signed tokens (JWT) of the issuers in the settings. A token that was verified
 * is accepted without another look until it expires or its issuer changes its keys. While there are
 * too many forged tokens, others that need the public key of an issuer get 503. Thread-safe; never
 * blocks.
 */
public final class TokenIssuers implements Authenticator {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Sender sender;
  private final InstantSource clock;
  private final Ticker ticker;
  private final ForgedTokens forged;
  private final TokenCache cache = new TokenCache();
  private volatile Map<String, TrustedIssuer> issuers = Map.of();
  private volatile boolean used;
  private volatile Runnable wake = () -> {};

  /** Sends the gateway's own requests. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Sends a request to an issuer.
     *
     * @param name of the issuer in the settings
     * @param origin scheme, host and port
     */
    CompletableFuture<Reply> send(String name, String origin, ProviderRequest request);
  }

  public TokenIssuers(Sender sender, InstantSource clock, Ticker ticker) {
    this.sender = sender;
    this.clock = clock;
    this.ticker = ticker;
    this.forged = new ForgedTokens(ticker);
  }

  /**
   * Replaces all issuers by these. The keys of an issuer whose settings are the same stay.
   *
   * @param settings checked ones
   * @param roles those that the settings may name
   */
  public void replace(List<IssuerSettings> settings, Roles roles) {
    Map<String, TrustedIssuer> before = issuers;
    Map<String, TrustedIssuer> next = new HashMap<>();
    for (IssuerSettings one : settings) {
      TrustedIssuer known = before.get(one.issuer());
      IssuerKeys keys = known != null && known.settings().equals(one) ? known.keys() : keys(one);
      next.put(one.issuer(), new TrustedIssuer(one, roles, keys));
    }
    issuers = Map.copyOf(next);
    forget();
    used |= !settings.isEmpty();
    wake.run();
  }

  /** Verifies every token again. */
  void forget() {
    cache.clear();
  }

  private IssuerKeys keys(IssuerSettings settings) {
    KeySetFetch fetch = new KeySetFetch(settings, new IssuerClient(settings, sender));
    return new IssuerKeys(settings.name(), settings.refresh(), fetch::start, ticker);
  }

  /** Sets what makes a background thread call {@link #refresh} at once. */
  public void onWanted(Runnable action) {
    wake = action;
  }

  /** Begins to fetch the keys of issuers for which it is time. Called at intervals. */
  public void refresh() {
    for (TrustedIssuer issuer : issuers.values()) {
      if (!issuer.isShared()) {
        issuer.keys().refresh();
      }
    }
  }

  @Override
  public Authentication authenticate(Credential credential) {
    Map<String, TrustedIssuer> known = issuers;
    if (known.isEmpty() || !(credential instanceof Credential.Secret secret) || !secret.isToken()) {
      return Authentication.UNKNOWN;
    }
    String token = secret.secret();
    if (token.length() > JsonWebToken.MAX_LENGTH) {
      return Authentication.rejected(
          "The token is longer than " + JsonWebToken.MAX_LENGTH + " characters.");
    }
    KeyHash hash = TokenCache.hash(token);
    TokenCache.Entry verified = cache.find(hash);
    return verified != null && verified.isValid(clock.millis(), known)
        ? verified.good()
        : verify(token, hash, known);
  }

  private Authentication verify(String text, KeyHash hash, Map<String, TrustedIssuer> known) {
    try {
      JsonWebToken token = JsonWebToken.parse(text);
      JsonNode named = token.claims().path("iss");
      TrustedIssuer issuer = named.isTextual() ? known.get(named.textValue()) : null;
      if (issuer == null) {
        return Authentication.rejected("The issuer of the token (iss) is not accepted here.");
      }
      return issuer.isShared()
          ? accept(token, hash, issuer)
          : acceptUnlessFlooded(token, hash, issuer);
    } catch (InvalidTokenException e) {
      return Authentication.rejected(String.valueOf(e.getMessage()));
    } catch (CapacityProblem unavailable) {
      wake.run();
      return new Authentication.Rejected(unavailable);
    }
  }

  private Authentication acceptUnlessFlooded(JsonWebToken token, KeyHash hash, TrustedIssuer issuer)
      throws InvalidTokenException {
    if (forged.areTooMany()) {
      return new Authentication.Rejected(
          new CapacityProblem(
              "too_many_invalid_tokens",
              "The gateway receives too many tokens with an invalid signature, and verifies no more"
                  + " of them now. Send the request again.",
              RETRY_AFTER));
    }
    try {
      return accept(token, hash, issuer);
    } catch (InvalidTokenException e) {
      if (e.isForged()) {
        forged.note();
      }
      throw e;
    }
  }

  private Authentication accept(JsonWebToken token, KeyHash hash, TrustedIssuer issuer)
      throws InvalidTokenException {
    TrustedIssuer.Verified good = issuer.verify(token, clock.instant());
    Authentication accepted = new Authentication.Authenticated(good.identity());
    cache.add(
        hash, new TokenCache.Entry(issuer, good.keys(), good.expires().toEpochMilli(), accepted));
    return accepted;
  }

  /**
   * Whose ID token it is.
   *
   * @param issuer who must have issued it: the claim iss
   */
  public Authentication authenticate(String issuer, IdToken token) {
    TrustedIssuer known = issuers.get(issuer);
    if (known == null || known.isShared()) {
      return Authentication.rejected("The issuer of the login is not accepted here.");
    }
    try {
      return new Authentication.Authenticated(known.verify(token, clock.instant()));
    } catch (InvalidTokenException e) {
      return Authentication.rejected(String.valueOf(e.getMessage()));
    } catch (CapacityProblem unavailable) {
      wake.run();
      return new Authentication.Rejected(unavailable);
    }
  }

  /** Completes when the next fetch of the keys of an issuer has ended, with or without success. */
  public CompletableFuture<Void> nextKeys(String issuer) {
    TrustedIssuer known = issuers.get(issuer);
    return known == null ? CompletableFuture.completedFuture(null) : known.keys().next();
  }

  @Override
  public boolean hasCredentials() {
    return used;
  }
}
