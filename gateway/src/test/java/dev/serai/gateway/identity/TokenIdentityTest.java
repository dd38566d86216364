package dev.serai.gateway.identity;

import static dev.serai.gateway.identity.IssuersUnderTest.claims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.auth.IssuerSettings;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Role.Source;
import dev.serai.core.caller.Roles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the claims of a token make of its caller: an identity as that of an API key. */
class TokenIdentityTest {
  private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String PLAIN =
      """
      auth:
        issuers:
          - {name: tools, issuer: tools, secret: %s, roles: {boss: admin, staff: developer}}
      """
          .formatted(SECRET);

  @TempDir Path folder;

  private IssuersUnderTest with(String yaml) throws IOException {
    IssuersUnderTest issuers = new IssuersUnderTest();
    issuers.issuers.replace(IssuersUnderTest.settings(folder, yaml), Roles.BUILT_IN);
    return issuers;
  }

  private static String token(String more) {
    return Signer.shared("HS256", SECRET.getBytes(StandardCharsets.UTF_8), claims("tools", more));
  }

  @Test
  void aTokenWithoutClaimsIsAUserOfTheTenantOfItsIssuer() throws Exception {
    assertThat(with(PLAIN).identity(token("")))
        .isEqualTo(
            new Identity(
                "public",
                "",
                "alice",
                "tools",
                Role.USER.permissions(),
                AllowList.ALL,
                AllowList.ALL,
                Set.of()));
  }

  @Test
  void claimsAreTheWholeIdentityOfAKey() throws Exception {
    Identity identity =
        with(PLAIN)
            .identity(
                token(
                    "\"tenant\":\"acme\",\"team\":\"web\",\"roles\":[\"staff\",\"unknown\"],\"permissions\":\"admin:read"
                        + " openid\",\"models\":[\"fast\",\"openai/*\"],\"tags\":[\"shop\"]"));
    Set<Permission> permissions = EnumSet.copyOf(Role.DEVELOPER.permissions());
    permissions.add(Permission.ADMIN_READ);
    assertThat(identity)
        .isEqualTo(
            new Identity(
                "acme",
                "web",
                "alice",
                "tools",
                permissions,
                new AllowList(List.of("fast", "openai/*")),
                AllowList.ALL,
                Set.of("shop")));
  }

  @Test
  void theNamesOfRolesMeanNothingUnlessTheSettingsSaySo() throws Exception {
    assertThat(with(PLAIN).identity(token("\"roles\":[\"admin\",\"manager\"]")).permissions())
        .isEqualTo(Role.USER.permissions());
    assertThat(with(PLAIN).identity(token("\"roles\":\"boss\"")).permissions())
        .isEqualTo(Role.ADMIN.permissions());
  }

  @Test
  void aTokenMayDoWhatItsCustomRoleAllowsNowAlsoIfItWasVerifiedBefore() throws Exception {
    String yaml =
        """
        auth:
          roles:
            desk: [chat:basic, usage:read]
          issuers:
            - {name: tools, issuer: tools, secret: %s, roles: {staff: desk}}
        """
            .formatted(SECRET);
    List<IssuerSettings> settings = IssuersUnderTest.settings(folder, yaml);
    Role wide =
        new Role("desk", Set.of(Permission.CHAT_BASIC, Permission.USAGE_READ), Source.SETTINGS);
    Role narrow = new Role("desk", Set.of(Permission.USAGE_READ), Source.SETTINGS);
    IssuersUnderTest one = new IssuersUnderTest();
    String token = token("\"roles\":[\"staff\"]");

    one.issuers.replace(settings, Roles.BUILT_IN.with(List.of(wide)));
    assertThat(one.identity(token).permissions()).isEqualTo(wide.permissions());
    one.issuers.replace(settings, Roles.BUILT_IN.with(List.of(narrow)));
    assertThat(one.identity(token).permissions()).isEqualTo(narrow.permissions());
  }

  @Test
  void anEmptyListOfModelsAllowsNone() throws Exception {
    assertThat(with(PLAIN).identity(token("\"models\":[]")).models().allows("openai/x")).isFalse();
  }

  @Test
  void claimsMayBeInsideOthersAndHaveOtherNames() throws Exception {
    String yaml =
        """
        auth:
          issuers:
            - name: tools
              issuer: tools
              secret: %s
              tenant: acme
              role: readonly
              models: [slow]
              roles: {"LLM Admins": admin}
              claims:
                roles: realm_access.roles
                team: https://acme.example/team
                user: preferred_username
        """
            .formatted(SECRET);
    Identity identity =
        with(yaml)
            .identity(
                token(
                    "\"realm_access\":{\"roles\":[\"LLM Admins\"]},\"preferred_username\":\"bob\","
                        + "\"https://acme.example/team\":\"ops\""));
    assertThat(identity.permissions()).isEqualTo(Role.ADMIN.permissions());
    assertThat(identity.team()).isEqualTo("ops");
    assertThat(identity.user()).isEqualTo("bob");
    assertThat(identity.tenant()).isEqualTo("acme");
    assertThat(identity.models().patterns()).containsExactly("slow");
    assertThat(with(yaml).identity(token("")).permissions()).isEqualTo(Role.READONLY.permissions());
  }

  @Test
  void aVerifiedTokenIsRefusedWhenItExpiresOrItsIssuerIsRemoved() throws Exception {
    IssuersUnderTest issuers = with(PLAIN);
    String token = token("");
    assertThat(issuers.refusal(token)).isEmpty();
    assertThat(issuers.ask(token)).isSameAs(issuers.ask(token));
    issuers.pass(Duration.ofSeconds(299));
    assertThat(issuers.ask(token)).as("is not verified again").isSameAs(issuers.ask(token));
    issuers.pass(Duration.ofSeconds(30));
    assertThat(issuers.refusal(token)).isEmpty();
    issuers.pass(Duration.ofSeconds(1));
    assertThat(issuers.refusal(token)).contains("expired");
    IssuersUnderTest others = with(PLAIN);
    assertThat(others.refusal(token)).isEmpty();
    others.issuers.replace(
        IssuersUnderTest.settings(folder, PLAIN.replace("f0,", "f1,")), Roles.BUILT_IN);
    assertThat(others.refusal(token)).contains("signature");
    others.issuers.replace(List.of(), Roles.BUILT_IN);
    assertThat(others.refusal(token)).isEqualTo("unknown");
    assertThat(others.issuers.hasCredentials()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "tenant":"a b" | The claim tenant of the token cannot be used: it must be a text of 1 to 64 letters
          "tenant":7     | The claim tenant of the token cannot be used: it must be a text of 1 to 64 letters
          "team":""      | The claim team of the token cannot be used: it must be a text of 1 to 64 letters
          "roles":{}     | The claim roles of the token cannot be used: it must be a list of texts, or one text
          "models":["*x"]| The claim models of the token cannot be used: it must list names of models
          "tags":["a b"] | The claim tags of the token cannot be used: each of its texts must be 1 to 64
          """)
  void aClaimThatCannotBeUsedIsSaidTheFormThatItNeeds(String claim, String says) throws Exception {
    assertThat(with(PLAIN).refusal(token(claim))).startsWith("401 " + says);
  }

  @Test
  void anAlgorithmThatIsNotAcceptedIsNamedWithThoseThatAre() throws Exception {
    byte[] secret = (SECRET + SECRET).getBytes(StandardCharsets.UTF_8);
    assertThat(with(PLAIN).refusal(Signer.shared("HS512", secret, claims("tools", ""))))
        .isEqualTo(
            "401 The algorithm of the token (alg) is HS512; from its issuer, HS256 is accepted.");
  }

  @Test
  void theCacheIsBounded() {
    TokenCache cache = new TokenCache();
    for (int i = 0; i < 50_000; i++) {
      TrustedIssuer none =
          new TrustedIssuer(
              IssuerSettings.defaults(),
              Roles.BUILT_IN,
              new IssuerKeys("x", Duration.ofMinutes(1), () -> new CompletableFuture<>(), () -> 0));
      cache.add(
          TokenCache.hash("token " + i),
          new TokenCache.Entry(none, List.of(), 0, Authentication.UNKNOWN));
    }
    assertThat(cache.size()).isBetween(10_000, 20_000);
  }
}
