package dev.serai.memory.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionStore.Budget;
import dev.serai.memory.database.DeafProxy;
import dev.serai.memory.database.PostgresServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSessionStoreTest extends SessionStoreContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }

  @Test
  void aConnectionThatIsCutAtTheCommitOfATurnStoresItOnce() throws Exception {
    Session made = created();
    try (DeafProxy proxy = new DeafProxy(server.port());
        DatabaseSessionStore cut =
            started("postgres://postgres:postgres@127.0.0.1:" + proxy.port() + "/postgres")) {
      proxy.cutAt("COMMIT\0");
      assertThat(cut.remember(key(made), turn(said("q"), said(Role.ASSISTANT, "a")))).isTrue();
      List<SessionMessage> seen = eventually(cut, made);
      assertThat(proxy.hasCut()).isTrue();
      assertThat(seen).extracting(message -> message.content().text()).containsExactly("q", "a");
      assertThat(second.find(key(made)).orElseThrow().messages()).isEqualTo(2);
      assertThat(cut.lost()).isZero();
    }
  }

  /** What a model gets once the turns are stored. */
  private static List<SessionMessage> eventually(DatabaseSessionStore store, Session session) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        return store.context(key(session), Budget.of(1000)).orElseThrow().messages();
      } catch (CapacityProblem e) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
    }
  }
}
