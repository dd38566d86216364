package dev.serai.core.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.rate.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final Credential KEY = new Credential.Secret("a-secret-of-a-caller");

  @Test
  void aCredentialNeverShowsItsSecret() {
    assertThat(KEY.toString()).isEqualTo("secret");
  }

  @Test
  void whatTheLedgerRecordsHasNoPermissions() {
    Caller recorded = new Caller("acme", "ci", "s1", "t1");

    assertThat(recorded.tenant()).isEqualTo("acme");
    assertThat(recorded.key()).isEqualTo("ci");
    assertThat(recorded.identity().permissions()).isEmpty();
    assertThat(Caller.of(Identity.ANYONE).may(Permission.ADMIN_SYSTEM)).isTrue();
  }

  @Test
  void fewerPermissionsLeaveEverythingElseOfAnIdentity() {
    Identity full =
        new Identity(
            "acme",
            "search",
            "ada",
            "ci",
            Role.DEVELOPER.permissions(),
            new AllowList(List.of("fast")),
            new AllowList(List.of("shell")),
            Set.of("night"),
            new RateLimits(List.of(new Allowance(Window.REQUESTS_PER_MINUTE, 5))));

    Identity limited = full.limitedTo(Role.READONLY.permissions());

    assertThat(limited.permissions()).isEqualTo(Role.READONLY.permissions());
    assertThat(limited).usingRecursiveComparison().ignoringFields("permissions").isEqualTo(full);
  }

  @Test
  void managersCallNoModelsAndAuditorsChangeNothing() {
    assertThat(Role.MANAGER.permissions())
        .contains(Permission.ADMIN_USERS, Permission.ADMIN_READ)
        .noneMatch(permission -> permission.kind() == Permission.Kind.CALL);
    assertThat(Role.AUDITOR.permissions())
        .contains(Permission.ADMIN_READ)
        .allMatch(permission -> permission.kind() == Permission.Kind.READ);
    assertThat(Role.READONLY.permissions())
        .doesNotContain(Permission.ADMIN_READ)
        .allMatch(permission -> permission.kind() == Permission.Kind.READ);
  }

  @Test
  void anUndefinedRoleAllowsNothingAndBuiltInOnesAreFixed() {
    Role admin = new Role("admin", Set.of(), Role.Source.SETTINGS);
    Role desk = new Role("desk", Set.of(Permission.CHAT_BASIC), Role.Source.STORED);
    Roles roles = Roles.BUILT_IN.with(List.of(admin, desk));

    assertThat(roles.get("admin")).isEqualTo(Role.ADMIN);
    assertThat(roles.get("desk").permissions()).containsExactly(Permission.CHAT_BASIC);
    assertThat(roles.get("gone")).isEqualTo(Role.unknown("gone"));
    assertThat(roles.get("gone").permissions()).isEmpty();
    assertThat(roles.find("gone")).isEmpty();
    assertThat(roles.all()).startsWith(Role.ADMIN).endsWith(desk);
    assertThat(List.of(Role.isName("desk-2"), Role.isName("Desk"), Role.isName("a b")))
        .containsExactly(true, false, false);
  }

  @Test
  void onlyAStarAtTheEndMatchesSeveralNames() {
    AllowList models = new AllowList(List.of("fast", "openai/*", "a*b"));

    assertThat(models.allows("fast")).isTrue();
    assertThat(models.allows("faster")).isFalse();
    assertThat(models.allows("openai/gpt-5")).isTrue();
    assertThat(models.allows("openai")).isFalse();
    assertThat(models.allows("aXb")).isFalse();
    assertThat(models.allowsAll()).isFalse();
    assertThat(AllowList.ALL.allows("")).isTrue();
    assertThat(new AllowList(List.of()).allows("fast")).isFalse();
  }

  @Test
  void aMistakenPatternIsDistinguishedFromOneThatMatches() {
    for (String good : List.of("*", "fast", "openai/*", "openai/ft:gpt-5:acme/x")) {
      assertThat(AllowList.fault(good)).as(good).isEmpty();
    }
    for (String star : List.of("a*b", "*/gpt-5", "openai/**")) {
      assertThat(AllowList.fault(star)).as(star).hasValueSatisfying(why -> why.contains("*"));
    }
    for (String blank : List.of("", " ", "a b", "fast ", "a\tb", "a\u0000b")) {
      assertThat(AllowList.fault(blank)).as(blank).isPresent();
    }
  }

  @Test
  void theFirstSourceThatKnowsACredentialDecides() {
    Authentication good = new Authentication.Authenticated(Identity.ANYONE);
    Authentication bad = new Authentication.Rejected(new AuthenticationProblem("expired"));

    assertThat(chain(Authentication.UNKNOWN, bad, good)).isSameAs(bad);
    assertThat(chain(Authentication.UNKNOWN, good, bad)).isSameAs(good);
    assertThat(chain(Authentication.UNKNOWN)).isSameAs(Authentication.UNKNOWN);
    assertThat(new Authenticators(List.of()).hasCredentials()).isFalse();
  }

  private static Authentication chain(Authentication... results) {
    return new Authenticators(Arrays.stream(results).map(Fixed::new).toList()).authenticate(KEY);
  }

  /** A source with one answer. */
  private record Fixed(Authentication result) implements Authenticator {
    @Override
    public Authentication authenticate(Credential credential) {
      return result;
    }

    @Override
    public boolean hasCredentials() {
      return true;
    }
  }

  @Test
  void aHashIsThatOfItsPepper() {
    KeyHasher hasher = new KeyHasher(new byte[32]);
    KeyHash hash = hasher.hash("what do ya want for nothing?");

    assertThat(hasher.hash("what do ya want for nothing?")).isEqualTo(hash);
    assertThat(KeyHash.of(hash.bytes())).isEqualTo(hash);
    assertThat(hasher.hash("what do ya want for nothing")).isNotEqualTo(hash);
    assertThat(KeyHasher.ofProcess().hash("what do ya want for nothing?")).isNotEqualTo(hash);
    assertThat(hash.toString()).hasSize(8);
    assertThatThrownBy(() -> new KeyHasher(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Caller(Identity.ANYONE, "", "", Set.of("a")).tags()).containsExactly("a");
  }
}
