package dev.serai.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionOwnerTest {
  private static Caller caller(String user, String key, String id) {
    return Caller.of(Identity.recorded("acme", "", user, key).withKeyId(id));
  }

  private static boolean reaches(Caller owner, Caller other) {
    return SessionOwner.of(owner).isOpenTo(other, Permission.ADMIN_USERS);
  }

  @Test
  void aUserReachesItsSessionsWithEveryKey() {
    Caller ann = caller("ann", "laptop", "key_1");
    assertThat(reaches(ann, caller("ann", "phone", "key_2"))).isTrue();
    assertThat(reaches(ann, caller("bob", "laptop", "key_3"))).isFalse();
    assertThat(reaches(ann, caller("", "ann", ""))).isFalse();
  }

  @Test
  void aKeyWithAnIdKeepsItsSessionsWhateverItsName() {
    Caller laptop = caller("", "laptop", "key_1");
    assertThat(reaches(laptop, caller("", "renamed", "key_1"))).isTrue();
    assertThat(reaches(laptop, caller("", "laptop", "key_2"))).isFalse();
    assertThat(reaches(laptop, caller("", "laptop", ""))).isFalse();
    assertThat(reaches(laptop, caller("", "key_1", ""))).isFalse();
  }

  @Test
  void aKeyOfTheSettingsIsKnownByItsName() {
    Caller shop = caller("", "shop", "");
    assertThat(reaches(shop, caller("", "shop", ""))).isTrue();
    assertThat(reaches(shop, caller("bob", "shop", ""))).isFalse();
  }

  @Test
  void noTenantReachesTheSessionsOfAnother() {
    Identity admin = Identity.recorded("globex", "", "ann", "laptop");
    Caller other = Caller.of(admin.allowed(Set.of(Permission.ADMIN_USERS)));
    assertThat(reaches(caller("ann", "laptop", ""), other)).isFalse();
  }
}
