package dev.serai.gateway.identity;

import static dev.serai.gateway.identity.IssuersUnderTest.ISSUER;
import static dev.serai.gateway.identity.IssuersUnderTest.LOCAL;
import static dev.serai.gateway.identity.IssuersUnderTest.NOW;
import static dev.serai.gateway.identity.IssuersUnderTest.SECRET;
import static dev.serai.gateway.identity.IssuersUnderTest.SETTINGS;
import static dev.serai.gateway.identity.IssuersUnderTest.claims;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Roles;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on tokens: each is refused with 401, and none makes the gateway fetch anything. */
class TokenAttackTest {
  /** In this time one more forged token is verified. */
  private static final Duration EACH = Duration.ofSeconds(1).dividedBy(ForgedTokens.MAX_PER_SECOND);

  @TempDir static Path folder;
  private static final Signer RSA = Signer.of("RS256", "rsa");
  private static final Signer CURVE = Signer.of("ES256", "curve");
  private static final Signer EDWARDS = Signer.of("EdDSA", "edwards");
  private static final Signer WEAK = Signer.of("RS256", "weak", 1024);
  private static final Signer STRANGER = Signer.of("RS256", "rsa");
  private static final AtomicInteger TRAPPED = new AtomicInteger();
  private static HttpServer trap;
  private static IssuersUnderTest issuers;

  @BeforeAll
  static void publish() throws IOException {
    trap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    trap.createContext(
        "/",
        exchange -> {
          TRAPPED.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
        });
    trap.start();
    issuers = new IssuersUnderTest();
    issuers.issuers.replace(IssuersUnderTest.settings(folder, SETTINGS), Roles.BUILT_IN);
    issuers.publish(Signer.jwks(RSA, CURVE, EDWARDS, WEAK));
  }

  @AfterAll
  static void nothingWasFetchedButTheKeysOfTheSettings() {
    trap.stop(0);
    assertThat(TRAPPED).hasValue(0);
    assertThat(issuers.fetched()).containsExactly("https://login.acme.example/keys");
  }

  private static String trapUrl() {
    return "http://127.0.0.1:" + trap.getAddress().getPort() + "/keys";
  }

  @Test
  void tokensOfEveryKeyOfTheIssuersAreAccepted() {
    for (Signer signer : List.of(RSA, CURVE, EDWARDS)) {
      assertThat(issuers.identity(signer.token(claims(ISSUER, ""))).user()).isEqualTo("alice");
    }
    String shared = Signer.shared("HS256", bytes(SECRET), claims(LOCAL, ""));
    assertThat(issuers.identity(shared).key()).isEqualTo("tools");
  }

  private record Attack(String name, String token, String says) {}

  @TestFactory
  List<DynamicTest> everyAttackIsRefused() {
    List<Attack> attacks = new ArrayList<>();
    algorithms(attacks);
    keys(attacks);
    headers(attacks);
    times(attacks);
    parties(attacks);
    spelling(attacks);
    return attacks.stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.name,
                    () -> {
                      issuers.rest(EACH);
                      assertThat(issuers.refusal(attack.token))
                          .startsWith("401 ")
                          .contains(attack.says);
                    }))
        .toList();
  }

  private static void algorithms(List<Attack> to) {
    String good = claims(ISSUER, "");
    String unsigned = Signer.encode("{\"alg\":\"none\"}") + "." + Signer.encode(good) + ".";
    to.add(new Attack("none", unsigned, "alg"));
    to.add(
        new Attack(
            "None",
            unsigned.replace(
                Signer.encode("{\"alg\":\"none\"}"), Signer.encode("{\"alg\":\"NoNe\"}")),
            "alg"));
    to.add(new Attack("no alg", RSA.signed("{\"typ\":\"JWT\"}", good), "alg"));
    to.add(new Attack("alg is a list", RSA.signed("{\"alg\":[\"RS256\"]}", good), "alg"));
    to.add(new Attack("lower case", RSA.signed("{\"alg\":\"rs256\"}", good), "alg"));
    to.add(new Attack("outside the list", Signer.of("RS512", "rsa").token(good), "alg"));
    to.add(new Attack("PS256 with the key of RS256", Signer.of("PS256", "rsa").token(good), "alg"));
    to.add(
        new Attack(
            "the public key as the secret",
            Signer.shared("HS256", RSA.publicBytes(), good),
            "alg"));
    to.add(
        new Attack("the secret's issuer with a public key", RSA.token(claims(LOCAL, "")), "alg"));
    to.add(
        new Attack(
            "HS512 where HS256 is set",
            Signer.shared("HS512", bytes(SECRET), claims(LOCAL, "")),
            "alg"));
    to.add(
        new Attack(
            "the wrong secret",
            Signer.shared("HS256", bytes("0" + SECRET), claims(LOCAL, "")),
            "signature"));
    to.add(
        new Attack(
            "no secret at all",
            Signer.shared("HS256", new byte[] {0}, claims(LOCAL, "")),
            "signature"));
  }

  private static void keys(List<Attack> to) {
    String good = claims(ISSUER, "");
    to.add(new Attack("another's key with the same name", STRANGER.token(good), "signature"));
    to.add(new Attack("a weak key of the issuer", WEAK.token(good), "kid"));
    for (String kid :
        List.of(
            "../../../../dev/null", "/etc/passwd", "rsa' OR '1'='1", "rsa\\u0000", "", trapUrl())) {
      String header = "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}";
      to.add(new Attack("kid " + kid, RSA.signed(header, good), "kid"));
    }
    to.add(
        new Attack(
            "kid of another kind of key",
            RSA.signed("{\"alg\":\"RS256\",\"kid\":\"curve\"}", good),
            "kid"));
    to.add(new Attack("kid is a number", RSA.signed("{\"alg\":\"RS256\",\"kid\":1}", good), "kid"));
    to.add(new Attack("no kid", STRANGER.signed("{\"alg\":\"RS256\"}", good), "signature"));
    zeros(to, good);
  }

  private static void zeros(List<Attack> to, String good) {
    String head =
        Signer.encode("{\"alg\":\"ES256\",\"kid\":\"curve\"}") + "." + Signer.encode(good) + ".";
    to.add(new Attack("r and s are zero", head + base64(new byte[64]), "signature"));
    byte[] order =
        new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
            .toByteArray();
    byte[] both = new byte[64];
    System.arraycopy(order, 1, both, 0, 32);
    System.arraycopy(order, 1, both, 32, 32);
    to.add(new Attack("r and s are the order", head + base64(both), "signature"));
    to.add(new Attack("no signature", head, "signature"));
    to.add(
        new Attack(
            "zeros for Ed25519",
            Signer.encode("{\"alg\":\"EdDSA\"}")
                + "."
                + Signer.encode(good)
                + "."
                + base64(new byte[64]),
            "signature"));
  }

  private static void headers(List<Attack> to) {
    String good = claims(ISSUER, "");
    String url = trapUrl();
    for (String name : List.of("jku", "x5u")) {
      String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"" + name + "\":\"" + url + "\"}";
      to.add(new Attack(name, STRANGER.signed(header, good), "signature"));
    }
    to.add(
        new Attack(
            "jwk",
            STRANGER.signed(
                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jwk\":" + STRANGER.jwk() + "}", good),
            "signature"));
    to.add(
        new Attack(
            "x5c",
            STRANGER.signed("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"x5c\":[\"MIIB\"]}", good),
            "signature"));
    to.add(
        new Attack(
            "crit",
            RSA.signed("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"exp\"]}", good),
            "crit"));
    to.add(
        new Attack(
            "crit with b64",
            RSA.signed(
                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"b64\":false,\"crit\":[\"b64\"]}", good),
            "crit"));
    for (String type : List.of("\"JWE\"", "\"secevent+jwt\"", "\"dpop+jwt\"", "7", "null")) {
      to.add(
          new Attack(
              "typ " + type,
              RSA.signed("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":" + type + "}", good),
              "typ"));
    }
    to.add(
        new Attack(
            "duplicate alg",
            RSA.signed("{\"alg\":\"none\",\"kid\":\"rsa\",\"alg\":\"RS256\"}", good),
            "duplicate"));
  }

  private static void times(List<Attack> to) {
    long now = NOW.getEpochSecond();
    String base = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"serai\"";
    to.add(new Attack("no exp", RSA.token(base + "}"), "exp"));
    to.add(new Attack("expired", RSA.token(base + ",\"exp\":" + (now - 30) + "}"), "expired"));
    to.add(new Attack("exp is a text", RSA.token(base + ",\"exp\":\"" + (now + 9) + "\"}"), "exp"));
    to.add(new Attack("exp is negative", RSA.token(base + ",\"exp\":-1}"), "exp"));
    to.add(new Attack("exp is endless", RSA.token(base + ",\"exp\":1e400}"), "exp"));
    to.add(new Attack("exp is null", RSA.token(base + ",\"exp\":null}"), "exp"));
    String good = base + ",\"exp\":" + (now + 300);
    to.add(new Attack("nbf", RSA.token(good + ",\"nbf\":" + (now + 31) + "}"), "nbf"));
    to.add(new Attack("iat", RSA.token(good + ",\"iat\":" + (now + 31) + "}"), "iat"));
    to.add(
        new Attack(
            "two exp",
            RSA.token(base + ",\"exp\":" + (now - 99) + ",\"exp\":" + (now + 99) + "}"),
            "duplicate"));
  }

  private static void parties(List<Attack> to) {
    long end = NOW.getEpochSecond() + 300;
    String tail = ",\"exp\":" + end + "}";
    to.add(new Attack("no iss", RSA.token("{\"aud\":\"serai\"" + tail), "iss"));
    to.add(
        new Attack(
            "iss that no setting has", RSA.token(claims("https://evil.example", "")), "iss"));
    to.add(new Attack("iss with a slash", RSA.token(claims(ISSUER + "/", "")), "iss"));
    to.add(
        new Attack(
            "iss is a list",
            RSA.token("{\"iss\":[\"" + ISSUER + "\"],\"aud\":\"serai\"" + tail),
            "iss"));
    to.add(
        new Attack(
            "two iss",
            RSA.token("{\"iss\":\"x\",\"iss\":\"" + ISSUER + "\",\"aud\":\"serai\"" + tail),
            "duplicate"));
    String issued = "{\"iss\":\"" + ISSUER + "\"";
    to.add(new Attack("no aud", RSA.token(issued + tail), "aud"));
    for (String audience :
        List.of("\"other\"", "[\"other\"]", "[]", "{\"serai\":1}", "[[\"serai\"]]")) {
      to.add(
          new Attack("aud " + audience, RSA.token(issued + ",\"aud\":" + audience + tail), "aud"));
    }
    for (String claim :
        List.of(
            "\"tenant\":7",
            "\"tenant\":\"a b\"",
            "\"sub\":\"a\\nb\"",
            "\"models\":[7]",
            "\"models\":\"a*b\"",
            "\"tags\":{}",
            "\"roles\":true")) {
      to.add(
          new Attack(
              "claim " + claim,
              RSA.token(
                  claims(ISSUER, claim)
                      .replace(claim.startsWith("\"sub\"") ? "\"sub\":\"alice\"," : "\u0000", "")),
              "claim"));
    }
  }

  private static void spelling(List<Attack> to) {
    String good = RSA.token(claims(ISSUER, ""));
    String ed = EDWARDS.token(claims(ISSUER, ""));
    to.add(new Attack("padding", ed + "==", "malformed"));
    to.add(new Attack("unused bits", withUnusedBits(ed), "malformed"));
    to.add(new Attack("a line break", good + "\n", "malformed"));
    to.add(new Attack("plain Base64", good.substring(0, good.length() - 1) + "+", "malformed"));
    to.add(new Attack("a byte behind the signature", good + "AA", ""));
    to.add(new Attack("bytes behind the signature", ed + "AAAA", ""));
    to.add(new Attack("four parts", good + ".AA", "compact"));
    to.add(new Attack("five parts", good + ".AA.AA", "compact"));
    to.add(new Attack("huge", good + "A".repeat(9000), "longer"));
    to.add(new Attack("deep", RSA.token("[".repeat(2000)), "malformed"));
    to.add(new Attack("claims are a list", RSA.token("[]"), "malformed"));
    to.add(new Attack("text behind the claims", RSA.token(claims(ISSUER, "") + "{}"), "malformed"));
  }

  private static String withUnusedBits(String token) {
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = digits.indexOf(token.charAt(token.length() - 1));
    return token.substring(0, token.length() - 1) + digits.charAt(last + 1);
  }

  @Test
  void aTokenIsGoodUpToTheLeewayOfItsIssuer() {
    long now = NOW.getEpochSecond();
    String base = "{\"iss\":\"" + ISSUER + "\",\"aud\":[\"x\",\"serai\"]";
    String late = base + ",\"exp\":" + (now - 29) + ".5}";
    String early = base + ",\"exp\":" + (now + 9) + ",\"nbf\":" + (now + 30) + "}";
    assertThat(issuers.refusal(RSA.token(late))).isEmpty();
    assertThat(issuers.refusal(RSA.token(early))).isEmpty();
  }

  /** Whatever is changed of a good token, the result is refused, or still says the same. */
  @Test
  void noMutationOfATokenIsAccepted() throws IOException {
    IssuersUnderTest own = new IssuersUnderTest();
    own.issuers.replace(IssuersUnderTest.settings(folder, SETTINGS), Roles.BUILT_IN);
    own.publish(Signer.jwks(RSA, CURVE, EDWARDS));
    Random random = new Random(20_261_129);
    for (Signer signer : List.of(RSA, CURVE, EDWARDS)) {
      String good = signer.token(claims(ISSUER, ""));
      for (int i = 0; i < 1500; i++) {
        String mutated = mutated(good, random);
        own.rest(EACH);
        boolean accepted = own.ask(mutated) instanceof Authentication.Authenticated;
        assertThat(accepted).as(mutated).isEqualTo(mutated.equals(good));
      }
    }
  }

  private static String mutated(String token, Random random) {
    StringBuilder changed = new StringBuilder(token);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = 2 + random.nextInt(changed.length() - 2);
      char other = (char) (33 + random.nextInt(94));
      switch (random.nextInt(4)) {
        case 0 -> changed.setCharAt(at, other);
        case 1 -> changed.insert(at, other);
        case 2 -> changed.deleteCharAt(at);
        default -> changed.setCharAt(at, changed.charAt(2 + random.nextInt(changed.length() - 2)));
      }
    }
    return changed.toString();
  }

  @Test
  void aCredentialOtherThanATokenIsLeftToOtherSources() {
    for (String other : List.of("sk-serai-0123", "eyJhbGciOiJub25lIn0", "a.b.c", "")) {
      assertThat(issuers.ask(other)).isEqualTo(Authentication.UNKNOWN);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
