package dev.serai.gateway.identity;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.hash.Hmac;
import dev.serai.core.hash.Sha256;
import dev.serai.core.problem.CapacityProblem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds identities by the signatures of their requests: HMAC-SHA-256 over method, path with query,
 * time, nonce and the hash of the body, each on a line. A request is good for five minutes before
 * and after its time, and once. Whether the body has that hash is checked where the body is read.
 * Thread-safe; never blocks.
 */
public final class SignedRequests implements Authenticator {
  private static final long SKEW_SECONDS = 300;
  private static final Pattern TIMESTAMP = Pattern.compile("[1-9][0-9]{0,11}");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9._~+/=-]{16,128}");
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Duration SOON = Duration.ofSeconds(10);

  private final InstantSource clock;
  private volatile Map<String, Signer> signers = Map.of();
  private volatile @Nullable NonceFile nonces;
  private volatile boolean used;

  /**
   * A caller that signs its requests.
   *
   * @param secret that it signs with
   */
  public record Signer(byte[] secret, Identity identity) {
    /** Never the secret. */
    @Override
    public String toString() {
      return "Signer[" + identity.key() + "]";
    }
  }

  public SignedRequests(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Replaces all callers by these.
   *
   * @param next by the ID of the key
   */
  public void replace(Map<String, Signer> next) {
    signers = Map.copyOf(next);
    used |= !next.isEmpty();
  }

  /** Whether there is a caller that signs, and nonces cannot be remembered yet. */
  public boolean needsNonces() {
    return nonces == null && !signers.isEmpty();
  }

  /** Remembers nonces there. Until then every signed request gets 503. */
  public void remember(NonceFile file) {
    nonces = file;
  }

  @Override
  public Authentication authenticate(Credential credential) {
    if (!(credential instanceof Credential.Signed request)) {
      return Authentication.UNKNOWN;
    }
    if (!isWellFormed(request)) {
      return Authentication.rejected(
          "The signature is malformed: X-Timestamp is in seconds since 1970, X-Nonce has 16 to 128"
              + " characters, X-Signature and X-Content-SHA256 are 64 hexadecimal digits.");
    }
    long now = clock.instant().getEpochSecond();
    long time = Long.parseLong(request.timestamp());
    if (Math.abs(now - time) > SKEW_SECONDS) {
      return Authentication.rejected(
          "The X-Timestamp of the signature is more than "
              + SKEW_SECONDS
              + " seconds from now; check the clock of the client.");
    }
    Signer signer = signers.get(request.keyId());
    if (signer == null || !matches(signer, request)) {
      return Authentication.rejected(
          "The signature is not valid: X-Key-Id is unknown, or X-Signature is not that of method,"
              + " path and query, X-Timestamp, X-Nonce and X-Content-SHA256.");
    }
    return useNonce(request, signer, now, time + SKEW_SECONDS + 1);
  }

  private static boolean isWellFormed(Credential.Signed request) {
    return TIMESTAMP.matcher(request.timestamp()).matches()
        && NONCE.matcher(request.nonce()).matches()
        && HASH.matcher(request.bodyHash()).matches()
        && HASH.matcher(request.signature()).matches();
  }

  private static boolean matches(Signer signer, Credential.Signed request) {
    byte[] wanted = Hmac.SHA_256.of(signer.secret(), request.covered());
    return MessageDigest.isEqual(wanted, HexFormat.of().parseHex(request.signature()));
  }

  /** Only now, so that only callers with a secret can fill the file. */
  private Authentication useNonce(Credential.Signed request, Signer signer, long now, long until) {
    NonceFile file = nonces;
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(request.keyId() + "\n" + request.nonce()));
    NonceFile.Use use =
        file == null ? NonceFile.Use.FULL : file.use(hash.getLong(), hash.getLong(), now, until);
    return switch (use) {
      case FIRST -> new Authentication.Authenticated(signer.identity());
      case AGAIN ->
          Authentication.rejected("The request was received before: its X-Nonce was used.");
      case FULL ->
          new Authentication.Rejected(
              new CapacityProblem(
                  "nonces_unavailable",
                  "Signed requests cannot be accepted now: their nonces cannot be stored.",
                  SOON));
    };
  }

  @Override
  public boolean hasCredentials() {
    return used;
  }
}
