package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyStore.Deletion;
import dev.serai.core.keys.LastKey;
import dev.serai.memory.database.Database;
import dev.serai.memory.keys.KeyRowsFixture;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a store says about the last key that manages keys, on every database. */
abstract class LastKeyContract extends CredentialStoreContract {
  /** Two gateways that each see the other's key would leave no key that manages keys. */
  @Test
  void ofManagersThatRemoveEachOtherInTwoGatewaysAtOnceOneStays() throws Exception {
    for (int round = 0; round < 30; round++) {
      String one = first.keys().create(wanted("one-" + round, Role.MANAGER)).key().id();
      String other = second.keys().create(wanted("other-" + round, Role.MANAGER)).key().id();
      CyclicBarrier start = new CyclicBarrier(2);
      try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
        Future<Deletion> left = callers.submit(() -> deleteAt(start, first, one));
        Future<Deletion> right = callers.submit(() -> deleteAt(start, second, other));
        assertThat(List.of(left.get(), right.get()))
            .as("round " + round)
            .containsExactlyInAnyOrder(Deletion.DONE, Deletion.LAST);
      }
      List<ApiKey> stay = first.keys().list(all());
      assertThat(stay).hasSize(1);
      assertThat(first.keys().deleteUnlessLast(stay.getFirst().id(), key -> false))
          .isEqualTo(Deletion.DONE);
    }
    assertThat(first.keys().deleteUnlessLast("key_none", key -> true)).isEqualTo(Deletion.UNKNOWN);
  }

  private static Deletion deleteAt(CyclicBarrier start, Opened gateway, String id)
      throws Exception {
    start.await(30, TimeUnit.SECONDS);
    return gateway.keys().deleteUnlessLast(id, LastKeyContract::manages);
  }

  private static boolean manages(ApiKey key) {
    return key.identity().may(Permission.ADMIN_USERS);
  }

  @Test
  void anotherManagerIsFoundAmongThousandsOfKeys() throws Exception {
    first.keys().create(wanted("manager", Role.MANAGER));
    String id = first.keys().create(wanted("another", Role.MANAGER)).key().id();
    try (Connection connection = new Database(url(), folder).connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 2_000; i++) {
        ApiKey key = stored("key_" + i, wanted("user-" + i));
        KeyRowsFixture.insert(connection, key, new KeyHash(i, 0, 0, 0));
      }
      connection.commit();
    }
    assertThat(first.keys().deleteUnlessLast(id, LastKeyContract::manages))
        .isEqualTo(Deletion.DONE);
  }

  @Test
  void whatFollowsIsSaidOnceNoKeyWorksAnyMore() {
    LastKey none = new LastKey(false, false);
    String id = first.keys().create(wanted("only", Role.MANAGER)).key().id();
    String gone = first.keys().create(wanted("gone")).key().id();
    Instant today = now.get();
    assertThat(none.warning(first.keys(), today)).isEmpty();
    first.keys().delete(gone);
    first.keys().change(id, LastKeyContract::disabled);
    assertThat(none.warning(first.keys(), today).orElse(""))
        .contains("every request gets 401", "./serai keys enable KEY");
    first.keys().delete(id);
    assertThat(none.warning(first.keys(), today).orElse(""))
        .contains("every request gets 401", "./serai keys create --name NAME")
        .doesNotContain("enable");
    assertThat(new LastKey(false, true).warning(first.keys(), today).orElse(""))
        .contains("only tokens of the issuers");
    assertThat(new LastKey(true, false).warning(first.keys(), today)).isEmpty();
  }

  private static ApiKey disabled(ApiKey key) {
    return new ApiKey(
        key.id(),
        key.label(),
        key.role(),
        key.identity(),
        true,
        key.created(),
        key.updated(),
        key.expires());
  }

  /** A newer key than those before, which a list shows first. */
  private static ApiKey stored(String id, ApiKey key) {
    return new ApiKey(
        id,
        "label",
        key.role(),
        key.identity(),
        false,
        key.created().plusSeconds(1),
        key.updated(),
        key.expires());
  }
}
